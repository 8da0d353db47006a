import { describe, expect, it } from 'vitest'
import { measureValues } from './measure-values.ts'

describe('measureValues', () => {
  it('counts the faults that random directions miss, and the causes that are named', {
    timeout: 300_000,
  }, () => {
    const quality = measureValues({ every: 300, seeds: 1 })
    expect(quality.trials).toBeGreaterThan(2)
    expect(quality.missed).toEqual([])
    expect(quality.causes).toBeGreaterThan(0)
  })
})
