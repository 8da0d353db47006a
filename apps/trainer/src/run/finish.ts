import { join } from 'node:path'
import { formatAccuracy, formatCount, formatDuration, formatLoss } from '@gosa/charts/text'
import { type CommandContext, ExitCode, failure, printable, writeFileAtomic } from '@gosa/cli-kit'
import { bestOrLatest, optimizerDefaults, type TrainingOutcome, type TrainingState } from '@gosa/training'
import { restoreNetwork } from '../model/create-network.ts'
import { encodeNetwork, MODEL_FILE, weightsSha256 } from '../model/model.ts'
import type { Live } from '../observers/live.ts'
import type { RunHistory } from '../observers/observer.ts'
import { resumeCommand } from '../options/command-line.ts'
import type { Config } from '../options/config.ts'
import { writeCheckpoint } from '../run-folder/checkpoints.ts'
import { labelled, labelTexts } from '../texts/labels.ts'
import { runTexts } from '../texts/run.ts'
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
  const texts = runTexts().done
  output.detail()
  for (const line of earlyStoppingLines(run, outcome)) output.result(line)
  const accuracies = texts.accuracy(bold(formatAccuracy(testAccuracy)), formatAccuracy(trainAccuracy))
  output.result(labelled('accuracy', accuracies))
  if (validationAccuracy !== undefined && validationLoss !== undefined) {
    const validated = texts.validation(formatAccuracy(validationAccuracy), formatLoss(validationLoss))
    output.detail(labelled(undefined, validated))
  }
  output.detail(labelled('time', texts.time(formatDuration(seconds), formatCount(samplesPerSecond))))
  output.result(labelled('weights', folder ? printable(join(folder, MODEL_FILE)) : texts.notSaved))
  output.detail(dim(labelled(undefined, `SHA-256 ${sha256}`)))
  if (report) output.detail(labelled('report', report))
  if (data.generated) {
    output.detail(dim(texts.generated))
  }
  // A run too short to learn anything stays near the loss of guessing; one with too large steps ends far above it.
  const guessing = Math.log(data.classes)
  if (outcome.testLoss > 1.5 * guessing) {
    output.note(
      texts.aboveGuessing(formatLoss(outcome.testLoss), formatLoss(guessing), suggestLearningRate(config)),
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
  const { columns, done } = runTexts()
  const stopped = labelled(
    'stopped',
    done.stoppedEarly(formatCount(training.iteration), formatCount(iterations), patience),
  )
  const quantity = bestBy === 'loss' ? columns.loss : labelTexts().accuracy
  const best = labelled('best', done.best(formatCount(result.iteration), quantity))
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
  const { interrupted } = runTexts()
  const how = folder ? interrupted.resume(resumeCommand(folder, env)) : interrupted.nothingSaved
  output.warn(interrupted.run(formatCount(state.iteration), formatCount(config.iterations), how))
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
  const { diverged, interrupted } = runTexts()
  return failure(
    diverged.message(
      divergedAt(what, iteration, lastGood.iteration),
      where ? diverged.where(what, where) : diverged.what(what),
      config.learningRate,
      suggestLearningRate(config),
      folder
        ? diverged.saved(formatCount(bestOrLatest(lastGood).iteration), join(folder, MODEL_FILE))
        : interrupted.nothingSaved,
    ),
  )
}

/** The loss is checked after each step; weights, whose NaN a ReLU can hide from the loss, only every some steps. */
function divergedAt(what: string, iteration: number, lastGood: number): string {
  const { diverged } = runTexts()
  if (what === 'the loss') return diverged.inStep(formatCount(iteration + 1))
  return what === 'a weight' && iteration - lastGood > 1
    ? diverged.betweenSteps(formatCount(lastGood + 1), formatCount(iteration))
    : diverged.afterStep(formatCount(iteration))
}

/** A learning rate that may work: the optimizer's default, or a tenth of the present one if that is smaller. */
const suggestLearningRate = ({
  optimizer,
  learningRate,
}: Pick<Config, 'optimizer' | 'learningRate'>): number =>
  Math.min(optimizerDefaults(optimizer).learningRate, learningRate / 10)

/** Saves weights as the model of the run, if it has a folder and is not complete already. */
async function saveModel(
  { folder, config, data, isComplete }: Run,
  state: Pick<TrainingState, 'weights' | 'buffers' | 'iteration'>,
): Promise<void> {
  if (folder === undefined || isComplete) return
  await writeFileAtomic(
    join(folder, MODEL_FILE),
    encodeNetwork(restoreNetwork(config, data, state), { iteration: state.iteration }),
  )
}

/** Saves a state as a checkpoint, and its weights as the model of the run, if it has a folder. */
async function saveState(run: Run, state: TrainingState): Promise<void> {
  if (run.folder) await writeCheckpoint(run.folder, run.config, state)
  await saveModel(run, bestOrLatest(state))
}
