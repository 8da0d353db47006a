/** Learning rate schedules: constant, step decay and cosine annealing, each with linear warm-up. */

/** The names of the schedules. */
export const SCHEDULES = ['constant', 'step', 'cosine'] as const

export type ScheduleName = (typeof SCHEDULES)[number]

/** How the learning rate changes during a run. */
export interface LearningRateSchedule {
  /** η: the learning rate at its maximum. */
  learningRate: number
  schedule: ScheduleName
  /** M: the number of steps of linear warm-up; 0 for none. */
  warmUp: number
  /** `step`: the number of steps between two decays, and the factor of each. */
  stepEvery?: number
  stepFactor?: number
  /** `cosine`: N, the number of steps of the decay, and the share of η that it ends at. */
  cosineSteps?: number
  cosineFloor?: number
}

/**
 * The learning rate of step number `i`, counted from 0; it depends on nothing else. During warm-up, while i < M,
 *
 *     η·(i + 1)/M
 *
 * and then, with j = i − M,
 *
 *     constant  η
 *     step      η·factor^⌊j/every⌋
 *     cosine    η·(floor + (1 − floor)·(1 + cos(π·min(j/N, 1)))/2)
 *
 * Sources: He et al. 2016 (step), Loshchilov and Hutter 2017 (cosine), Goyal et al. 2017 (warm-up).
 */
export function learningRateAt(schedule: LearningRateSchedule, i: number): number {
  const {
    learningRate: η,
    warmUp: M,
    stepEvery = 1,
    stepFactor = 1,
    cosineSteps = 1,
    cosineFloor = 0,
  } = schedule
  if (i < M) return (η * (i + 1)) / M
  const j = i - M
  if (schedule.schedule === 'step') return η * power(stepFactor, Math.floor(j / stepEvery))
  if (schedule.schedule === 'cosine') {
    return η * (cosineFloor + (1 - cosineFloor) * halfCosine(Math.min(j / cosineSteps, 1)))
  }
  return η
}

/** xⁿ by squaring: every engine rounds multiplications alike, while `**` differs between engines. */
function power(x: number, n: number): number {
  let result = 1
  for (let square = x, left = n; left > 0; left = Math.floor(left / 2), square *= square) {
    if (left % 2 === 1) result *= square
  }
  return result
}

/** `(1 + cos πs)/2 = 1 − sin²(πs/2)` for s in [0, 1], by the Taylor series of the sine: `Math.cos` differs between engines. */
function halfCosine(s: number): number {
  if (s === 1) return 0
  const t = (s * Math.PI) / 2
  let sine = 0
  for (let k = 22; k >= 2; k -= 2) sine = ((sine + 1) * -t * t) / (k * (k + 1))
  return Math.max(0, 1 - (t * (1 + sine)) ** 2)
}
