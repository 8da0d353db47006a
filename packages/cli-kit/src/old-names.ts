import { finiteNumber, integer, type NumberRange as Range } from './options.ts'

/*
 * Names of before, until both commands use the new ones. Then this file goes, with `Output.paint`, `Output.notePaint` and
 * `Interruption.breathe`.
 */

export { type Colors as Paint, createColors as createPaint } from './colors.ts'
export type { NamedDataset as NamedData } from './data/load-data.ts'
export { isDatasetName as isSetName } from './data/named-sets.ts'
export { fileReadError as readFailure, fileWriteError as writeFailure } from './errors.ts'
export {
  type CommandAction as Action,
  type CommandContext as Run,
  commandAction as act,
} from './run-command.ts'
export { integer as wholeNumber }
export const realNumber = ({ above, ...range }: Range & { above?: boolean } = {}) =>
  finiteNumber({ ...range, exclusiveMin: above })
