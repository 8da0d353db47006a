import { createRng } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batches, sampleBatch } from './index.ts'

describe('batches', () => {
  it('returns each index exactly once per epoch, in full batches except the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 60 }), (count, size) => {
        const epoch = [...batches(count, size, createRng(count))]
        expect(epoch).toHaveLength(Math.ceil(count / size))
        expect(epoch.slice(0, -1).every((batch) => batch.length === size)).toBe(true)
        expect(epoch.flatMap((batch) => [...batch]).sort((a, b) => a - b)).toEqual([...Array(count).keys()])
      }),
    )
  })

  it('rounds an epoch up to whole batches: 60,000 images in batches of 128 are 469, not 468.75', () => {
    expect([...batches(60_000, 128, createRng(0))]).toHaveLength(469)
  })

  it('returns another order in the next epoch, and the same orders for the same seed', () => {
    const epochs = (seed: number) => {
      const twice = batches(20, 20, createRng(seed))
      return [[...twice], [...twice]]
    }
    const [first, second] = epochs(1)
    expect(first).not.toEqual(second)
    expect(epochs(1)).toEqual([first, second])
  })

  it('returns arrays that share no memory', () => {
    const [first, second] = batches(4, 2, createRng(0))
    const before = [...second]
    first.fill(9)
    expect([...second]).toEqual(before)
  })

  it.each([
    [0, 1],
    [1, 0],
    [2.5, 1],
    [1, Number.NaN],
  ])('throws for count %s and batch size %s, as sampleBatch does', (count, size) => {
    expect(() => batches(count, size, createRng(0))).toThrow(/integer of at least 1/)
    expect(() => sampleBatch(count, size, createRng(0))).toThrow(/integer of at least 1/)
  })
})

describe('sampleBatch', () => {
  it('draws with replacement, each index with equal probability', () => {
    const drawn = sampleBatch(10, 50_000, createRng(3))
    const counts = new Array<number>(10).fill(0)
    for (const index of drawn) counts[index]++
    for (const count of counts) expect(Math.abs(count - 5000)).toBeLessThan(300)
  })

  it('writes into out, and throws if its length is not the batch size', () => {
    const out = new Int32Array(3)
    expect(sampleBatch(5, 3, createRng(0), { out })).toBe(out)
    expect(out).toEqual(sampleBatch(5, 3, createRng(0)))
    expect(() => sampleBatch(5, 4, createRng(0), { out })).toThrow('out has length 3, but the batch has 4')
  })
})
