import { describe, expect, it } from 'vitest'
import { createCurve, createLossAverager } from './curve.ts'

describe('createCurve', () => {
  it('keeps the points that were added, in order', () => {
    const curve = createCurve(4)
    expect(curve.points()).toEqual([])
    for (const x of [1, 2, 3]) curve.add(x, 10 * x)
    expect(curve.points()).toEqual([
      [1, 10],
      [2, 20],
      [3, 30],
    ])
  })

  it('joins neighbours when it is full, and includes the point that is still incomplete', () => {
    const curve = createCurve(4)
    for (const x of [1, 2, 3, 4, 5]) curve.add(x, 10 * x)
    expect(curve.points()).toEqual([
      [1.5, 15],
      [3.5, 35],
      [5, 50],
    ])
  })

  it('stays within its size and covers the whole run, however long', () => {
    const curve = createCurve(16)
    for (let x = 0; x <= 100_000; x++) curve.add(x, x)
    const points = curve.points()
    expect(points.length).toBeLessThanOrEqual(16)
    expect(points.length).toBeGreaterThan(7)
    for (const [x, y] of points) expect(y).toBeCloseTo(x, 6)
    expect(points.map(([x]) => x)).toEqual(points.map(([x]) => x).sort((a, b) => a - b))
  })
})

describe('createLossAverager', () => {
  it('places each mean at the middle of its steps', () => {
    const averager = createLossAverager(2)
    for (const [i, loss] of [4, 2, 1, 3, 9].entries()) averager.add(i + 1, loss)
    expect(averager.take(false)).toEqual([
      [1.5, 3],
      [3.5, 2],
    ])
    expect(averager.take(false)).toEqual([])
    expect(averager.take(true)).toEqual([[5, 9]])
    expect(averager.take(true)).toEqual([])
  })
})
