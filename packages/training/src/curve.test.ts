import { describe, expect, it } from 'vitest'
import { createCurve } from './curve.ts'

describe('a curve', () => {
  it('has the points that were added, in their order', () => {
    const curve = createCurve(4)
    expect(curve.points()).toEqual([])
    for (const x of [1, 2, 3]) curve.add(x, 10 * x)
    expect(curve.points()).toEqual([
      [1, 10],
      [2, 20],
      [3, 30],
    ])
  })

  it('joins neighbours where there are too many, and shows at once what is still to be joined', () => {
    const curve = createCurve(4)
    for (const x of [1, 2, 3, 4, 5]) curve.add(x, 10 * x)
    expect(curve.points()).toEqual([
      [1.5, 15],
      [3.5, 35],
      [5, 50],
    ])
  })

  it('stays small and spans the whole run, however long that is', () => {
    const curve = createCurve(16)
    for (let x = 0; x <= 100_000; x++) curve.add(x, x)
    const points = curve.points()
    expect(points.length).toBeLessThanOrEqual(16)
    expect(points.length).toBeGreaterThan(7)
    for (const [x, y] of points) expect(y).toBeCloseTo(x, 6)
    expect(points.map(([x]) => x)).toEqual(points.map(([x]) => x).sort((a, b) => a - b))
  })
})
