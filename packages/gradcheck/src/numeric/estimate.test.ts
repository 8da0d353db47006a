import { describe, expect, it } from 'vitest'
import { combine, contains, UNKNOWN } from './estimate.ts'

describe('combine', () => {
  it('is the more precise of two estimates that agree', () => {
    expect(combine({ value: 1, error: 0.5 }, { value: 1.1, error: 0.01 })).toEqual({
      value: 1.1,
      error: 0.01,
    })
    expect(combine(UNKNOWN, { value: 2, error: 1 })).toEqual({ value: 2, error: 1 })
    expect(combine({ value: 2, error: 1 }, UNKNOWN)).toEqual({ value: 2, error: 1 })
  })

  it('does not become more precise because intervals barely overlap', () => {
    const combined = combine({ value: 0, error: 1 }, { value: 2.5, error: 2 })
    expect(combined).toEqual({ value: 0.5, error: 1 })
  })

  it('contains each value that both contain', () => {
    const [a, b] = [
      { value: 0, error: 1 },
      { value: 1.5, error: 0.8 },
    ]
    for (const value of [0.7, 0.85, 1]) {
      expect(contains(a, value) && contains(b, value)).toBe(true)
      expect(contains(combine(a, b) ?? UNKNOWN, value)).toBe(true)
    }
  })

  it('is undefined if the estimates contradict each other', () => {
    expect(combine({ value: 0, error: 1 }, { value: 3, error: 1 })).toBeUndefined()
  })
})
