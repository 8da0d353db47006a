import { type CommandContext, commandAction, ExitCode } from '@gosa/cli-kit'
import { type Command, Option } from 'commander'
import { writeNewFile } from '../files/files.ts'
import { EXPORT_FORMATS, type ExportFormat, exportModel, formatOfFile } from '../model/export-formats.ts'
import { readModel } from '../model/model.ts'

/** `gosa-trainer export`: writes a model as JSON, safetensors, npz or ONNX. */

interface ExportOptions {
  model: string
  format?: ExportFormat
  out: string
}

/** Adds the command. */
export const addExport = (program: Command): Command =>
  program
    .command('export')
    .summary('write a model for other programs')
    .description(
      'Writes a model for other programs: its weights as JSON, safetensors or npz (NumPy), or the network, from images to logits, as ONNX.',
    )
    .requiredOption('--model <file>', 'safetensors file, or the folder of a run')
    .requiredOption('--out <file>', 'file to write; it must not exist')
    .addOption(
      new Option(
        '--format <name>',
        'file format (default: by the ending of the file name; json if it has none)',
      ).choices(EXPORT_FORMATS),
    )
    .action(commandAction<ExportOptions>(runExport))

async function runExport({ options, output }: CommandContext<ExportOptions>): Promise<ExitCode> {
  const { out, format = formatOfFile(out) } = options
  const model = await readModel(options.model)
  await writeNewFile(out, exportModel(format, model))
  output.result(`written    ${out}`)
  output.value({ event: 'done', format, out })
  return ExitCode.success
}
