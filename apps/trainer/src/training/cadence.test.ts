import { describe, expect, it } from 'vitest'
import { createCadence } from './cadence.ts'

describe('checkpoints are due', () => {
  it('after so many steps, or those of an epoch', () => {
    for (const [every, steps] of [
      [3, 3],
      [0, 7],
    ]) {
      const { due, next } = createCadence(every, 7)
      expect([1, steps - 1, steps, 2 * steps].map(due)).toEqual([false, false, true, true])
      expect([0, steps - 1, steps].map(next)).toEqual([steps, steps, 2 * steps])
    }
  })

  it('after so many seconds since the last one', () => {
    let time = 5000
    const cadence = createCadence('1.5s', 7, () => time)
    expect(cadence.next(3)).toBe(Infinity)
    time += 1499
    expect(cadence.due(7)).toBe(false)
    time += 1
    expect(cadence.due(7)).toBe(true)
    cadence.written()
    expect(cadence.due(8)).toBe(false)
  })
})
