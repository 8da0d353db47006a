import { describe, expect, it } from 'vitest'
import { niceTicks } from './ticks.ts'

describe('ticks', () => {
  it('are round numbers within the range', () => {
    expect(niceTicks(0, 1, 4)).toEqual([0, 0.5, 1])
    expect(niceTicks(0, 2.3, 4)).toEqual([0, 1, 2])
    expect(niceTicks(0, 5000, 4)).toEqual([0, 2000, 4000])
    expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  })
})
