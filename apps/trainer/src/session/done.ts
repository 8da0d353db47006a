import { join } from 'node:path'
import { ExitCode } from '@gosa/cli-kit'
import { MODEL } from '../model/model-file.ts'
import { weightsSha256 } from '../model/weights-sha256.ts'
import { accuracy, count, duration, loss } from '../report/numbers.ts'
import { writeReport } from '../run/write-report.ts'
import type { Ending, Saying } from './conclude.ts'
import { saveModel } from './save.ts'
import type { Session } from './session.ts'
import { smallerRate } from './smaller-rate.ts'

/** Keeps what a run has come to as its model, and says how good it is. */
export async function done(session: Session, outcome: Ending<'done'>, run: Saying): Promise<ExitCode> {
  const { output } = run
  const { training, folder, data } = session
  const { trainAccuracy, testAccuracy, validationAccuracy, validationLoss, samplesPerSecond, result } =
    outcome
  const { iteration: iterations } = training
  await saveModel(session, result)
  const report = await writeReport(session, outcome, run)
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
