/** Round numbers of an axis, and how they are written. */
export interface Ticks {
  readonly step: number
  readonly values: readonly number[]
  show(value: number): string
}

/**
 * Up to six round numbers from `low` to `high`, 1, 2 or 5 times a power of ten apart, with as many places as it takes to
 * tell them apart; in powers of ten where they are very large or very small.
 */
export function ticks(low: number, high: number): Ticks {
  const rough = (high - low) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)]
  const values = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
  const largest = Math.max(Math.abs(low), Math.abs(high))
  const places = Math.max(0, -powerOf(step))
  const show = (value: number) =>
    largest >= 1e6 || places > 4 ? inPowers(value, step) : value.toFixed(places)
  return { step, values, show: (value) => (value === 0 ? '0' : show(value)) }
}

/** Which power of ten a number begins with. */
const powerOf = (value: number): number => Math.floor(Math.log10(Math.abs(value)) + 1e-9)

/** `1.5e-7`, with places down to the power of ten of the step, but no zeros at their end. */
const inPowers = (value: number, step: number): string =>
  value.toExponential(Math.max(0, powerOf(value) - powerOf(step))).replace(/\.?0*e/, 'e')
