import { describe, expect, it } from 'vitest'
import { createMeans } from './means.ts'

describe('means of losses', () => {
  it('stand in the middle of the steps that they are of', () => {
    const means = createMeans(2)
    for (const [i, loss] of [4, 2, 1, 3, 9].entries()) means.add(i + 1, loss)
    expect(means.take(false)).toEqual([
      [1.5, 3],
      [3.5, 2],
    ])
    expect(means.take(false)).toEqual([])
    expect(means.take(true)).toEqual([[5, 9]])
    expect(means.take(true)).toEqual([])
  })
})
