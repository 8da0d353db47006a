import {
  type CommandContext,
  CommandError,
  type ExitCode,
  failure,
  type Interruption,
  type Output,
} from '@gosa/cli-kit'
import {
  createCheckpointSchedule,
  createEvaluationSchedule,
  measureQuality,
  runTraining,
  stepsPerEpoch,
  type TrainingEvents,
  type TrainingOutcome,
} from '@gosa/training'
import { epochTableObserver } from '../observers/epoch-table.ts'
import type { Live } from '../observers/live.ts'
import { createHistory, type Observer } from '../observers/observer.ts'
import { progressObserver } from '../observers/progress.ts'
import { tensorboardObserver } from '../observers/tensorboard.ts'
import { resumeCommand } from '../options/command-line.ts'
import { newestCheckpoint, writeCheckpoint } from '../run-folder/checkpoints.ts'
import { appendMetrics, readMetrics } from '../run-folder/metrics.ts'
import { runTexts } from '../texts/run.ts'
import { bookModeOutput, bookObserver, fractionalEpochNote } from './book-mode.ts'
import { finishRun } from './finish.ts'
import { headingLines } from './heading.ts'
import type { Run } from './run.ts'
import { describeRun } from './write-report.ts'

/** Performs a run: wires training to whatever shows and saves it, and hands the outcome to `finish.ts`. */

/** The result of a run: its outcome, the exit code, and the error if training failed. */
export interface RunResult {
  readonly outcome: TrainingOutcome
  readonly code: ExitCode
  readonly error?: Error
}

/** What a run is performed with. */
export interface RunContext extends Pick<CommandContext, 'output' | 'env'> {
  /** The page of `--live`. */
  live?: Live
  /** When the run started, in ms of `performance.now()`; by default when the process did. */
  startedAt?: number
}

/** Performs a run: trains, shows and saves what happens, and reports the result. A failure of training is returned, not thrown. */
export async function performRun(
  run: Run,
  context: RunContext,
  interruption: Interruption,
): Promise<RunResult> {
  const { config, folder } = run
  const { env, live, startedAt = 0 } = context
  const output = config.book ? bookModeOutput(context.output) : context.output
  printHeading(run, context.output, output)
  const history = createHistory(folder === undefined ? [] : await readMetrics(folder, run.training.iteration))
  const { iterations, batchSize } = config
  const observers = [
    history.observer,
    epochTableObserver(output, { validation: run.data.validation !== undefined }),
    ...(folder === undefined ? [] : [metricsObserver(folder)]),
    progressObserver(run, output, history.losses),
    tensorboardObserver(run),
    ...(live ? [live.watch({ ...describeRun(run), model: run.model, iterations, batchSize, history })] : []),
    ...(config.book ? [bookObserver(context.output)] : []),
  ]
  try {
    const outcome = await train(run, eventsFor(observers, run), interruption)
    const { reason } = interruption.signal
    return { outcome, ...(await finishRun(run, outcome, { output, env, reason, startedAt, history, live })) }
  } catch (error) {
    throw await withResumeHint(error, folder, env)
  }
}

function train(
  { config, data, model, training, early }: Run,
  events: TrainingEvents,
  { signal, yieldToEvents }: Interruption,
): Promise<TrainingOutcome> {
  const images = data.train.t.length
  const { iterations, patience, bestBy, batchSize, checkpointEvery } = config
  return runTraining({
    ...{ training, model, iterations, patience, bestBy, early, events, signal, yieldToEvents },
    evaluate: () => measureQuality(model, data),
    evaluations: createEvaluationSchedule(config, images),
    checkpoints: createCheckpointSchedule(checkpointEvery, stepsPerEpoch(images, batchSize)),
  })
}

/** The lines before training; in book mode they go to stderr. */
function printHeading(run: Run, whole: Output, output: Output): void {
  const { config, data, folder } = run
  const print = config.book && !whole.json ? whole.note : whole.detail
  for (const line of headingLines(run)) print(line)
  const note = config.book && fractionalEpochNote(run)
  if (note) whole.note(note)
  output.detail()
  output.value({ event: 'start', ...config, generated: data.generated, out: folder })
}

const metricsObserver = (folder: string): Observer => ({
  epoch: (metrics) => appendMetrics(folder, metrics),
})

/** The events of training: they reach all observers in turn, and checkpoints go to the folder of the run. */
const eventsFor = (
  observers: readonly Observer[],
  { folder, config }: Pick<Run, 'folder' | 'config'>,
): TrainingEvents => ({
  progress(progress) {
    for (const observer of observers) observer.progress?.(progress)
  },
  async epoch(metrics) {
    for (const observer of observers) await observer.epoch?.(metrics)
  },
  async checkpoint(state) {
    if (folder) await writeCheckpoint(folder, config, state)
  },
})

/** An error of writing a file ends a run; the message then says from which checkpoint it can be resumed. */
async function withResumeHint(
  error: unknown,
  folder: string | undefined,
  env: CommandContext['env'],
): Promise<unknown> {
  const isFileError =
    error instanceof CommandError && (error.cause as NodeJS.ErrnoException | undefined)?.code
  if (!folder || !isFileError) return error
  const newest = await newestCheckpoint(folder)
  const { checkpoints } = runTexts()
  const checkpoint = newest === undefined ? checkpoints.notYet : checkpoints.intact(newest)
  return failure(checkpoints.resumeWhenFixed(error.message, checkpoint, resumeCommand(folder, env)), {
    cause: error,
  })
}
