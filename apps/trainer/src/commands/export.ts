import { act, ExitCode, type Run } from '@gosa/cli-kit'
import { type Command, Option } from 'commander'
import { encodeAs, FORMATS, type Format, formatOf } from '../formats/formats.ts'
import { writeNew } from '../formats/write-new.ts'
import { readModel } from '../model/model-file.ts'

interface ExportOptions {
  model: string
  format?: Format
  out: string
}

/** Adds `export`. */
export const addExport = (program: Command): Command =>
  program
    .command('export')
    .summary('write a model for other programs')
    .description(
      'Writes a model for other programs: its weights as JSON, safetensors or npz, for NumPy; or the network, from images to logits, as ONNX.',
    )
    .requiredOption('--model <file>', 'a safetensors file, or the folder of a run')
    .requiredOption('--out <file>', 'the file to write, which must be new')
    .addOption(
      new Option('--format <name>', 'how (default: what the name of the file ends with, else json)').choices(
        FORMATS,
      ),
    )
    .action(act<ExportOptions>(run))

async function run({ options, output }: Run<ExportOptions>): Promise<ExitCode> {
  const model = await readModel(options.model)
  const { out, format = formatOf(out) } = options
  await writeNew(out, encodeAs(format, model))
  output.result(`written    ${out}`)
  output.value({ event: 'done', format, out })
  return ExitCode.success
}
