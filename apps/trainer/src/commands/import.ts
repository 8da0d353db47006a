import { type CommandContext, commandAction, ExitCode } from '@gosa/cli-kit'
import { ACTIVATIONS, type Activation, encodeModel, layerSizes } from '@gosa/networks'
import { type Command, Option } from 'commander'
import { writeNewFile } from '../files/files.ts'
import { readWeights } from '../model/import-weights.ts'
import { weightsSha256 } from '../model/model.ts'

/** `gosa-trainer import`: makes a model from the weights of another program. */

interface ImportOptions {
  out: string
  activation?: Activation
}

/** Adds the command. */
export const addImport = (program: Command): Command =>
  program
    .command('import')
    .summary('make a model from the weights of another program')
    .description(
      'Makes a model from weights that another program wrote as safetensors or npz: W1 (inputs, units), b1 (units), W2, b2, …; or with the names that PyTorch gives Linear layers in a Sequential: 0.weight (units, inputs), 0.bias (units), 2.weight, …',
    )
    .argument('<file>', 'file with the weights')
    .requiredOption('--out <file>', 'model to write; it must not exist')
    .addOption(
      new Option(
        '--activation <name>',
        'activation function between the layers, if the file does not name it',
      ).choices(ACTIVATIONS),
    )
    .action(commandAction<ImportOptions>(runImport))

async function runImport({ options, args, output }: CommandContext<ImportOptions>): Promise<ExitCode> {
  const [file] = args
  const { out } = options
  const { weights, activation } = await readWeights(file, options.activation)
  await writeNewFile(out, encodeModel({ params: weights, activation }))
  const layers = layerSizes(weights)
  output.detail(`network    ${layers.join('-')}, ${activation}, ${weights.W1.dtype}`)
  output.result(`written    ${out}`)
  output.value({ event: 'done', out, layers, activation, weightsSha256: weightsSha256(weights) })
  return ExitCode.success
}
