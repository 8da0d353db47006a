import { realNumber, wholeNumber } from '@gosa/cli-kit'
import type { Init } from '@gosa/layers'
import { InvalidArgumentError } from 'commander'

/** A whole number from 1 up. */
export const count = wholeNumber({ min: 1 })

/** A whole number from 0 up. */
export const wholeFromZero = wholeNumber({ min: 0 })

/** A port, 0 for any that is free. */
export const port = wholeNumber({ min: 0, max: 65_535 })

/** A number above 0. */
export const positive = realNumber({ min: 0, above: true })

/** A number from 0 up. */
export const notNegative = realNumber({ min: 0 })

/** A number from 0 to 1. */
export const share = realNumber({ min: 0, max: 1 })

/** A number above 0, to 1. */
export const positiveShare = realNumber({ min: 0, above: true, max: 1 })

/** A number from 0 to below 1: what is taken of a whole of which something must be left. */
export function fraction(text: string): number {
  const value = share(text)
  if (value < 1) return value
  throw new InvalidArgumentError('It must be a number from 0 to below 1.')
}

/** A standard deviation, or the rule for it. */
export function initOf(text: string): Init {
  if (text === 'he' || text === 'xavier') return text
  return either(() => notNegative(text), 'a number from 0 up, he or xavier')
}

/** The sizes of layers, `784,50,10`; a sweep, where commas part values, writes `784-50-10`. */
export function sizes(text: string): number[] {
  return either(() => {
    const [first, second, ...others] = text.split(/[,-]/)
    return [first, second ?? '', ...others].map(count)
  }, 'two or more whole numbers from 1 up, with commas between them')
}

/** What seconds look like. */
export const SECONDS = /^(?=.*[1-9])\d+(\.\d+)?s$/

/** A number of steps, or of seconds with an `s` behind it. */
export const cadence = (text: string): number | string =>
  SECONDS.test(text) ? text : either(() => wholeFromZero(text), 'a number of steps, or of seconds: 500, 30s')

/** What `read` answers; where it refuses, the words for what would fit. */
function either<T>(read: () => T, words: string): T {
  try {
    return read()
  } catch {
    throw new InvalidArgumentError(`It must be ${words}.`)
  }
}
