import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRng, type RngState, randomNormal, randomUniform } from '../index.ts'

const draw = (n: number, next: () => number): number[] => Array.from({ length: n }, next)

describe('createRng', () => {
  it('draws the same bits for the same seed, as recorded, and others for another seed', () => {
    const rng = createRng(42)
    const drawn = [rng.uniform(), rng.normal(), rng.integer(1000)]
    const again = createRng(42)
    expect([again.uniform(), again.normal(), again.integer(1000)]).toEqual(drawn)
    expect(drawn).toMatchInlineSnapshot(`
      [
        0.15377165265745885,
        -0.36903607789767345,
        64,
      ]
    `)
    expect(createRng(43).uniform()).not.toBe(drawn[0])
    expect(createRng(42 + 2 ** 32).uniform()).not.toBe(drawn[0])
  })

  it('follows the published xoshiro128** from a state of 1, 2, 3, 4', () => {
    // The output of the authors' C code for s = {1, 2, 3, 4}.
    const words = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849]
    const rng = createRng({ algorithm: 'xoshiro128**', words: [1, 2, 3, 4] })
    for (let i = 0; i < words.length; i += 2) {
      expect(rng.uniform()).toBe(((words[i] >>> 5) * 2 ** 26 + (words[i + 1] >>> 6)) / 2 ** 53)
    }
  })

  it('continues from a saved state, also through JSON', () => {
    const rng = createRng(7)
    rng.normal()
    const saved = JSON.parse(JSON.stringify(rng.state)) as RngState
    expect(draw(20, createRng(saved).normal)).toEqual(draw(20, rng.normal))
  })

  it('does not change a state that it takes or returns', () => {
    const state = createRng(1).state
    createRng(state).uniform()
    expect(createRng(state).uniform()).toBe(createRng(1).uniform())
  })

  it.each([-1, 0.5, Number.NaN, 2 ** 53, Infinity])('throws for the seed %s', (seed) => {
    expect(() => createRng(seed)).toThrow(/an integer from 0/)
  })

  it('throws for an invalid state', () => {
    for (const wrong of [{}, { algorithm: 'xoshiro128**', words: [0, 0, 0, 0] }, null]) {
      expect(() => createRng(wrong as never)).toThrow(TypeError)
    }
  })
})

describe('random numbers', () => {
  it('are uniform on [0, 1): mean, variance and range of 100,000', () => {
    const values = draw(100_000, createRng(1).uniform)
    const mean = values.reduce((a, b) => a + b) / values.length
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.004)
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001)
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
  })

  it('are normal: mean, variance, skewness, kurtosis and the share beyond two standard deviations', () => {
    const values = draw(200_000, createRng(2).normal)
    const moment = (k: number) => values.reduce((a, b) => a + b ** k, 0) / values.length
    expect(Math.abs(moment(1))).toBeLessThan(0.01)
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.015)
    expect(Math.abs(moment(3))).toBeLessThan(0.03)
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.08)
    const beyond = values.filter((value) => Math.abs(value) > 2).length / values.length
    expect(Math.abs(beyond - 0.0455)).toBeLessThan(0.002)
  })

  it('are integers below n, each about equally often', () => {
    const rng = createRng(3)
    const counts = new Array<number>(7).fill(0)
    for (let i = 0; i < 70_000; i++) counts[rng.integer(7)]++
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
    expect(() => rng.integer(0)).toThrow(RangeError)
  })

  it('form permutations, with every integer once', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(200), (seed, n) => {
        const order = createRng(seed).permutation(n)
        expect([...order].sort((a, b) => a - b)).toEqual([...Array(n).keys()])
      }),
    )
    expect(() => createRng(0).permutation(-1)).toThrow(RangeError)
  })
})

describe('seeds and states', () => {
  it('of any size give different streams, those below 2³² the streams that they always gave', () => {
    expect(createRng(0).state.words).toEqual(createRng(0).state.words)
    const words = new Set<string>()
    for (const low of [0, 1, 0x85ebca6b, 2 ** 32 - 1]) {
      for (const high of [0, 1, 2, 0x1fffff]) words.add(String(createRng(high * 2 ** 32 + low).state.words))
    }
    expect(words.size).toBe(16)
    // The pairs that once coincided: low ^ (high·0x85ebca6b mod 2³²) was all that counted.
    expect(createRng(2 ** 32).uniform()).not.toBe(createRng(0x85ebca6b).uniform())
  })

  it('out of the range of 32 bits are refused, since they would become 0', () => {
    const state = (words: unknown) => ({ algorithm: 'xoshiro128**', words }) as never
    for (const words of [
      [2 ** 32, 0, 0, 0],
      [1e300, 2 ** 40, 2 ** 33, 0],
      [1, 2, 3, -(2 ** 31) - 1],
      [0, 0, 0, 0],
      [-0, 0, 0, 0],
      [1.5, 1, 1, 1],
      ['1', '1', '1', '1'],
    ]) {
      expect(() => createRng(state(words))).toThrow(/four integers of 32 bits/)
    }
    expect(createRng(state([2 ** 32 - 1, 0, 0, 0])).normal()).toBe(createRng(state([-1, 0, 0, 0])).normal())
  })
})

describe('randomNormal and randomUniform', () => {
  it('draw uniform numbers below the end, also where rounding to the dtype reaches it', () => {
    /** A generator whose first draw is the largest number below 1. */
    const largest = () => {
      const draws = [1 - 2 ** -53, 0.25]
      return { ...createRng(1), uniform: () => draws.shift() ?? 0 }
    }
    expect(randomUniform([1], { rng: largest(), dtype: 'float32' }).data[0]).toBe(0.25)
    expect(randomUniform([1], { rng: largest(), low: 1, high: 1 + 2 ** -52 }).data[0]).toBe(1)
    expect(randomUniform([1], { rng: largest(), low: 3, high: 3 }).data[0]).toBe(3)
  })

  it('draw in row-major order with the given mean, standard deviation and range', () => {
    const rng = createRng(5)
    expect(randomNormal([2, 2], { mean: 3, std: 2, rng: createRng(5) }).toArray()).toEqual([
      [3 + 2 * rng.normal(), 3 + 2 * rng.normal()],
      [3 + 2 * rng.normal(), 3 + 2 * rng.normal()],
    ])
    const x = randomUniform([1000], { low: -1, high: 2, rng, dtype: 'float32' })
    expect(Math.min(...x.data)).toBeGreaterThanOrEqual(-1)
    expect(Math.max(...x.data)).toBeLessThan(2)
    expect(x.dtype).toBe('float32')
  })

  it('throw without a generator', () => {
    expect(() => randomNormal([1], {} as never)).toThrow(/must be a generator such as createRng\(0\)/)
  })
})
