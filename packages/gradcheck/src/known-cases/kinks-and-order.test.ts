import { describe, expect, it } from 'vitest'
import { checkGradient } from '../check-gradient.ts'
import { checkJacobian } from '../check-jacobian.ts'

/** Functions with kinks, ties and an order of entries, at points where other checkers are wrong. */

const order = (x: readonly number[]): number[] => x.map((_, i) => i).sort((a, b) => x[a] - x[b])
const sort = (x: number[]): number[] => order(x).map((i) => x[i])
const sortVjp = (x: number[], dout: number[]): number[] => {
  const dx = [...x]
  for (const [k, i] of order(x).entries()) dx[i] = dout[k]
  return dx
}
/** Numbers that are closer to each other than any usual step. */
const close = Array.from({ length: 24 }, (_, i) => 1 + ((i * 7) % 24) * 1e-9)

describe('sorting numbers that are close together (pytorch 57166)', () => {
  it('passes, and fails for another permutation in every mode', () => {
    expect(checkJacobian(sort, { vjp: sortVjp }, close).verdict).toBe('pass')
    for (const mode of ['full', 'sampled', 'projected'] as const) {
      expect(
        checkJacobian(sort, { vjp: (_, dout: number[]) => dout }, [3, 1, 2, 5, 4], { mode }).verdict,
      ).toBe('fail')
    }
  })
})

describe('scaling rows to a largest norm (pytorch 59584)', () => {
  const norm = (row: number[]): number => Math.hypot(...row)
  const renorm = (x: number[][]): number[][] =>
    x.map((row) => row.map((value) => value / Math.max(1, norm(row))))
  const withoutProjection = (x: number[][], dout: number[][]): number[][] =>
    dout.map((row, n) => row.map((value) => value / Math.max(1, norm(x[n]))))
  const x = Array.from({ length: 6 }, (_, n) => [Math.sin(n + 1), Math.cos(n), n / 3, 0.2])

  it.each(['full', 'sampled', 'projected'] as const)(
    'fails without the projection, also in mode %s',
    (mode) => {
      expect(checkJacobian(renorm, { vjp: withoutProjection }, x, { mode }).verdict).toBe('fail')
    },
  )
})

describe('kinks', () => {
  it('of ReLU at 0, next to it and at denormal numbers pass (pytorch 114234)', () => {
    const relu = (x: number[]): number[] => x.map((value) => Math.max(0, value))
    for (const atZero of [0, 0.5, 1]) {
      const vjp = (x: number[], dout: number[]): number[] =>
        x.map((value, i) => dout[i] * (value > 0 ? 1 : value < 0 ? 0 : atZero))
      expect(checkJacobian(relu, { vjp }, [0, 5e-324, -5e-324, 1e-310, 1e-12, 2]).verdict).toBe('pass')
    }
  })

  it('of ties of a maximum pass for every split that sums to 1 (pytorch 114219)', () => {
    const max = (x: number[]): number => Math.max(...x)
    const gradient =
      (split: number[]) =>
      (x: number[]): number[] => {
        const winners = x.map((value) => Number(value === max(x)))
        const count = winners.reduce((sum, one) => sum + one, 0)
        return count === split.length ? [...split, 0] : winners.map((one) => one / count)
      }
    const splits = [
      [1, 0, 0],
      [0, 0, 1],
      [0.25, 0.5, 0.25],
    ]
    for (const split of splits) expect(checkGradient(max, gradient(split), [8, 8, 8, 1]).verdict).toBe('pass')
    expect(checkGradient(max, gradient([0.5, 0.3, 0]), [8, 8, 8, 1]).verdict).toBe('fail')
  })

  it('very close to the point do not blur its derivative (FiniteDifferences.jl 53)', () => {
    const maximum = (x: number[]): number => Math.max(x[0], x[1])
    const gradient = (x: number[]): number[] => (x[0] > x[1] ? [1, 0] : [0, 1])
    expect(checkGradient(maximum, gradient, [1e-6, 0]).verdict).toBe('pass')
    expect(checkGradient(maximum, (x) => (x[0] > x[1] ? [2, 0] : [0, 1]), [1e-6, 0]).verdict).toBe('fail')
  })
})
