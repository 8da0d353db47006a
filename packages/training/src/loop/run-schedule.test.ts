import { describe, expect, it } from 'vitest'
import { createCheckpointSchedule, createEvaluationSchedule } from './run-schedule.ts'

/** The iterations at which a run is evaluated, found in the way that the training loop finds them. */
function evaluations(
  config: { batchSize: number; iterations: number; book?: boolean },
  images: number,
): number[] {
  const { isDue, next } = createEvaluationSchedule(config, images)
  const found: number[] = []
  for (let i = 0; i < config.iterations; ) {
    i = Math.min(config.iterations, next(i))
    if (isDue(i)) found.push(i)
  }
  return found
}

describe('createEvaluationSchedule', () => {
  it('evaluates at the end of each epoch', () => {
    expect(evaluations({ batchSize: 8, iterations: 12 }, 30)).toEqual([4, 8, 12])
    expect(createEvaluationSchedule({ batchSize: 8, iterations: 12 }, 30).epochs(6)).toBe(1.5)
  })

  it("evaluates in book mode after the first step of each epoch, as the book's loop does", () => {
    // for i in range(10000): … if i % 600.0 == 0
    const book = evaluations({ batchSize: 100, iterations: 10_000, book: true }, 60_000)
    expect(book).toEqual(Array.from({ length: 17 }, (_, epoch) => 600 * epoch + 1))
    expect(
      createEvaluationSchedule({ batchSize: 100, iterations: 10_000, book: true }, 60_000).epochs(601),
    ).toBe(1)
  })

  it('evaluates in book mode every 1875 steps for batches of 128, whose epochs are 468.75 steps', () => {
    expect(evaluations({ batchSize: 128, iterations: 6000, book: true }, 60_000)).toEqual([
      1, 1876, 3751, 5626,
    ])
  })

  it('evaluates in book mode after each step if a batch is larger than the set', () => {
    expect(evaluations({ batchSize: 50, iterations: 4, book: true }, 30)).toEqual([1, 2, 3, 4])
  })
})

describe('createCheckpointSchedule', () => {
  it('is due every n steps, or every epoch for 0', () => {
    for (const [every, steps] of [
      [3, 3],
      [0, 7],
    ]) {
      const { isDue, next } = createCheckpointSchedule(every, 7)
      expect([1, steps - 1, steps, 2 * steps].map(isDue)).toEqual([false, false, true, true])
      expect([0, steps - 1, steps].map(next)).toEqual([steps, steps, 2 * steps])
    }
  })

  it('is due n seconds after the last checkpoint', () => {
    let time = 5000
    const schedule = createCheckpointSchedule('1.5s', 7, () => time)
    expect(schedule.next(3)).toBe(Infinity)
    time += 1499
    expect(schedule.isDue(7)).toBe(false)
    time += 1
    expect(schedule.isDue(7)).toBe(true)
    schedule.markWritten()
    expect(schedule.isDue(8)).toBe(false)
  })
})
