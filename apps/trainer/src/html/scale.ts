import { type Ticks, ticks } from './ticks.ts'

/** An axis: from values to places in a picture. */
export interface Scale {
  readonly ticks: Ticks
  place(value: number): number
}

export interface Range {
  low: number
  high: number
}

/** The range of values, at least from `from` to `to`; some room around them where all are equal. */
export function rangeOf(values: readonly number[], { from = Infinity, to = -Infinity } = {}): Range {
  const low = values.reduce((least, value) => Math.min(least, value), from)
  const high = values.reduce((most, value) => Math.max(most, value), to)
  return { low, high: high > low ? high : low + (Math.abs(low) || 1) }
}

/** The range up to the next round numbers. */
export function rounded({ low, high }: Range): Range {
  const { step } = ticks(low, high)
  return { low: Math.floor(low / step + 1e-9) * step, high: Math.ceil(high / step - 1e-9) * step }
}

/** The axis on which `low` is at `start` and `high` at `end`. */
export const scale = ({ low, high }: Range, start: number, end: number): Scale => ({
  ticks: ticks(low, high),
  place: (value) => start + ((value - low) / (high - low)) * (end - start),
})
