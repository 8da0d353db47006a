import { arange, createRng, full, tensor } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { oneHot, split, standardizer } from './index.ts'

describe('split', () => {
  it('puts each sample, with its target, into exactly one part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(1000), (N, seed) => {
        const samples = { x: arange(N).reshape([N, 1]), t: Int32Array.from({ length: N }, (_, i) => i) }
        const parts = split(samples, [0.7, 0.2, 0.1], createRng(seed))
        for (const { x, t } of parts) expect([...x.data]).toEqual([...t])
        expect(parts.flatMap(({ t }) => [...t]).sort((a, b) => a - b)).toEqual([...samples.t])
      }),
    )
  })

  it('returns parts of the requested sizes, for targets of any kind', () => {
    const x = arange(10).reshape([5, 2])
    const t = Uint8Array.of(0, 1, 0, 1, 0)
    const sizes = split({ x, t }, [0.6, 0.4], createRng(0)).map((part) => part.t.length)
    expect(sizes).toEqual([3, 2])
    expect(split({ x, t: oneHot(t, 2) }, [1], createRng(0))[0].t.shape).toEqual([5, 2])
  })

  it('throws if fractions do not add up to 1, or x and t differ in length', () => {
    const samples = { x: arange(4).reshape([4, 1]), t: new Uint8Array(4) }
    expect(() => split(samples, [0.5, 0.4], createRng(0))).toThrow('add up to 1, not 0.5 + 0.4 = 0.9')
    expect(() => split(samples, [1.5, -0.5], createRng(0))).toThrow(RangeError)
    expect(() => split({ ...samples, t: new Uint8Array(3) }, [1], createRng(0))).toThrow(
      '3 targets were given for 4 samples',
    )
  })
})

describe('split with stratify', () => {
  it('divides each class in proportion, into parts of the same sizes as without, in random order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 80 }), fc.nat(1000), (classes, seed) => {
        const t = Uint8Array.from(classes)
        const samples = { x: arange(t.length).reshape([t.length, 1]), t }
        const fractions = [0.6, 0.3, 0.1]
        const parts = split(samples, fractions, createRng(seed), { stratify: true })
        expect(parts.map((part) => part.t.length)).toEqual(
          split(samples, fractions, createRng(seed)).map((part) => part.t.length),
        )
        expect(parts.flatMap(({ x }) => [...x.data]).sort((a, b) => a - b)).toEqual([...samples.x.data])
        for (const { x, t } of parts) expect([...x.data].map((i) => samples.t[i])).toEqual([...t])
        parts.forEach((part, i) => {
          for (const label of new Set(classes)) {
            const share = fractions[i] * classes.filter((one) => one === label).length
            expect(Math.abs(part.t.filter((one) => one === label).length - share)).toBeLessThan(2)
          }
        })
      }),
    )
  })

  it('puts a rare class where chance alone may leave it out', () => {
    const t = Uint8Array.from({ length: 1000 }, (_, i) => (i < 10 ? 1 : 0))
    const samples = { x: arange(1000).reshape([1000, 1]), t }
    const [, test] = split(samples, [0.8, 0.2], createRng(0), { stratify: true })
    expect(test.t.filter((label) => label === 1)).toHaveLength(2)
    expect([...test.x.data]).not.toEqual([...test.x.data].sort((a, b) => a - b))
  })

  it('throws for targets that are no class indices', () => {
    const t = oneHot(Uint8Array.of(0, 1), 2)
    expect(() => split({ x: arange(2).reshape([2, 1]), t }, [1], createRng(0), { stratify: true })).toThrow(
      TypeError,
    )
  })
})

describe('standardizer', () => {
  it.each(['float32', 'float64'] as const)(
    'makes 0 of a constant column of %s, of any size and length',
    (dtype) => {
      for (const value of [14.62, 0.1, -1e-30, 123456789.123, 1e30, 0]) {
        for (const N of [1, 3, 7, 1000]) {
          const x = full([N, 1], value, { dtype })
          const { std, transform } = standardizer({ x })
          expect(std.toArray()).toEqual([1])
          expect(new Set(transform({ x }).x.data)).toEqual(new Set([0]))
        }
      }
      const { transform } = standardizer({ x: full([1000, 1], 14.62, { dtype }) })
      expect(transform({ x: full([1, 1], 14.63, { dtype }) }).x.at(0, 0)).toBeCloseTo(0.01, 5)
    },
  )

  it('transforms columns to mean 0 and standard deviation 1, and other samples by the same change', () => {
    const x = tensor([
      [1, 5],
      [3, 5],
    ])
    const { mean, std, transform } = standardizer({ x })
    expect([mean.toArray(), std.toArray()]).toEqual([
      [2, 5],
      [1, 1],
    ])
    const others = tensor([
      [3, 5],
      [4, 6],
    ])
    const t = Uint8Array.of(0, 1)
    const standardized = transform({ x: others, t })
    expect(standardized.x.toArray()).toEqual([
      [1, 0],
      [2, 1],
    ])
    expect(standardized.t).toBe(t)
  })

  it('throws unless x is (N, D)', () => {
    expect(() => standardizer({ x: tensor([1, 2]) })).toThrow('x has shape (2), but (N, D)')
  })
})

describe('oneHot', () => {
  it('puts a 1 at the class of each sample', () => {
    expect(oneHot(Uint8Array.of(2, 0), 3).toArray()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ])
    expect(oneHot(Int32Array.of(0), 1, { dtype: 'float64' }).dtype).toBe('float64')
  })

  it('throws for a label outside of the classes', () => {
    expect(() => oneHot(Uint8Array.of(0, 3), 3)).toThrow('label 3 of sample 1 is not one of the 3 classes')
    expect(() => oneHot(Int32Array.of(-1), 3)).toThrow(RangeError)
  })
})
