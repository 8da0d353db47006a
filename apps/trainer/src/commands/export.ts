import { type CommandContext, commandAction, ExitCode, usageError } from '@gosa/cli-kit'
import { type Command, Option } from 'commander'
import { writeNewFile } from '../files/files.ts'
import { EXPORT_FORMATS, type ExportFormat, exportModel, formatOfFile } from '../model/export-formats.ts'
import { readModel } from '../model/model.ts'
import { readTableModel } from '../table/table-model.ts'
import { helpTexts } from '../texts/help.ts'
import { labelled } from '../texts/labels.ts'

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
    .summary(helpTexts().exporting.summary)
    .description(helpTexts().exporting.description)
    .requiredOption('--model <file>', helpTexts().exporting.model)
    .requiredOption('--out <file>', helpTexts().exporting.out)
    .addOption(new Option('--format <name>', helpTexts().exporting.format).choices(EXPORT_FORMATS))
    .action(commandAction<ExportOptions>(runExport))

async function runExport({ options, output }: CommandContext<ExportOptions>): Promise<ExitCode> {
  const { out, format = formatOfFile(out) } = options
  const table = await readTableModel(options.model)
  if (table) {
    throw usageError(
      `${table.file} is the model of a table, which export does not convert: it is a safetensors file already`,
    )
  }
  const model = await readModel(options.model)
  await writeNewFile(out, exportModel(format, model))
  output.result(labelled('written', out))
  output.value({ event: 'done', format, out })
  return ExitCode.success
}
