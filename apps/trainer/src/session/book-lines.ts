import type { Output } from '@gosa/cli-kit'
import { createEvaluationSchedule } from '@gosa/training'
import { count } from '../report/numbers.ts'
import type { Observer } from '../report/observer.ts'
import type { Session } from './session.ts'

/** Prints what the chapter's loop prints: `print(train_acc, test_acc)`, where `i % iter_per_epoch == 0`. */
export const bookLines = (output: Pick<Output, 'result'>): Observer => ({
  epoch({ epoch, trainAccuracy, testAccuracy }) {
    // Where the run ends the network is evaluated too, of which the loop knows nothing.
    if (Number.isInteger(epoch)) output.result(`${asPython(trainAccuracy)} ${asPython(testAccuracy)}`)
  },
})

/** A share as Python prints it: with as few digits as tell it from others, but 1 as `1.0` and 5e-5 as `5e-05`. */
export function asPython(value: number): string {
  if (Number.isInteger(value)) return value.toFixed(1)
  return value < 1e-4 ? value.toExponential().replace(/-(\d)$/, '-0$1') : String(value)
}

/** An output in which the chapter's lines stand alone on stdout, and the rest that counts, for people, goes to stderr. */
export const besideBook = (output: Output): Output =>
  Object.create(output, {
    detail: { value: () => {} },
    result: { value: (line?: string) => void (output.json || (line && output.note(line))) },
  })

/** What astonishes where an epoch is no whole number of steps: the chapter's loop then prints less often. */
export function fractionNote({ config, data }: Pick<Session, 'config' | 'data'>): string | undefined {
  const images = data.train.labels.length
  const perEpoch = images / config.batchSize
  if (perEpoch <= 1 || Number.isInteger(perEpoch)) return undefined
  const { isDue: at, next } = createEvaluationSchedule(config, images)
  const second = next(1)
  return (
    `iter_per_epoch is ${perEpoch}, which is not whole, so ` +
    (at(second) ? `lines come each ${count(second - 1)} steps` : 'no other line comes after the first')
  )
}
