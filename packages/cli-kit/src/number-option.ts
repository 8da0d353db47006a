import { InvalidArgumentError } from 'commander'

export interface NumberRange {
  /** The smallest allowed. */
  min?: number
  /** The largest allowed. */
  max?: number
  /** `min` itself is not allowed. */
  above?: boolean
}

/** Reads an option's value as a whole number: `new Option('--hidden <n>').argParser(wholeNumber({ min: 1 }))`. */
export const wholeNumber =
  (range: NumberRange = {}) =>
  (text: string): number => {
    const value = /^[+-]?\d+(e\d+)?$/i.test(text) ? Number(text) : Number.NaN
    return checked(Number.isSafeInteger(value) ? value : Number.NaN, 'a whole number', range)
  }

/** Reads an option's value as a number, `0.1` or `1e-3`. */
export const realNumber =
  (range: NumberRange = {}) =>
  (text: string): number =>
    checked(text.trim() === '' ? Number.NaN : Number(text), 'a number', range)

function checked(
  value: number,
  kind: string,
  { min = -Infinity, max = Infinity, above = false }: NumberRange,
): number {
  if (Number.isFinite(value) && (above ? value > min : value >= min) && value <= max) return value
  const low = min === -Infinity ? [] : [above ? `above ${min}` : `from ${min}`]
  const high = max === Infinity ? (low.length > 0 && !above ? ['up'] : []) : [`to ${max}`]
  throw new InvalidArgumentError(`It must be ${[kind, ...low, ...high].join(' ')}.`)
}
