import { join } from 'node:path'
import { failure } from '@gosa/cli-kit'
import { bestOrLatest } from '@gosa/training'
import { MODEL } from '../model/model-file.ts'
import { count } from '../report/numbers.ts'
import { writeReport } from '../run/write-report.ts'
import type { Ending, Saying } from './conclude.ts'
import { save } from './save.ts'
import type { Session } from './session.ts'
import { smallerRate } from './smaller-rate.ts'

/** Keeps the last good weights of a run whose training failed; the error says where and when, and what may help. */
export async function diverged(session: Session, outcome: Ending<'diverged'>, run: Saying): Promise<Error> {
  const { output } = run
  const { config, folder } = session
  const { what, where, iteration, lastGood } = outcome
  await save(session, lastGood)
  const report = await writeReport(session, outcome, run)
  const kept = bestOrLatest(lastGood).iteration
  output.value({
    event: 'diverged',
    iteration,
    ...(where && { where }),
    lastGoodIteration: lastGood.iteration,
    ...(folder && { out: folder, report }),
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
