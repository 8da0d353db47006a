import { join } from 'node:path'
import {
  type CommandContext,
  commandAction,
  ExitCode,
  type Interruption,
  listenForInterruption,
  shellWord,
  usageError,
} from '@gosa/cli-kit'
import type { Command } from 'commander'
import { type Live, withLive } from '../observers/live.ts'
import { withConfigFile } from '../options/config-file.ts'
import { addTrainOptions } from '../options/flags.ts'
import type { TrainOptions } from '../options/option-table.ts'
import { performRun, type RunResult } from '../run/perform.ts'
import { resumeRun } from '../run/resume.ts'
import { createRun } from '../run/run.ts'
import { readTableConfig } from '../run-folder/run-folder.ts'
import { readSweep } from '../sweep/saved-sweep.ts'
import { performSweep } from '../sweep/sweep.ts'
import { isTableFile } from '../table/table-file.ts'
import { trainTable } from '../table/train-table.ts'
import { commandTexts } from '../texts/commands.ts'
import { helpTexts } from '../texts/help.ts'
import { runTexts } from '../texts/run.ts'

/** `gosa-trainer train`, the default command: one run or a sweep, new or resumed. */

/** Adds the command. */
export const addTrain = (program: Command): Command =>
  addTrainOptions(
    program
      .command('train', { isDefault: true })
      .summary(helpTexts().train.summary)
      .description(helpTexts().train.description)
      // A misspelt command ends up as an argument here; see below.
      .allowExcessArguments(),
  ).action(
    commandAction<TrainOptions>((context) => withLive(context, (live) => runTrain({ ...context, live }))),
  )

type TrainContext = CommandContext<TrainOptions> & { live?: Live }

async function runTrain(context: TrainContext): Promise<ExitCode> {
  const [unknown] = context.args
  if (unknown !== undefined) {
    throw usageError(commandTexts().unknownCommand(unknown))
  }
  const interruption = listenForInterruption()
  const { signal } = interruption
  try {
    const { resume } = context.options
    return await (resume === undefined
      ? startNew(context, interruption)
      : continueIn(resume, context, interruption))
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error
    context.output.warn(runTexts().interrupted.beforeTraining)
    return ExitCode.interrupted
  } finally {
    interruption.release()
  }
}

async function startNew(context: TrainContext, interruption: Interruption): Promise<ExitCode> {
  const configured = { ...context, ...(await withConfigFile(context)) }
  if (isTableFile(configured.options.data)) return trainTable(configured, interruption.signal)
  if (configured.given.has('target')) {
    throw usageError('--target needs a table: --data must name a file that ends with .csv, .tsv or .npz')
  }
  if (configured.options.sweep) return performSweep(configured, interruption)
  const run = await createRun(configured, interruption.signal)
  return exitCodeOf(await performRun(run, configured, interruption))
}

async function continueIn(
  folder: string,
  context: TrainContext,
  interruption: Interruption,
): Promise<ExitCode> {
  if (await readTableConfig(folder)) {
    throw usageError(
      `the run of ${folder} is one on a table, which is not resumed; --config ${shellWord(join(folder, 'config.json'))} repeats it`,
    )
  }
  const sweep = await readSweep(folder, context)
  if (sweep) return performSweep({ ...context, ...sweep }, interruption, folder)
  const run = await resumeRun(folder, context, interruption.signal)
  return exitCodeOf(await performRun(run, context, interruption))
}

function exitCodeOf({ code, error }: RunResult): ExitCode {
  if (error) throw error
  return code
}
