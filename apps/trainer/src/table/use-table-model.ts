/** `predict` and `evaluate` with the model of a table. */
import { dirname } from 'node:path'
import { type CommandContext, ExitCode, failure, usageError } from '@gosa/cli-kit'
import { DataError, decodeTargets, encodeFeatures, encodeTargets, type Table } from '@gosa/datasets'
import { softmax } from '@gosa/losses'
import type { Samples } from '@gosa/training'
import { readTableConfig } from '../run-folder/run-folder.ts'
import { scoreTable } from './score-table.ts'
import { scoreLines, scoreValues } from './show-scores.ts'
import { readTable } from './table-file.ts'
import type { TableModel } from './table-model.ts'
import { datasetOf, tableFileOptions } from './table-options.ts'

type ReadModel = TableModel & { file: string }

/** Writes a prediction for each row of the files, as CSV, or as lines of JSON. */
export async function predictRows(
  model: ReadModel,
  files: readonly string[],
  { output }: Pick<CommandContext<unknown>, 'output'>,
): Promise<ExitCode> {
  if (files.length === 0)
    throw usageError('predict needs a file of rows, such as rows.csv, for the model of a table')
  const { network, preprocessing } = model
  const { target } = preprocessing
  const classes = target.kind === 'class' ? target.classes : []
  // Everything is computed before anything is written.
  const lines: string[] = [[target.name, ...classes.map((name) => `p(${name})`)].map(quoteField).join()]
  const values: unknown[] = []
  for (const file of files) {
    const table = await readTable(file, await fileOptions(model))
    const x = fitting(() => encodeFeatures(preprocessing, table, { dtype: dtypeOf(model) }))
    if (table.rows === 0) continue
    const outputs = network.predict(x)
    const predictions: (number | string)[] = [...decodeTargets(preprocessing, outputs)]
    const probabilities = target.kind === 'class' ? softmax(outputs) : undefined
    predictions.forEach((prediction, n) => {
      const row = probabilities ? [...probabilities.row(n).data] : []
      lines.push([prediction, ...row].map((value) => quoteField(String(value))).join())
      const byClass = Object.fromEntries(row.map((value, label) => [classes[label], value]))
      values.push({
        event: 'prediction',
        file,
        row: n,
        prediction,
        ...(probabilities && { probabilities: byClass }),
      })
    })
  }
  for (const line of lines) output.result(line)
  for (const value of values) output.value(value)
  return ExitCode.success
}

/** Measures a model: on all rows of `data`, or on the test part of the table of its run. */
export async function evaluateTable(
  model: ReadModel,
  data: string | undefined,
  { output }: Pick<CommandContext<unknown>, 'output'>,
): Promise<ExitCode> {
  const { preprocessing } = model
  const samples = data === undefined ? await testPart(model) : await samplesOf(model, data)
  if (samples.x.shape[0] === 0) throw failure('there are no rows to evaluate')
  const scores = scoreTable(model, samples)
  const rows = data === undefined ? 'test rows' : 'rows'
  for (const line of scoreLines(scores, rows)) output.result(line)
  const classes = preprocessing.target.kind === 'class' ? { classes: preprocessing.target.classes } : {}
  output.value({ event: 'done', ...scoreValues(scores, ''), ...classes })
  return ExitCode.success
}

async function samplesOf(model: ReadModel, data: string): Promise<Samples> {
  const table: Table = await readTable(data, await fileOptions(model))
  const dtype = dtypeOf(model)
  return fitting(() => ({
    x: encodeFeatures(model.preprocessing, table, { dtype }),
    t: encodeTargets(model.preprocessing, table, { dtype }),
  }))
}

/** The rows that the run of a model did not train on. */
async function testPart({ file }: ReadModel): Promise<Samples> {
  const config = await readTableConfig(dirname(file))
  if (!config?.target || !config.task) {
    throw usageError(`${file} is not in the folder of its run: say with --data which rows are to be used`)
  }
  const { target, task } = config
  const table = await readTable(config.data, tableFileOptions(config))
  return datasetOf(table, { ...config, target, task }).test
}

const dtypeOf = ({ network }: TableModel) => network.parameters()[0].value.dtype

/** Rows are separated as those of the training table were. */
const fileOptions = async ({ file }: ReadModel) =>
  tableFileOptions((await readTableConfig(dirname(file))) ?? {})

function fitting<T>(encode: () => T): T {
  try {
    return encode()
  } catch (error) {
    if (error instanceof DataError || error instanceof RangeError) {
      throw failure(error.message.replace(/^encode\w+: /, ''), { cause: error })
    }
    throw error
  }
}

/** A field of a CSV file. */
const quoteField = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
