import { join } from 'node:path'
import { ExitCode, failure, type Run } from '@gosa/cli-kit'
import { type Curve, optimizerDefaults, resultOf } from '@gosa/training-kit'
import { writeReport } from '../html/write-report.ts'
import { MODEL } from '../model/model-file.ts'
import { weightsSha256 } from '../model/weights-sha256.ts'
import { accuracy, count, duration, loss } from '../report/numbers.ts'
import type { Outcome } from '../training/run-training.ts'
import { resumeCommand } from './resume-command.ts'
import { save, saveModel } from './save.ts'
import type { Session } from './session.ts'

type Ending<Kind> = Extract<Outcome, { kind: Kind }>

/** What a run has come to: the code to exit with, and the error where training failed. */
export interface Conclusion {
  readonly code: ExitCode
  readonly error?: Error
}

/** Saves what a run has come to, and says so. */
export async function conclude(
  session: Session,
  outcome: Outcome,
  run: Pick<Run, 'output' | 'env'> & { reason: unknown; losses: Curve },
): Promise<Conclusion> {
  if (outcome.kind === 'diverged') {
    return { code: ExitCode.failed, error: await diverged(session, outcome, run) }
  }
  const code =
    outcome.kind === 'done' ? await done(session, outcome, run) : await interrupted(session, outcome, run)
  return { code }
}

async function done(
  session: Session,
  outcome: Ending<'done'>,
  { output, losses }: Parameters<typeof conclude>[2],
): Promise<ExitCode> {
  const { training, folder, data } = session
  const { trainAccuracy, testAccuracy, validationAccuracy, validationLoss, samplesPerSecond, result } =
    outcome
  const { iteration: iterations } = training
  await saveModel(session, result)
  const report = folder && (await writeReport(folder, session, outcome, losses))
  const sha256 = weightsSha256(result.weights)
  // Counted from the start of the process: what was loaded and evaluated is in it.
  const seconds = performance.now() / 1000
  const { bold, dim } = output.paint
  output.detail()
  for (const line of choice(session, outcome)) output.result(line)
  output.result(
    `accuracy   ${bold(accuracy(testAccuracy))} on images not trained with, ${accuracy(trainAccuracy)} on the others`,
  )
  if (validationAccuracy !== undefined && validationLoss !== undefined) {
    output.detail(
      `set aside  ${accuracy(validationAccuracy)} on the images set aside, loss ${loss(validationLoss)}`,
    )
  }
  output.detail(`time       ${duration(seconds)} in all; training alone ${count(samplesPerSecond)} samples/s`)
  output.result(`weights    ${folder ? join(folder, MODEL) : 'not kept (--no-out)'}`)
  output.detail(dim(`           SHA-256 ${sha256}`))
  if (report) output.detail(`report     ${report}`)
  if (data.generated)
    output.detail(dim('These digits are generated; for real ones see --data mnist in --help.'))
  // A run too short to learn anything stays near guessing; one whose steps are too large ends far above it.
  if (outcome.testLoss > 1.5 * Math.log(data.classes)) {
    output.note(
      `The loss on images not trained with, ${loss(outcome.testLoss)}, is above that of guessing, ` +
        `${loss(Math.log(data.classes))}: a smaller --learning-rate may do better, such as ${smallerRate(session.config)}.`,
    )
  }
  if (folder) output.value({ event: 'saved', out: folder, model: join(folder, MODEL), report })
  output.value({
    event: 'done',
    trainAccuracy,
    testAccuracy,
    ...(validationAccuracy !== undefined && { validationAccuracy, validationLoss }),
    iterations,
    ...(session.config.patience && { bestIteration: result.iteration, stoppedEarly: outcome.stoppedEarly }),
    seconds,
    samplesPerSecond,
    weightsSha256: sha256,
  })
  return ExitCode.success
}

/** With patience: which weights were chosen, and whether training ended because none got better. */
function choice({ config, training }: Session, { result, stoppedEarly }: Ending<'done'>): string[] {
  const { patience, bestBy, iterations } = config
  if (patience === undefined) return []
  const stopped = `stopped    after ${count(training.iteration)} of ${count(iterations)} iterations: ${patience} epochs in a row were no better`
  const best = `best       those after ${count(result.iteration)} iterations, by ${bestBy} on the images set aside; these weights are kept`
  return stoppedEarly ? [stopped, best] : [best]
}

async function interrupted(
  session: Session,
  outcome: Ending<'interrupted'>,
  { output, env, reason, losses }: Parameters<typeof conclude>[2],
): Promise<ExitCode> {
  const { config, folder } = session
  const { state } = outcome
  await save(session, state)
  if (folder) await writeReport(folder, session, outcome, losses)
  // Nobody reads any more.
  if (reason === 'SIGPIPE') return ExitCode.success
  output.value({ event: 'interrupted', iterations: state.iteration, ...(folder && { out: folder }) })
  output.warn(
    `stopped after ${count(state.iteration)} of ${count(config.iterations)} iterations; ` +
      (folder ? `go on with: ${resumeCommand(folder, env)}` : 'nothing was kept (--no-out)'),
  )
  return ExitCode.interrupted
}

async function diverged(
  session: Session,
  outcome: Ending<'diverged'>,
  { output, losses }: Parameters<typeof conclude>[2],
): Promise<Error> {
  const { config, folder } = session
  const { what, where, iteration, lastGood } = outcome
  await save(session, lastGood)
  if (folder) await writeReport(folder, session, outcome, losses)
  const kept = resultOf(lastGood).iteration
  output.value({
    event: 'diverged',
    iteration,
    ...(where && { where }),
    lastGoodIteration: lastGood.iteration,
    ...(folder && { out: folder }),
  })
  return failure(
    `training failed ${stepWords(what, iteration, lastGood.iteration)}: ${what} became NaN or infinite` +
      `${where ? `, ${where},` : ''} with learning rate ${config.learningRate}; ` +
      `try a smaller one, such as --learning-rate ${smallerRate(config)}; ` +
      (folder
        ? `the weights after ${count(kept)} iterations are kept in ${join(folder, MODEL)}`
        : 'nothing was kept (--no-out)'),
  )
}

/** The loss is looked at in each step; weights, whose fault ReLU can hide from it, now and then. */
function stepWords(what: string, iteration: number, good: number): string {
  if (what === 'the loss') return `in step ${count(iteration + 1)}`
  return what === 'a weight' && iteration - good > 1
    ? `between the steps ${count(good + 1)} and ${count(iteration)}`
    : `after step ${count(iteration)}`
}

/** One that may do: the one that suits the optimizer, or a tenth where that was not small enough. */
const smallerRate = ({ optimizer, learningRate }: Session['config']): number =>
  Math.min(optimizerDefaults(optimizer).learningRate, learningRate / 10)
