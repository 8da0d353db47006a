import { createRng } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSampler, type EpochPosition } from './sampler.ts'

const take = (sampler: { next(): Int32Array }, n: number) =>
  Array.from({ length: n }, () => [...sampler.next()])

describe('batches of shuffled epochs', () => {
  it('hold each image once an epoch, in another order in the next', () => {
    const sampler = createSampler('epochs', { count: 10, batchSize: 4, rng: createRng(0) })
    const [first, second] = [take(sampler, 3), take(sampler, 3)]
    for (const epoch of [first, second]) {
      expect(epoch.map(({ length }) => length)).toEqual([4, 4, 2])
      expect(epoch.flat().sort((a, b) => a - b)).toEqual([...Array(10).keys()])
    }
    expect(second).not.toEqual(first)
  })

  it('go on from wherever they were left, to the index', () => {
    fc.assert(
      fc.property(
        ...[fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.nat({ max: 30 })],
        (count, batchSize, taken) => {
          const rng = createRng(3)
          const whole = createSampler('epochs', { count, batchSize, rng })
          take(whole, taken)
          // As a checkpoint has them: as JSON.
          const saved = JSON.parse(JSON.stringify({ rng: rng.state, epoch: whole.position() }))
          const goesOn = createSampler(
            'epochs',
            { count, batchSize, rng: createRng(saved.rng) },
            saved.epoch as EpochPosition | undefined,
          )
          expect(take(goesOn, 30)).toEqual(take(whole, 30))
        },
      ),
    )
  })
})

describe('batches drawn with replacement', () => {
  it('need the generator alone to go on', () => {
    const rng = createRng(3)
    const whole = createSampler('replacement', { count: 10, batchSize: 4, rng })
    take(whole, 5)
    expect(whole.position()).toBeUndefined()
    const goesOn = createSampler('replacement', { count: 10, batchSize: 4, rng: createRng(rng.state) })
    expect(take(goesOn, 5)).toEqual(take(whole, 5))
  })
})
