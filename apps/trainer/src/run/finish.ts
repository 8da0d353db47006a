import { join } from 'node:path'
import { formatAccuracy, formatCount, formatDuration, formatLoss } from '@gosa/charts/text'
import { type CommandContext, ExitCode, failure, writeFileAtomic } from '@gosa/cli-kit'
import { encodeModel } from '@gosa/networks'
import { bestOrLatest, optimizerDefaults, type TrainingOutcome, type TrainingState } from '@gosa/training'
import { MODEL_FILE, weightsSha256 } from '../model/model.ts'
import type { Live } from '../observers/live.ts'
import type { RunHistory } from '../observers/observer.ts'
import { resumeCommand } from '../options/command-line.ts'
import type { Config } from '../options/config.ts'
import { writeCheckpoint } from '../run-folder/checkpoints.ts'
import type { Run } from './run.ts'
import { writeReport } from './write-report.ts'

/** The end of a run: saves its weights and its report, and prints the result. */

type OutcomeOf<Kind> = Extract<TrainingOutcome, { kind: Kind }>

interface FinishContext extends Pick<CommandContext, 'output' | 'env'> {
  /** The signal that interrupted the run, if one did. */
  reason: unknown
  /** What was measured in the run. */
  history: RunHistory
  /** The page of `--live`. */
  live?: Live
  /** When the command or, in a sweep, the run started, in ms of `performance.now()`. */
  startedAt: number
}

/** Saves the result of a run and says what it is. Returns the exit code, and the error if training failed. */
export async function finishRun(
  run: Run,
  outcome: TrainingOutcome,
  context: FinishContext,
): Promise<{ code: ExitCode; error?: Error }> {
  switch (outcome.kind) {
    case 'done':
      return { code: await finishDone(run, outcome, context) }
    case 'interrupted':
      return { code: await finishInterrupted(run, outcome, context) }
    case 'diverged':
      return { code: ExitCode.failed, error: await finishDiverged(run, outcome, context) }
  }
}

async function finishDone(run: Run, outcome: OutcomeOf<'done'>, context: FinishContext): Promise<ExitCode> {
  const { output, startedAt } = context
  const { config, training, folder, data } = run
  const { trainAccuracy, testAccuracy, validationAccuracy, validationLoss, samplesPerSecond, result } =
    outcome
  await saveModel(run, result)
  const report = await writeReport(run, outcome, context)
  const sha256 = weightsSha256(result.weights)
  const seconds = (performance.now() - startedAt) / 1000
  const { bold, dim } = output.colors
  output.detail()
  for (const line of earlyStoppingLines(run, outcome)) output.result(line)
  output.result(
    `accuracy   ${bold(formatAccuracy(testAccuracy))} on test images, ${formatAccuracy(trainAccuracy)} on training images`,
  )
  if (validationAccuracy !== undefined && validationLoss !== undefined) {
    output.detail(
      `           ${formatAccuracy(validationAccuracy)} on validation images, loss ${formatLoss(validationLoss)}`,
    )
  }
  output.detail(
    `time       ${formatDuration(seconds)} in total; ${formatCount(samplesPerSecond)} samples/s in training steps`,
  )
  output.result(`weights    ${folder ? join(folder, MODEL_FILE) : 'not saved (--no-out)'}`)
  output.detail(dim(`           SHA-256 ${sha256}`))
  if (report) output.detail(`report     ${report}`)
  if (data.generated) {
    output.detail(dim('These digits are generated; for handwritten ones see --data mnist in --help.'))
  }
  // A run too short to learn anything stays near the loss of guessing; one with too large steps ends far above it.
  const guessing = Math.log(data.classes)
  if (outcome.testLoss > 1.5 * guessing) {
    output.note(
      `The test loss, ${formatLoss(outcome.testLoss)}, is above that of guessing, ${formatLoss(guessing)}: ` +
        `try a smaller --learning-rate, such as ${suggestLearningRate(config)}.`,
    )
  }
  if (folder) output.value({ event: 'saved', out: folder, model: join(folder, MODEL_FILE), report })
  output.value({
    event: 'done',
    trainAccuracy,
    testAccuracy,
    ...(validationAccuracy !== undefined && { validationAccuracy, validationLoss }),
    iterations: training.iteration,
    ...(config.patience && { bestIteration: result.iteration, stoppedEarly: outcome.stoppedEarly }),
    seconds,
    samplesPerSecond,
    weightsSha256: sha256,
  })
  return ExitCode.success
}

