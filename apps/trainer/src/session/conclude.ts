import { join } from 'node:path'
import { ExitCode, failure, type Output, type Run } from '@gosa/cli-kit'
import { MODEL } from '../model/model-file.ts'
import { weightsOf, weightsSha256 } from '../model/weights.ts'
import { accuracy, count, duration, loss } from '../report/numbers.ts'
import { createOptimizer } from '../training/optimizers.ts'
import type { Outcome } from '../training/run-training.ts'
import { save } from './save.ts'
import type { Session } from './session.ts'

type Ending<Kind> = Extract<Outcome, { kind: Kind }>

/** Saves what a run has come to, says so, and answers the exit code. Throws where training failed. */
export async function conclude(
  session: Session,
  outcome: Outcome,
  run: Pick<Run, 'output' | 'env'> & { reason: unknown },
): Promise<ExitCode> {
  if (outcome.kind === 'diverged') throw await diverged(session, outcome, run.output)
  if (outcome.kind === 'interrupted') return interrupted(session, outcome, run)
  return done(session, outcome, run.output)
}

async function done(session: Session, outcome: Ending<'done'>, output: Output): Promise<ExitCode> {
  const { training, folder, data } = session
  const { trainAccuracy, testAccuracy, samplesPerSecond } = outcome
  const { iteration: iterations } = training
  await save(session, training.state())
  const sha256 = weightsSha256(weightsOf(session.model))
  // Counted from the start of the process: what was loaded and evaluated is in it.
  const seconds = performance.now() / 1000
  const { bold, dim } = output.paint
  output.detail()
  output.result(
    `accuracy   ${bold(accuracy(testAccuracy))} on images not trained with, ${accuracy(trainAccuracy)} on the others`,
  )
  output.detail(`time       ${duration(seconds)} in all; training alone ${count(samplesPerSecond)} samples/s`)
  output.result(`weights    ${folder ? join(folder, MODEL) : 'not kept (--no-out)'}`)
  output.detail(dim(`           SHA-256 ${sha256}`))
  if (data.generated)
    output.detail(dim('These digits are generated; for real ones see --data mnist in --help.'))
  // A run too short to learn anything stays near guessing; one whose steps are too large ends far above it.
  if (outcome.testLoss > 1.5 * Math.log(data.classes)) {
    output.note(
      `The loss on images not trained with, ${loss(outcome.testLoss)}, is above that of guessing, ` +
        `${loss(Math.log(data.classes))}: a smaller --learning-rate may do better, such as ${smallerRate(session.config)}.`,
    )
  }
  if (folder) output.value({ event: 'saved', out: folder, model: join(folder, MODEL) })
  output.value({
    event: 'done',
    trainAccuracy,
    testAccuracy,
    iterations,
    seconds,
    samplesPerSecond,
    weightsSha256: sha256,
  })
  return ExitCode.success
}

async function interrupted(
  session: Session,
  { state }: Ending<'interrupted'>,
  { output, env, reason }: Parameters<typeof conclude>[2],
): Promise<ExitCode> {
  const { config, folder } = session
  await save(session, state)
  // Nobody reads any more.
  if (reason === 'SIGPIPE') return ExitCode.success
  const command = env.npm_lifecycle_event === 'start' ? 'npm start --' : 'gosa-trainer'
  output.value({ event: 'interrupted', iterations: state.iteration, ...(folder && { out: folder }) })
  output.warn(
    `stopped after ${count(state.iteration)} of ${count(config.iterations)} iterations; ` +
      (folder ? `go on with: ${command} train --resume ${quoted(folder)}` : 'nothing was kept (--no-out)'),
  )
  return ExitCode.interrupted
}

async function diverged(
  session: Session,
  { what, iteration, lastGood }: Ending<'diverged'>,
  output: Output,
): Promise<Error> {
  const { config, folder } = session
  await save(session, lastGood)
  output.value({
    event: 'diverged',
    iteration,
    lastGoodIteration: lastGood.iteration,
    ...(folder && { out: folder }),
  })
  const kept = folder
    ? `the weights after ${count(lastGood.iteration)} iterations are kept in ${join(folder, MODEL)}`
    : 'nothing was kept (--no-out)'
  return failure(
    `training failed: ${what} became NaN or infinite after ${count(iteration)} iterations with learning rate ` +
      `${config.learningRate}; try a smaller one, such as --learning-rate ${smallerRate(config)}; ${kept}`,
  )
}

/** One that may do: the one that suits the optimizer, or a tenth where that was not small enough. */
const smallerRate = ({ optimizer, learningRate }: Session['config']): number =>
  Math.min(createOptimizer(optimizer).learningRate, learningRate / 10)

/** A path as a word on the command line. */
const quoted = (path: string): string => (/^[\w./\\:@%+=-]+$/.test(path) ? path : JSON.stringify(path))
