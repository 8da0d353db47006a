import { describe, expect, it } from 'vitest'
import { contains } from './estimate.ts'
import { type PerturbedFunction, perturbNumber } from './finite-differences.ts'
import { oneSidedDerivatives } from './one-sided.ts'

const at = (f: (x: number) => number, x = 0): PerturbedFunction => perturbNumber(f, x)

const relu = (x: number): number => Math.max(0, x)

describe('oneSidedDerivatives', () => {
  it('agree with each other and with the derivative of a smooth function, within their error', () => {
    const { twoSided, hasKinkInReach } = oneSidedDerivatives(at(Math.sin, 0.7), 2 ** -6, 44)
    expect(twoSided).toBeDefined()
    expect(Math.abs((twoSided?.value ?? 0) - Math.cos(0.7))).toBeLessThanOrEqual(twoSided?.error ?? 0)
    expect(twoSided?.error).toBeLessThan(1e-9)
    expect(hasKinkInReach).toBe(false)
  })

  it('are 0 from the left and 1 from the right for ReLU at 0, without a two-sided one', () => {
    const { left, right, twoSided, hasKinkInReach } = oneSidedDerivatives(at(relu), 2 ** -6, 44)
    expect([left.value, right.value]).toEqual([0, 1])
    expect(twoSided).toBeUndefined()
    expect(hasKinkInReach).toBe(true)
  })

  it('are those of the same side for ReLU near 0, at any distance', () => {
    for (const distance of [1e-3, 1e-6, 1e-9, 1e-12]) {
      for (const [x, derivative] of [
        [distance, 1],
        [-distance, 0],
      ]) {
        const { twoSided, besideKink } = oneSidedDerivatives(at(relu, x), 2 ** -6, 44)
        const estimates = twoSided ? [twoSided, ...besideKink] : besideKink
        expect(estimates.some((one) => contains(one, derivative) && one.error < 1e-3)).toBe(true)
      }
    }
  })

  it('are −1 and 1 for |x|, and those of the branches at a jump', () => {
    const { left, right } = oneSidedDerivatives(at(Math.abs), 2 ** -6, 44)
    expect([left.value, right.value]).toEqual([-1, 1])
    const jump = oneSidedDerivatives(
      at((x) => (x > 0 ? 1 : 0)),
      2 ** -6,
      44,
    )
    expect(jump.right.value).toBe(0)
    expect(jump.right.error).toBeLessThan(1e-9)
  })

  it('use one side alone if f is not defined on the other', () => {
    const { twoSided } = oneSidedDerivatives(
      at((x) => Math.sqrt(x) ** 3),
      2 ** -6,
      44,
    )
    expect(Math.abs(twoSided?.value ?? 1)).toBeLessThan(1e-3)
  })
})
