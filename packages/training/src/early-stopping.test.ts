import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { afterEpoch, type EarlyState, type Measure } from './early-stopping.ts'

/** After epochs with these losses and accuracies on the images set aside: the best one, and how many came since. */
function after(bestBy: Measure, ...epochs: [loss: number, accuracy: number][]) {
  let state: EarlyState = { waited: 0 }
  for (const [i, [validationLoss, validationAccuracy]] of epochs.entries()) {
    const quality = { trainAccuracy: 0, testAccuracy: 0, testLoss: 0, validationLoss, validationAccuracy }
    state = afterEpoch(state, { iteration: i + 1, quality, weights: { W1: tensor([i]) } }, bestBy)
  }
  return [state.best?.iteration, state.waited, state.best?.weights.W1.data[0]]
}

describe('early stopping', () => {
  it('counts the epochs since the lowest loss', () => {
    expect(after('loss', [3, 0], [2, 0], [2.5, 1], [2, 1])).toEqual([2, 2, 1])
    expect(after('loss', [3, 0], [2, 0], [2.5, 1], [1, 1])).toEqual([4, 0, 3])
  })

  it('counts the epochs since the highest accuracy', () => {
    expect(after('accuracy', [3, 0.1], [2, 0.3], [1, 0.2], [1, 0.3])).toEqual([2, 2, 1])
  })

  it('takes nothing for the best that is no number', () => {
    expect(after('loss', [Number.NaN, 0])).toEqual([undefined, 1, undefined])
    expect(after('loss', [2, 0], [Number.NaN, 1])).toEqual([1, 1, 0])
  })
})
