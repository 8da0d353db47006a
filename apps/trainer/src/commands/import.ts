import { act, ExitCode, type Run } from '@gosa/cli-kit'
import { ACTIVATIONS, type Activation } from '@gosa/networks'
import { encodeModel, sizesOf } from '@gosa/training'
import { type Command, Option } from 'commander'
import { readWeights } from '../formats/read-weights.ts'
import { writeNew } from '../formats/write-new.ts'
import { weightsSha256 } from '../model/weights-sha256.ts'

interface ImportOptions {
  out: string
  activation?: Activation
}

/** Adds `import`. */
export const addImport = (program: Command): Command =>
  program
    .command('import')
    .summary('make a model of weights from other programs')
    .description(
      'Makes a model of the weights that another program wrote, as safetensors or npz: W1 (inputs, units), b1 (units), W2, b2, …; or as PyTorch names those of Linear layers in a Sequential: 0.weight (units, inputs), 0.bias (units), 2.weight, …',
    )
    .argument('<file>', 'the weights')
    .requiredOption('--out <file>', 'the model to write, which must be new')
    .addOption(
      new Option(
        '--activation <name>',
        'what stands between the layers, where the file does not say',
      ).choices(ACTIVATIONS),
    )
    .action(act<ImportOptions>(run))

async function run({ options, args, output }: Run<ImportOptions>): Promise<ExitCode> {
  const [file] = args
  const { out } = options
  const { weights, activation } = await readWeights(file, options.activation)
  await writeNew(out, encodeModel(weights, activation))
  const layers = sizesOf(weights)
  output.detail(`network    ${layers.join('-')}, ${activation}, ${weights.W1.dtype}`)
  output.result(`written    ${out}`)
  output.value({ event: 'done', out, layers, activation, weightsSha256: weightsSha256(weights) })
  return ExitCode.success
}
