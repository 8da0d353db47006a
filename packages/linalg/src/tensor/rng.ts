/** The seeded random generator: `createRng`, its state, and the uniform, normal, integer and permutation draws. */

import { showValue } from '../check-options.ts'

/** The state that `rng.state` returns and `createRng` takes back: plain data, safe to store as JSON. */
export interface RngState {
  readonly algorithm: 'xoshiro128**'
  /** Four words of 32 bits. */
  readonly words: readonly [number, number, number, number]
}

/** A seeded source of random numbers: the same seed gives the same bits on every engine. */
export interface Rng {
  /** Returns a number from 0 up to, not including, 1, a multiple of 2⁻⁵³. */
  uniform(): number
  /** Returns a normal deviate of mean 0 and standard deviation 1. */
  normal(): number
  /** Returns an integer from 0 to n − 1, each equally likely. Throws a `RangeError` unless n is an integer from 1 to 2³². */
  integer(n: number): number
  /** Returns the integers 0 to n − 1 in random order. Throws a `RangeError` unless n is an integer of at least 0. */
  permutation(n: number): Int32Array
  /** The current state; `createRng(state)` continues from there. */
  readonly state: RngState
}

/**
 * Returns a random generator for a seed (an integer from 0 to 2⁵³ − 1), or one that continues from a saved state. Throws a
 * `RangeError` for any other seed, a `TypeError` for anything that is not a state.
 *
 * Source: xoshiro128** 1.1 (D. Blackman, S. Vigna), its state filled by splitmix32. Only exactly rounded
 * operations are used, so the bits are the same on every engine.
 */
export function createRng(from: number | RngState): Rng {
  const s = typeof from === 'number' ? wordsFromSeed(from) : wordsFromState(from)

  const next = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0
    const t = s[1] << 9
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotateLeft(s[3], 11)
    return result
  }

  const uniform = (): number => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) * 2 ** -53

  const integer = (n: number): number => {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) {
      throw new RangeError(`integer: n must be an integer from 1 to 2³², not ${showValue(n)}`)
    }
    // Values past the largest multiple of n would favour small results: they are drawn again.
    const limit = 2 ** 32 - (2 ** 32 % n)
    let value = next()
    while (value >= limit) value = next()
    return value % n
  }

  return {
    uniform,
    normal: () => normalFrom(uniform),
    integer,
    permutation(n) {
      if (!Number.isInteger(n) || n < 0) {
        throw new RangeError(`permutation: n must be an integer of at least 0, not ${showValue(n)}`)
      }
      const order = Int32Array.from({ length: n }, (_, i) => i)
      for (let i = n - 1; i > 0; i--) {
        const j = integer(i + 1)
        ;[order[i], order[j]] = [order[j], order[i]]
      }
      return order
    },
    get state() {
      return { algorithm: 'xoshiro128**' as const, words: [s[0], s[1], s[2], s[3]] as const }
    },
  }
}

/** Throws a `TypeError` that begins with `caller`, unless `rng` is a random generator. */
export function checkRng(caller: string, rng: unknown): asserts rng is Rng {
  if (typeof (rng as Partial<Rng> | null)?.uniform === 'function') return
  throw new TypeError(`${caller}: rng must be a generator such as createRng(0), not ${showValue(rng)}`)
}

const rotateLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

/**
 * Marsaglia's polar method: a point (u, v) drawn uniformly from the unit disc, s = u² + v², gives `u·√(−2·ln s / s)`. The
 * second deviate of the pair is discarded, so that the four words are the whole state.
 */
function normalFrom(uniform: () => number): number {
  for (;;) {
    const u = 2 * uniform() - 1
    const v = 2 * uniform() - 1
    const s = u * u + v * v
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * ln(s)) / s)
  }
}

/**
 * Natural logarithm of x in (0, 1) by +, −, ×, ÷ alone, which all engines round alike (`Math.log` differs):
 * `x = m·2^e`, `ln x = e·ln 2 + 2·artanh t` with `t = (m − 1)/(m + 1)` and `|t| ≤ 0.172`.
 */
function ln(x: number): number {
  let m = x
  let e = 0
  for (; m < Math.SQRT1_2; e--) m *= 2
  const t = (m - 1) / (m + 1)
  const tt = t * t
  let series = 0
  for (let k = 23; k >= 1; k -= 2) series = series * tt + 1 / k
  return e * Math.LN2 + 2 * t * series
}

/**
 * Derives the four words by splitmix32 from the low half of the seed. The high half, if it is not 0, is mixed in by a second
 * sequence, so that different seeds have different words.
 */
function wordsFromSeed(seed: number): number[] {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`createRng: the seed must be an integer from 0 to 2⁵³ − 1, not ${seed}`)
  }
  const high = Math.floor(seed / 2 ** 32)
  const words = splitmix32(seed >>> 0)
  if (high === 0) return words
  // The first word is that of the low half alone: it tells seeds of different low halves apart, the second those of one.
  return splitmix32(high).map((word, i) => (i === 0 ? words[0] : words[i] ^ word))
}

/** Returns the first four outputs of splitmix32; different counters have different first outputs. */
function splitmix32(start: number): number[] {
  let counter = start
  return Array.from({ length: 4 }, () => {
    counter = (counter + 0x9e3779b9) | 0
    let z = counter
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  })
}

/** Whether a number is a word of 32 bits, signed or not. */
const isWord = (word: unknown): word is number =>
  Number.isInteger(word) && (word as number) >= -(2 ** 31) && (word as number) < 2 ** 32

function wordsFromState(state: RngState): number[] {
  const words: unknown[] =
    state?.algorithm === 'xoshiro128**' && Array.isArray(state.words) ? state.words : []
  if (words.length !== 4 || !words.every(isWord) || words.every((word) => word === 0)) {
    throw new TypeError(
      'createRng: give a seed (an integer) or a state saved from rng.state: four integers of 32 bits, not all 0',
    )
  }
  return words.map((word) => word | 0)
}
