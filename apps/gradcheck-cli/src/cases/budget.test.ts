import type { CheckOptions, Report } from '@gosa/gradcheck'
import { checkGradient } from '@gosa/gradcheck'
import { describe, expect, it } from 'vitest'
import { checkWithin, confidence, planWithin } from './budget.ts'

const timing = { fixedSeconds: 1, secondsPerEntry: 0.01 }

describe('planWithin', () => {
  it('compares every entry if there is time, with the help of all threads', () => {
    expect(planWithin(12, 1000, timing)).toEqual({ mode: 'full' })
    expect(planWithin(10.9, 1000, timing).mode).toBe('sampled')
    expect(planWithin(6.1, 1000, timing, 2)).toEqual({ mode: 'full' })
  })

  it('compares as many entries as there is time for, down to a tenth', () => {
    expect(planWithin(5, 1000, timing)).toEqual({ mode: 'sampled', samples: 400 })
    expect(planWithin(2.5, 1000, timing)).toEqual({ mode: 'sampled', samples: 150 })
    expect(planWithin(1.5, 1000, timing)).toEqual({ mode: 'projected' })
    expect(planWithin(0, 1000, timing)).toEqual({ mode: 'projected' })
  })
})

describe('checkWithin', () => {
  const x = Array.from({ length: 300 }, (_, i) => Math.sin(i) + 2)
  const f = (values: number[]): number => values.reduce((sum, value) => sum + value ** 3, 0)
  const check =
    (wrongAt = -1) =>
    (options: CheckOptions): Report =>
      checkGradient(f, (values) => values.map((value, i) => (i === wrongAt ? 1 : 3) * value ** 2), x, options)

  it('compares every entry within a long time, and says so', async () => {
    const { verdict, entries, notes } = await checkWithin(600, check(), false)
    expect([verdict, entries[0].compared]).toEqual(['pass', 300])
    expect(notes).toEqual(['a budget of 600 s bought every entry'])
    expect((await checkWithin(600, check(7), false)).entries[0]).toMatchObject({
      wrong: 1,
      worst: { index: [7] },
    })
  })

  it('compares along random directions in no time, and says what that means', async () => {
    const { verdict, entries, notes } = await checkWithin(1e-9, check(), false)
    expect([verdict, entries[0].mode]).toEqual(['pass', 'projected'])
    expect(notes[0]).toMatch(
      /^a budget of 1e-9 s bought 3 random directions for each variable: all 300 entries count/,
    )
    expect((await checkWithin(1e-9, check(7), false)).verdict).toBe('fail')
  })
})

describe('confidence', () => {
  it('states which faults a sample finds, for the variable with the fewest entries compared', () => {
    const entry = { mode: 'sampled', shape: [100, 10], compared: 100 } as never
    const other = { mode: 'sampled', shape: [100, 20], compared: 300 } as never
    const complete = { mode: 'sampled', shape: [5], compared: 5 } as never
    expect(confidence([other, entry, complete], 3)).toBe(
      'a budget of 3 s bought 405 of 3,005 entries: a fault in at least 6.7 % of the entries of any variable is found with ' +
        'a probability of 99.9 %',
    )
  })
})
