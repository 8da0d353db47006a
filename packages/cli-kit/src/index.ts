/*
 * What the commands of the house share: command line, output, exit codes, files, and the data sets of `--data`. Private:
 * bundled into each command, never published.
 */
export { type Colors, createColors, type Environment, noColors } from './colors.ts'
export { addDataOptions, type DataOptions } from './data/data-options.ts'
export {
  datasetLabel,
  type LoadDataOptions,
  loadData,
  type NamedDataset,
} from './data/load-data.ts'
export { isDatasetName } from './data/named-sets.ts'
export { CommandError, failure, fileReadError, fileWriteError, usageError } from './errors.ts'
export { ExitCode } from './exit-code.ts'
export { type Interruption, listenForInterruption, type SignalSource } from './interruption.ts'
export { chooseLanguage } from './language/choose-language.ts'
export {
  LANGUAGES,
  type Language,
  language,
  setLanguage,
  type Table,
  type Texts,
  translated,
} from './language/translated.ts'
export {
  addBackendOption,
  addThreadsOption,
  type BackendOptions,
  finiteNumber,
  integer,
  type NumberRange,
  useBackend,
} from './options.ts'
export { createOutput, type Output, type OutputOptions, type Sink } from './output.ts'
export { printable } from './printable.ts'
export { type CommonOptions, createProgram, type ProgramOptions } from './program.ts'
export { type Progress, type ProgressState, progressLine, startProgress } from './progress.ts'
export { type CommandAction, type CommandContext, commandAction, runProgram } from './run-command.ts'
export { shellWord } from './shell-word.ts'
export {
  removeUnfinishedFiles,
  syncFolder,
  UNFINISHED_SUFFIX,
  writeFileAtomic,
} from './write-file-atomic.ts'
