import { createRng } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSampler, type EpochPosition } from './sampler.ts'

const take = (sampler: { next(): Int32Array }, n: number) =>
  Array.from({ length: n }, () => [...sampler.next()])

describe('the epoch sampler', () => {
  it('draws each sample once per epoch, in a new order each time', () => {
    const sampler = createSampler('epochs', { count: 10, batchSize: 4, rng: createRng(0) })
    const [first, second] = [take(sampler, 3), take(sampler, 3)]
    for (const epoch of [first, second]) {
      expect(epoch.map(({ length }) => length)).toEqual([4, 4, 2])
      expect(epoch.flat().sort((a, b) => a - b)).toEqual([...Array(10).keys()])
    }
    expect(second).not.toEqual(first)
  })

  it('resumes from any position with the same indices', () => {
    fc.assert(
      fc.property(
        ...[fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.nat({ max: 30 })],
        (count, batchSize, taken) => {
          const rng = createRng(3)
          const uninterrupted = createSampler('epochs', { count, batchSize, rng })
          take(uninterrupted, taken)
          // A checkpoint stores the position as JSON.
          const saved = JSON.parse(JSON.stringify({ rng: rng.state, epoch: uninterrupted.position() }))
          const resumed = createSampler(
            'epochs',
            { count, batchSize, rng: createRng(saved.rng) },
            saved.epoch as EpochPosition | undefined,
          )
          expect(take(resumed, 30)).toEqual(take(uninterrupted, 30))
        },
      ),
    )
  })
})

describe('the replacement sampler', () => {
  it('needs only the state of the generator to resume', () => {
    const rng = createRng(3)
    const uninterrupted = createSampler('replacement', { count: 10, batchSize: 4, rng })
    take(uninterrupted, 5)
    expect(uninterrupted.position()).toBeUndefined()
    const resumed = createSampler('replacement', { count: 10, batchSize: 4, rng: createRng(rng.state) })
    expect(take(resumed, 5)).toEqual(take(uninterrupted, 5))
  })
})
