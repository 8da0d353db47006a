import { describe, expect, it } from 'vitest'
import { type LearningRateSchedule, learningRateAt } from './learning-rate-schedule.ts'

const constant: LearningRateSchedule = { learningRate: 0.1, schedule: 'constant', warmUp: 0 }
const rates = (schedule: LearningRateSchedule, ...steps: number[]) =>
  steps.map((i) => learningRateAt(schedule, i))

describe('learningRateAt', () => {
  it('is constant for the constant schedule', () => {
    expect(rates(constant, 0, 1, 1_000_000)).toEqual([0.1, 0.1, 0.1])
  })

  it('decays by a factor every n steps for the step schedule', () => {
    const step: LearningRateSchedule = { ...constant, schedule: 'step', stepEvery: 3, stepFactor: 0.5 }
    expect(rates(step, 0, 2, 3, 5, 6, 9)).toEqual([0.1, 0.1, 0.05, 0.05, 0.025, 0.0125])
    const tenth: LearningRateSchedule = { ...step, stepEvery: 1, stepFactor: 0.1 }
    for (const n of [1, 2, 7, 30]) expect(learningRateAt(tenth, n) / (0.1 * 10 ** -n)).toBeCloseTo(1, 13)
  })

  it('follows half a cosine and then stays for the cosine schedule', () => {
    const cosine: LearningRateSchedule = { ...constant, schedule: 'cosine', cosineSteps: 100, cosineFloor: 0 }
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

  it('does not fall below the floor of the cosine schedule', () => {
    const floor: LearningRateSchedule = {
      ...constant,
      schedule: 'cosine',
      cosineSteps: 10,
      cosineFloor: 0.25,
    }
    expect(rates(floor, 0, 10, 20)).toEqual([0.1, 0.025, 0.025])
    expect(learningRateAt(floor, 5)).toBeCloseTo(0.1 * 0.625, 16)
  })

  it.each(['constant', 'step', 'cosine'] as const)(
    'rises linearly during warm-up, then starts the %s schedule',
    (schedule) => {
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
        expect(learningRateAt({ ...shape, warmUp: 4 }, 4 + j)).toBe(
          learningRateAt({ ...shape, warmUp: 0 }, j),
        )
      }
    },
  )
})
