import { describe, expect, it } from 'vitest'
import { circles, moons, xor } from '../index.ts'

describe('moons, circles and xor', () => {
  it('lie where scikit-learn puts them, without noise', () => {
    const { points, labels } = moons({ pointsPerClass: 3, noise: 0, dtype: 'float64' })
    const expected = [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, 0.5],
      [1, -0.5],
      [2, 0.5],
    ]
    expected.flat().forEach((value, i) => {
      expect(points.data[i]).toBeCloseTo(value, 14)
    })
    expect([...labels]).toEqual([0, 0, 0, 1, 1, 1])
    const rings = circles({ pointsPerClass: 4, noise: 0, factor: 0.25, dtype: 'float64' }).points
    expect(Math.hypot(rings.at(1, 0), rings.at(1, 1))).toBeCloseTo(1, 14)
    expect(Math.hypot(rings.at(6, 0), rings.at(6, 1))).toBeCloseTo(0.25, 14)
  })

  it('xor has class 0 where both signs are equal', () => {
    const { points, labels } = xor({ pointsPerClass: 50, seed: 2 })
    for (let i = 0; i < 100; i++) expect(points.at(i, 0) * points.at(i, 1) > 0).toBe(labels[i] === 0)
  })

  it('are the same for the same seed, and refuse what cannot be', () => {
    expect(moons({ seed: 1 }).points.data).toEqual(moons({ seed: 1 }).points.data)
    expect(moons({ seed: 1 }).points.data).not.toEqual(moons({ seed: 2 }).points.data)
    expect(() => circles({ noise: -1 })).toThrow('circles: noise')
    expect(() => xor({ pointsPerClass: 0 })).toThrow('xor: pointsPerClass')
  })
})
