import { describe, expect, it } from 'vitest'
import { learningRateAt, type Schedule } from './schedule.ts'

const constant: Schedule = { learningRate: 0.1, schedule: 'constant', warmUp: 0 }
const rates = (schedule: Schedule, ...steps: number[]) => steps.map((i) => learningRateAt(schedule, i))

describe('the learning rate of a step', () => {
  it('stays as it is', () => {
    expect(rates(constant, 0, 1, 1_000_000)).toEqual([0.1, 0.1, 0.1])
  })

  it('falls by a factor each so many steps', () => {
    const step: Schedule = { ...constant, schedule: 'step', stepEvery: 3, stepFactor: 0.5 }
    expect(rates(step, 0, 2, 3, 5, 6, 9)).toEqual([0.1, 0.1, 0.05, 0.05, 0.025, 0.0125])
    const tenth: Schedule = { ...step, stepEvery: 1, stepFactor: 0.1 }
    for (const n of [1, 2, 7, 30]) expect(learningRateAt(tenth, n) / (0.1 * 10 ** -n)).toBeCloseTo(1, 13)
  })

  it('falls by half a cosine, and then stays', () => {
    const cosine: Schedule = { ...constant, schedule: 'cosine', cosineSteps: 100, cosineFloor: 0 }
    expect(learningRateAt(cosine, 0)).toBe(0.1)
    expect(learningRateAt(cosine, 50)).toBeCloseTo(0.05, 16)
    expect(rates(cosine, 100, 101, 5000)).toEqual([0, 0, 0])
    for (let i = 0; i <= 100; i++) {
      expect(Math.abs(learningRateAt(cosine, i) - 0.05 * (1 + Math.cos((Math.PI * i) / 100)))).toBeLessThan(
        1e-16,
      )
      if (i > 0) expect(learningRateAt(cosine, i)).toBeLessThan(learningRateAt(cosine, i - 1))
    }
  })

  it('falls no further than to its floor', () => {
    const floor: Schedule = { ...constant, schedule: 'cosine', cosineSteps: 10, cosineFloor: 0.25 }
    expect(rates(floor, 0, 10, 20)).toEqual([0.1, 0.025, 0.025])
    expect(learningRateAt(floor, 5)).toBeCloseTo(0.1 * 0.625, 16)
  })

  it.each(['constant', 'step', 'cosine'] as const)('rises evenly at first, then begins as %s', (schedule) => {
    const shape = {
      learningRate: 0.1,
      schedule,
      stepEvery: 4,
      stepFactor: 0.5,
      cosineSteps: 8,
      cosineFloor: 0.1,
    }
    expect(rates({ ...shape, warmUp: 4 }, 0, 1, 2, 3)).toEqual([0.025, 0.05, (0.1 * 3) / 4, 0.1])
    for (let j = 0; j < 12; j++) {
      expect(learningRateAt({ ...shape, warmUp: 4 }, 4 + j)).toBe(learningRateAt({ ...shape, warmUp: 0 }, j))
    }
  })
})
