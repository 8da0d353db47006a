/** What `--schedule` can be. */
export const SCHEDULES = ['constant', 'step', 'cosine'] as const

export type ScheduleName = (typeof SCHEDULES)[number]

/** How the learning rate changes in a run. */
export interface Schedule {
  /** The learning rate η at its largest. */
  learningRate: number
  schedule: ScheduleName
  /** Over how many steps M it rises at first; 0: not at all. */
  warmUp: number
  /** `step`: after how many steps it falls, and to which share of itself. */
  stepEvery?: number
  stepFactor?: number
  /** `cosine`: over how many steps N it falls, and to which share of η. */
  cosineSteps?: number
  cosineFloor?: number
}

/**
 * The learning rate of the step that follows `i` others; it depends on nothing else. Of warm-up, while i < M,
 *
 *     η·(i + 1)/M
 *
 * and then, with j = i − M steps since,
 *
 *     constant  η
 *     step      η·factor^⌊j/every⌋
 *     cosine    η·(floor + (1 − floor)·(1 + cos(π·min(j/N, 1)))/2)
 *
 * Sources: He et al. 2016 (steps), Loshchilov and Hutter 2017 (cosine), Goyal et al. 2017 (warm-up).
 */
export function learningRateAt(schedule: Schedule, i: number): number {
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

/** xⁿ by multiplications alone, which every engine rounds alike (`**` differs). */
function power(x: number, n: number): number {
  let result = 1
  for (let square = x, left = n; left > 0; left = Math.floor(left / 2), square *= square) {
    if (left % 2 === 1) result *= square
  }
  return result
}

/** `(1 + cos πs)/2 = 1 − sin²(πs/2)` for s from 0 to 1, by Taylor's series of the sine: `Math.cos` differs between engines. */
function halfCosine(s: number): number {
  if (s === 1) return 0
  const t = (s * Math.PI) / 2
  let sine = 0
  for (let k = 22; k >= 2; k -= 2) sine = ((sine + 1) * -t * t) / (k * (k + 1))
  return Math.max(0, 1 - (t * (1 + sine)) ** 2)
}
