import { type CommandContext, commandAction, ExitCode, usageError } from '@gosa/cli-kit'
import { ACTIVATIONS, type Activation, encodeModel, layerSizes } from '@gosa/networks'
import { type Command, Option } from 'commander'
import { writeNewFile } from '../files/files.ts'
import { shortName } from '../model/foreign-layers.ts'
import { readWeights } from '../model/import-weights.ts'
import { weightsSha256 } from '../model/model.ts'
import { errorTexts } from '../texts/errors.ts'
import { helpTexts } from '../texts/help.ts'
import { labelled } from '../texts/labels.ts'

/** `gosa-trainer import`: makes a model from the weights of another program. */

interface ImportOptions {
  out: string
  activation?: Activation
  order?: string[]
}

/** Endings of files that are no models of this program: a model under one of them would mislead. */
const OTHER_ENDING = /\.(json|npz|npy|onnx|h5|hdf5|keras|pt|pth)$/i

/** Adds the command. */
export const addImport = (program: Command): Command =>
  program
    .command('import')
    .summary(helpTexts().importing.summary)
    .description(helpTexts().importing.description)
    .argument('<file>', helpTexts().importing.file)
    .requiredOption('--out <file>', helpTexts().importing.out)
    .addOption(new Option('--activation <name>', helpTexts().importing.activation).choices(ACTIVATIONS))
    .addOption(
      new Option('--order <names>', helpTexts().importing.order).argParser((text) =>
        text.split(',').map((name) => name.trim()),
      ),
    )
    .action(commandAction<ImportOptions>(runImport))

async function runImport({ options, args, output }: CommandContext<ImportOptions>): Promise<ExitCode> {
  const [file] = args
  const { out } = options
  const [ending] = OTHER_ENDING.exec(out) ?? []
  if (ending) {
    throw usageError(errorTexts().model.importEnding(out, ending))
  }
  const { weights, activation, order, leftOut } = await readWeights(file, options)
  await writeNewFile(out, encodeModel({ params: weights, activation }))
  const layers = layerSizes(weights)
  output.detail(labelled('network', `${layers.join('-')}, ${activation}, ${weights.W1.dtype}`))
  if (order) output.detail(labelled('layers', order.map(shortName).join(', ')))
  if (leftOut.length > 0) output.detail(labelled('leftOut', leftOut.join(', ')))
  output.result(labelled('written', out))
  output.value({ event: 'done', out, layers, activation, weightsSha256: weightsSha256(weights) })
  return ExitCode.success
}
