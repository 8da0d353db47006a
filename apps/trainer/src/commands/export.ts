import { access } from 'node:fs/promises'
import { act, ExitCode, failure, type Run } from '@gosa/cli-kit'
import { type Command, Option } from 'commander'
import { encodeAs, FORMATS, type Format } from '../model/formats.ts'
import { readModel } from '../model/model-file.ts'
import { writeFileWhole } from '../run/write-file.ts'

interface ExportOptions {
  model: string
  format: Format
  out: string
}

/** Adds `export`. */
export const addExport = (program: Command): Command =>
  program
    .command('export')
    .summary('write weights in another format')
    .description("Writes a model's weights in another format, for other programs.")
    .requiredOption('--model <file>', 'a safetensors file, or the folder of a run')
    .requiredOption('--out <file>', 'the file to write, which must be new')
    .addOption(new Option('--format <name>', 'how').choices(FORMATS).default('json'))
    .action(act<ExportOptions>(run))

async function run({ options, output }: Run<ExportOptions>): Promise<ExitCode> {
  const { weights } = await readModel(options.model)
  const { format, out } = options
  const isThere = await access(out).then(
    () => true,
    () => false,
  )
  if (isThere) throw failure(`${out} is there already and is not overwritten`)
  await writeFileWhole(out, encodeAs(format, weights))
  output.result(`written    ${out}`)
  output.value({ event: 'done', format, out })
  return ExitCode.success
}
