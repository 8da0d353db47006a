import { formatCount } from '@gosa/charts/text'
import type { Output } from '@gosa/cli-kit'
import { createEvaluationSchedule } from '@gosa/training'
import type { Observer } from '../observers/observer.ts'
import { runTexts } from '../texts/run.ts'
import type { Run } from './run.ts'

/** `--book`: stdout shows what the training loop of the book, chapter 5, prints, and nothing else. */

/** Prints `print(train_acc, test_acc)` each time that `i % iter_per_epoch == 0`. */
export const bookObserver = (output: Pick<Output, 'result'>): Observer => ({
  epoch({ epoch, trainAccuracy, testAccuracy }) {
    // The evaluation at the end of the run is not part of the book's loop.
    if (Number.isInteger(epoch)) {
      output.result(`${formatAsPython(trainAccuracy)} ${formatAsPython(testAccuracy)}`)
    }
  },
})

/** A share as Python prints it: the shortest digits that identify it, but 1 as `1.0` and 5e-5 as `5e-05`. */
export function formatAsPython(value: number): string {
  if (Number.isInteger(value)) return value.toFixed(1)
  return value < 1e-4 ? value.toExponential().replace(/-(\d)$/, '-0$1') : String(value)
}

/** An output whose results go to stderr, so that the book's lines are alone on stdout. */
export const bookModeOutput = (output: Output): Output =>
  Object.create(output, {
    detail: { value: () => {} },
    result: { value: (line?: string) => void (output.json || (line && output.note(line))) },
  })

/** A note if an epoch is not an integer number of iterations: the book's loop then prints less often. */
export function fractionalEpochNote({ config, data }: Pick<Run, 'config' | 'data'>): string | undefined {
  const images = data.train.t.length
  const perEpoch = images / config.batchSize
  if (perEpoch <= 1 || Number.isInteger(perEpoch)) return undefined
  const { isDue, next } = createEvaluationSchedule(config, images)
  const second = next(1)
  const { book } = runTexts()
  return book.notInteger(perEpoch, isDue(second) ? book.every(formatCount(second - 1)) : book.once)
}
