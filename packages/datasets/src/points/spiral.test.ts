import { createRng } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { spiral } from '../index.ts'
import { sinCos } from '../sin-cos.ts'

describe('spiral', () => {
  it('gives each class as many points, ordered by class', () => {
    const { points, labels } = spiral({ pointsPerClass: 4, classes: 3, seed: 1 })
    expect(points.shape).toEqual([12, 2])
    expect(points.dtype).toBe('float32')
    expect([...labels]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
  })

  it('follows the formula of the book: radius i/n, angle 4j + 4r', () => {
    const { points } = spiral({ pointsPerClass: 10, noise: 0, dtype: 'float64' })
    const [j, r] = [2, 0.7]
    expect(points.at(27, 0)).toBeCloseTo(r * Math.sin(4 * j + 4 * r), 14)
    expect(points.at(27, 1)).toBeCloseTo(r * Math.cos(4 * j + 4 * r), 14)
  })

  it('gives the same points for the same seed or generator, others for another', () => {
    const drawn = spiral({ seed: 5 }).points.data
    expect(spiral({ rng: createRng(5) }).points.data).toEqual(drawn)
    expect(spiral({ seed: 6 }).points.data).not.toEqual(drawn)
  })

  it.each([
    { classes: 0 },
    { classes: 257 },
    { pointsPerClass: 0.5 },
    { noise: -1 },
    { seed: 1, rng: createRng(1) },
  ])('refuses %o', (options) => {
    expect(() => spiral(options)).toThrow(RangeError)
  })
})

describe('sinCos', () => {
  it('agrees with Math.sin and Math.cos to 1e-15 over many turns', () => {
    for (let theta = -40; theta < 40; theta += 0.0371) {
      const [sin, cos] = sinCos(theta)
      expect(Math.abs(sin - Math.sin(theta))).toBeLessThan(5e-15)
      expect(Math.abs(cos - Math.cos(theta))).toBeLessThan(5e-15)
    }
  })
})
