import type { Output } from '@gosa/cli-kit'
import type { Observer } from '../report/observer.ts'

/** Prints what the chapter's loop prints: `print(train_acc, test_acc)`, where `i % iter_per_epoch == 0`. */
export const bookLines = (output: Pick<Output, 'result'>): Observer => ({
  epoch({ epoch, trainAccuracy, testAccuracy }) {
    // Where the run ends the network is evaluated too, of which the loop knows nothing.
    if (Number.isInteger(epoch)) output.result(`${asPython(trainAccuracy)} ${asPython(testAccuracy)}`)
  },
})

/** A number as Python prints it: with as few digits as tell it from others, but 1 as `1.0`. */
const asPython = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value))

/** An output in which the chapter's lines stand alone on stdout, and the rest that counts goes to stderr. */
export const besideBook = (output: Output): Output =>
  Object.create(output, {
    detail: { value: () => {} },
    result: { value: (line?: string) => line && output.note(line) },
  })