/** With patience: which weights were selected, and whether training stopped early. */
function earlyStoppingLines(
  { config, training }: Run,
  { result, stoppedEarly }: OutcomeOf<'done'>,
): string[] {
  const { patience, bestBy, iterations } = config
  if (patience === undefined) return []
  const stopped = `stopped    after ${formatCount(training.iteration)} of ${formatCount(iterations)} iterations: no improvement for ${patience} epochs`
  const best = `best       after ${formatCount(result.iteration)} iterations, by validation ${bestBy}; these weights are saved`
  return stoppedEarly ? [stopped, best] : [best]
}

async function finishInterrupted(
  run: Run,
  outcome: OutcomeOf<'interrupted'>,
  context: FinishContext,
): Promise<ExitCode> {
  const { output, env, reason } = context
  const { config, folder } = run
  const { state } = outcome
  await saveState(run, state)
  const report = await writeReport(run, outcome, context)
  // The reader of the output has closed the pipe.
  if (reason === 'SIGPIPE') return ExitCode.success
  output.value({ event: 'interrupted', iterations: state.iteration, ...(folder && { out: folder, report }) })
  output.warn(
    `stopped after ${formatCount(state.iteration)} of ${formatCount(config.iterations)} iterations; ` +
      (folder ? `resume with: ${resumeCommand(folder, env)}` : 'nothing was saved (--no-out)'),
  )
  return ExitCode.interrupted
}

/** Saves the last good weights. The error says where and when training failed, and what may help. */
async function finishDiverged(
  run: Run,
  outcome: OutcomeOf<'diverged'>,
  context: FinishContext,
): Promise<Error> {
  const { output } = context
  const { config, folder } = run
  const { what, where, iteration, lastGood } = outcome
  await saveState(run, lastGood)
  const report = await writeReport(run, outcome, context)
  output.value({
    event: 'diverged',
    iteration,
    ...(where && { where }),
    lastGoodIteration: lastGood.iteration,
    ...(folder && { out: folder, report }),
  })
  return failure(
    `training failed ${divergedAt(what, iteration, lastGood.iteration)}: ${what} became NaN or infinite` +
      `${where ? `, ${where},` : ''} with learning rate ${config.learningRate}; ` +
      `try a smaller one, such as --learning-rate ${suggestLearningRate(config)}; ` +
      (folder
        ? `the weights after ${formatCount(bestOrLatest(lastGood).iteration)} iterations are saved in ${join(folder, MODEL_FILE)}`
        : 'nothing was saved (--no-out)'),
  )
}

/** The loss is checked after each step; weights, whose NaN a ReLU can hide from the loss, only every some steps. */
function divergedAt(what: string, iteration: number, lastGood: number): string {
  if (what === 'the loss') return `in step ${formatCount(iteration + 1)}`
  return what === 'a weight' && iteration - lastGood > 1
    ? `between steps ${formatCount(lastGood + 1)} and ${formatCount(iteration)}`
    : `after step ${formatCount(iteration)}`
}

/** A learning rate that may work: the optimizer's default, or a tenth of the present one if that is smaller. */
const suggestLearningRate = ({
  optimizer,
  learningRate,
}: Pick<Config, 'optimizer' | 'learningRate'>): number =>
  Math.min(optimizerDefaults(optimizer).learningRate, learningRate / 10)

/** Saves weights as the model of the run, if it has a folder and is not complete already. */
async function saveModel(
  { folder, config, isComplete }: Pick<Run, 'folder' | 'config' | 'isComplete'>,
  { weights, iteration }: Pick<TrainingState, 'weights' | 'iteration'>,
): Promise<void> {
  if (folder === undefined || isComplete) return
  await writeFileAtomic(
    join(folder, MODEL_FILE),
    encodeModel({ params: weights, activation: config.activation }, { iteration }),
  )
}

/** Saves a state as a checkpoint, and its weights as the model of the run, if it has a folder. */
async function saveState(run: Run, state: TrainingState): Promise<void> {
  if (run.folder) await writeCheckpoint(run.folder, run.config, state)
  await saveModel(run, bestOrLatest(state))
}
