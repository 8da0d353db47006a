import { describe, expect, it } from 'vitest'
import { createTimeEstimate, longCheckHint, timeLeft } from './time-estimate.ts'

describe('createTimeEstimate', () => {
  it('measures from the first progress on, without the preparations before', () => {
    let time = 0
    const estimate = createTimeEstimate(() => time)
    expect(estimate.secondsLeft).toBeNaN()
    time = 5000
    estimate.update(0.1)
    expect(estimate.secondsLeft).toBeNaN()
    time = 7000
    estimate.update(0.2)
    expect(estimate).toMatchObject({ share: 0.2, measuredSeconds: 2 })
    expect(estimate.secondsLeft).toBeCloseTo(16)
  })

  it('begins again when the share does', () => {
    let time = 0
    const estimate = createTimeEstimate(() => time)
    estimate.update(1)
    for (const share of [0.1, 0.3]) {
      time += 1000
      estimate.update(share)
    }
    expect(estimate.secondsLeft).toBeCloseTo(3.5)
  })
})

describe('timeLeft', () => {
  it('rounds up to seconds, and is empty if nothing is known or left', () => {
    expect([timeLeft(1.1), timeLeft(197.2)]).toEqual(['about 2.0 s left', 'about 3 min 18 s left'])
    expect([timeLeft(Number.NaN), timeLeft(0)]).toEqual(['', ''])
  })
})

describe('longCheckHint', () => {
  it('tells how long a check of every entry takes, and the flags that shorten it', () => {
    const [estimate, flags] = longCheckHint(99, {})
    expect(estimate).toContain('about 1 min 39 s more')
    expect(flags).toMatch(/--mode sampled.*--mode projected.*--only/)
  })

  it('is silent for a short or unknown time, for the other modes, and for --faults', () => {
    expect(longCheckHint(5, {})).toEqual([])
    expect(longCheckHint(Number.NaN, {})).toEqual([])
    expect(longCheckHint(99, { mode: 'sampled' })).toEqual([])
    expect(longCheckHint(99, { faults: true })).toEqual([])
  })
})
