import { createRng } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { holds } from './estimate.ts'
import type { Line } from './line.ts'
import { measuredNoise } from './measured-noise.ts'
import { slopesOf } from './slopes.ts'

/** The line of a function around a point, moved exactly. */
function line(f: (x: number) => number, x = 0): Line {
  let moved = 0
  return {
    at(t) {
      moved = x + t - x
      return f(x + t)
    },
    get moved() {
      return moved
    },
    noise: 0,
    latestNoise: 0,
  }
}

const relu = (x: number): number => Math.max(0, x)

describe('slopesOf', () => {
  it('of a smooth function are one, with an error that it keeps to', () => {
    const { both, kinked } = slopesOf(line(Math.sin, 0.7), 2 ** -6, 44)
    expect(both).toBeDefined()
    expect(Math.abs((both?.value ?? 0) - Math.cos(0.7))).toBeLessThanOrEqual(both?.error ?? 0)
    expect(both?.error).toBeLessThan(1e-9)
    expect(kinked).toBe(false)
  })

  it('of ReLU at 0 are 0 from the left and 1 from the right, and not one', () => {
    const { left, right, both, kinked } = slopesOf(line(relu), 2 ** -6, 44)
    expect([left.value, right.value]).toEqual([0, 1])
    expect(both).toBeUndefined()
    expect(kinked).toBe(true)
  })

  it('of ReLU near 0 are those of its side, however near', () => {
    for (const distance of [1e-3, 1e-6, 1e-9, 1e-12]) {
      for (const [x, slope] of [
        [distance, 1],
        [-distance, 0],
      ]) {
        const { both, closer } = slopesOf(line(relu, x), 2 ** -6, 44)
        const known = both ? [both, ...closer] : closer
        expect(known.some((one) => holds(one, slope) && one.error < 1e-3)).toBe(true)
      }
    }
  })

  it('of |x| are −1 and 1, and of a jump they are no number to be relied on', () => {
    const { left, right } = slopesOf(line(Math.abs), 2 ** -6, 44)
    expect([left.value, right.value]).toEqual([-1, 1])
    const jump = slopesOf(
      line((x) => (x > 0 ? 1 : 0)),
      2 ** -6,
      44,
    )
    expect(jump.right.error).toBeGreaterThan(1)
  })

  it('see one side alone where the other is not defined', () => {
    const { both } = slopesOf(
      line((x) => Math.sqrt(x) ** 3),
      2 ** -6,
      44,
    )
    expect(Math.abs(both?.value ?? 1)).toBeLessThan(1e-3)
  })
})

describe('measuredNoise', () => {
  it('finds how much values scatter, whatever the function does', () => {
    for (const scatter of [1e-12, 1e-9]) {
      const rng = createRng(5)
      const noisy = line((x) => Math.exp(x) + scatter * rng.normal())
      const found = measuredNoise(noisy, 1e-4)
      expect(found).toBeGreaterThan(scatter / 5)
      expect(found).toBeLessThan(scatter * 5)
    }
  })

  it('finds next to none in an exact function', () => {
    expect(
      measuredNoise(
        line((x) => 3 * x),
        2 ** -20,
      ),
    ).toBe(0)
  })
})
