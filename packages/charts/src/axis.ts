/** Axes of charts: ranges, round ticks with their labels, and scales from values to positions. */
import { nice, tickStep, ticks } from 'd3-array'

/** About how many ticks an axis has: between 3 and 8. */
const TICK_COUNT = 5

/** From where to where an axis reaches. */
export interface Range {
  readonly low: number
  readonly high: number
}

/** The range of `values`, extended to `low` and `high` if given. If all values are equal, it has some length above them. */
export function rangeOf(
  values: readonly number[],
  { low: from = Infinity, high: to = -Infinity } = {},
): Range {
  const low = values.reduce((least, value) => Math.min(least, value), from)
  const high = values.reduce((most, value) => Math.max(most, value), to)
  return { low, high: high > low ? high : low + (Math.abs(low) || 1) }
}

/** The range extended to round numbers. */
export function niceRange({ low, high }: Range): Range {
  const [niceLow, niceHigh] = nice(low, high, TICK_COUNT)
  return { low: niceLow, high: niceHigh }
}

/** Round numbers on an axis, and their labels. */
export interface Ticks {
  readonly values: readonly number[]
  /** With as many decimals as tell neighbours apart; in scientific notation if they are very large or very small. */
  format(value: number): string
}

/** Multiples of 1, 2 or 5 times a power of ten, from low to high. */
export function axisTicks({ low, high }: Range): Ticks {
  const step = tickStep(low, high, TICK_COUNT)
  const decimals = Math.max(0, -exponentOf(step))
  const isScientific = Math.max(Math.abs(low), Math.abs(high)) >= 1e6 || decimals > 4
  return {
    values: ticks(low, high, TICK_COUNT),
    format(value) {
      if (value === 0) return '0'
      return isScientific ? scientific(value, step) : value.toFixed(decimals)
    },
  }
}

/** `1.5e-7`: digits down to the exponent of the step, without trailing zeros. */
const scientific = (value: number, step: number): string =>
  value.toExponential(Math.max(0, exponentOf(value) - exponentOf(step))).replace(/\.?0*e/, 'e')

const exponentOf = (value: number): number => Math.floor(Math.log10(Math.abs(value)) + 1e-9)

/** From a value to its position, in the units of the picture. */
export type Scale = (value: number) => number

/** The linear scale that puts `low` at `start` and `high` at `end`. */
export const linearScale =
  ({ low, high }: Range, start: number, end: number): Scale =>
  (value) =>
    start + ((value - low) / (high - low)) * (end - start)

/** A position or a length with at most one decimal. */
export const tenths = (value: number): string => String(Number(value.toFixed(1)))
