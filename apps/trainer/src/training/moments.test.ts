import { describe, expect, it } from 'vitest'
import { momentsOf } from './moments.ts'

/** After which steps of a run it is evaluated, found as training finds them. */
function moments(
  config: { batchSize: number; iterations: number; book?: boolean },
  images: number,
): number[] {
  const { at, next } = momentsOf(config, images)
  const found: number[] = []
  for (let i = 0; i < config.iterations; ) {
    i = Math.min(config.iterations, next(i))
    if (at(i)) found.push(i)
  }
  return found
}

describe('the moments of a run', () => {
  it('are the ends of whole epochs', () => {
    expect(moments({ batchSize: 8, iterations: 12 }, 30)).toEqual([4, 8, 12])
    expect(momentsOf({ batchSize: 8, iterations: 12 }, 30).epochs(6)).toBe(1.5)
  })

  it("are, in the book's loop, the first step and the first of each epoch", () => {
    // for i in range(10000): … if i % 600.0 == 0
    const book = moments({ batchSize: 100, iterations: 10_000, book: true }, 60_000)
    expect(book).toEqual(Array.from({ length: 17 }, (_, epoch) => 600 * epoch + 1))
    expect(momentsOf({ batchSize: 100, iterations: 10_000, book: true }, 60_000).epochs(601)).toBe(1)
  })

  it('come, in the loop, each 1875 steps for batches of 128, whose epochs are 468.75 steps', () => {
    expect(moments({ batchSize: 128, iterations: 6000, book: true }, 60_000)).toEqual([1, 1876, 3751, 5626])
  })

  it('come, in the loop, after each step where a batch is larger than the set', () => {
    expect(moments({ batchSize: 50, iterations: 4, book: true }, 30)).toEqual([1, 2, 3, 4])
  })
})
