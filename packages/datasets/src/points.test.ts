import { createRng } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { circles, moons, spiral, xor } from './index.ts'
import { sinCos } from './sin-cos.ts'

describe('moons, circles and xor', () => {
  it('return the points of scikit-learn, without noise', () => {
    const { x, t } = moons({ pointsPerClass: 3, noise: 0, dtype: 'float64' })
    const expected = [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, 0.5],
      [1, -0.5],
      [2, 0.5],
    ]
    expected.flat().forEach((value, i) => {
      expect(x.data[i]).toBeCloseTo(value, 14)
    })
    expect([...t]).toEqual([0, 0, 0, 1, 1, 1])
    const rings = circles({ pointsPerClass: 4, noise: 0, factor: 0.25, dtype: 'float64' }).x
    expect(Math.hypot(rings.at(1, 0), rings.at(1, 1))).toBeCloseTo(1, 14)
    expect(Math.hypot(rings.at(6, 0), rings.at(6, 1))).toBeCloseTo(0.25, 14)
  })

  it('xor returns class 0 if both coordinates have the same sign', () => {
    const { x, t } = xor({ pointsPerClass: 50, seed: 2 })
    for (let i = 0; i < 100; i++) expect(x.at(i, 0) * x.at(i, 1) > 0).toBe(t[i] === 0)
  })

  it('return the same points for the same seed, and throw for invalid options', () => {
    expect(moons({ seed: 1 }).x.data).toEqual(moons({ seed: 1 }).x.data)
    expect(moons({ seed: 1 }).x.data).not.toEqual(moons({ seed: 2 }).x.data)
    expect(() => circles({ noise: -1 })).toThrow('circles: noise')
    expect(() => xor({ pointsPerClass: 0 })).toThrow('xor: pointsPerClass')
  })
})

describe('spiral', () => {
  it('returns equally many points per class, ordered by class', () => {
    const { x, t } = spiral({ pointsPerClass: 4, classes: 3, seed: 1 })
    expect(x.shape).toEqual([12, 2])
    expect(x.dtype).toBe('float32')
    expect([...t]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
  })

  it('follows the book: radius i/n, angle 4j + 4r', () => {
    const { x } = spiral({ pointsPerClass: 10, noise: 0, dtype: 'float64' })
    const [j, r] = [2, 0.7]
    expect(x.at(27, 0)).toBeCloseTo(r * Math.sin(4 * j + 4 * r), 14)
    expect(x.at(27, 1)).toBeCloseTo(r * Math.cos(4 * j + 4 * r), 14)
  })

  it('returns the same points for the same seed or generator, others for another seed', () => {
    const drawn = spiral({ seed: 5 }).x.data
    expect(spiral({ rng: createRng(5) }).x.data).toEqual(drawn)
    expect(spiral({ seed: 6 }).x.data).not.toEqual(drawn)
  })

  it.each([
    { classes: 0 },
    { classes: 257 },
    { pointsPerClass: 0.5 },
    { noise: -1 },
    { seed: 1, rng: createRng(1) },
  ])('throws for %o', (options) => {
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
