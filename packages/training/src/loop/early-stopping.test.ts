import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import {
  type EarlyStoppingState,
  isBetter,
  type SelectionCriterion,
  updateEarlyStopping,
} from './early-stopping.ts'

/** After epochs with these validation losses and accuracies: the best one, and the number of epochs since. */
function after(bestBy: SelectionCriterion, ...epochs: [loss: number, accuracy: number][]) {
  let state: EarlyStoppingState = { waited: 0 }
  for (const [i, [validationLoss, validationAccuracy]] of epochs.entries()) {
    const quality = { trainAccuracy: 0, testAccuracy: 0, testLoss: 0, validationLoss, validationAccuracy }
    state = updateEarlyStopping(
      state,
      quality,
      (one, best) => isBetter(one, best, bestBy),
      () => ({ iteration: i + 1, quality, weights: { W1: tensor([i]) } }),
    )
  }
  return [state.best?.iteration, state.waited, state.best?.weights.W1.data[0]]
}

describe('updateEarlyStopping', () => {
  it('counts the epochs since the lowest loss', () => {
    expect(after('loss', [3, 0], [2, 0], [2.5, 1], [2, 1])).toEqual([2, 2, 1])
    expect(after('loss', [3, 0], [2, 0], [2.5, 1], [1, 1])).toEqual([4, 0, 3])
  })

  it('counts the epochs since the highest accuracy', () => {
    expect(after('accuracy', [3, 0.1], [2, 0.3], [1, 0.2], [1, 0.3])).toEqual([2, 2, 1])
  })

  it('never selects NaN as the best', () => {
    expect(after('loss', [Number.NaN, 0])).toEqual([undefined, 1, undefined])
    expect(after('loss', [2, 0], [Number.NaN, 1])).toEqual([1, 1, 0])
  })
})
