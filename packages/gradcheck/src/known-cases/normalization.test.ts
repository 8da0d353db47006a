import { describe, expect, it } from 'vitest'
import { checkGradient } from '../check-gradient.ts'
import { checkJacobian } from '../check-jacobian.ts'

/** Normalization and dropout, whose right gradients other checkers accuse, or whose check proves nothing. */

const EPSILON = 1e-5
const batch = (N: number, D: number): number[][] =>
  Array.from({ length: N }, (_, n) => Array.from({ length: D }, (_, d) => Math.sin(1.7 * n + 2.3 * d + 1)))
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const column = (x: readonly number[][], d: number): number[] => x.map((row) => row[d])

function normalize(x: number[][]): number[][] {
  const statistics = x[0].map((_, d) => {
    const average = mean(column(x, d))
    return {
      average,
      deviation: Math.sqrt(mean(column(x, d).map((value) => (value - average) ** 2)) + EPSILON),
    }
  })
  return x.map((row) => row.map((value, d) => (value - statistics[d].average) / statistics[d].deviation))
}

function normalizeVjp(x: number[][], dout: number[][]): number[][] {
  const y = normalize(x)
  return x.map((row, n) =>
    row.map((_, d) => {
      const average = mean(column(x, d))
      const deviation = Math.sqrt(mean(column(x, d).map((value) => (value - average) ** 2)) + EPSILON)
      const projection = mean(column(dout, d).map((value, m) => value * y[m][d]))
      return (dout[n][d] - mean(column(dout, d)) - y[n][d] * projection) / deviation
    }),
  )
}

describe('batch normalization', () => {
  it('passes', () =>
    expect(checkJacobian(normalize, { vjp: normalizeVjp }, batch(25, 5)).verdict).toBe('pass'))

  it('passes as the sum of its outputs, whose gradient is 0 but for rounding (torch/nn 744)', () => {
    const sum = (x: number[][]): number =>
      normalize(x)
        .flat()
        .reduce((total, value) => total + value, 0)
    const ones = (x: number[][]): number[][] => x.map((row) => row.map(() => 1))
    expect(checkGradient(sum, (x) => normalizeVjp(x, ones(x)), batch(25, 5)).verdict).not.toBe('fail')
    expect(checkGradient(sum, (x) => x.map((row) => row.map(() => 0.01)), batch(25, 5)).verdict).toBe('fail')
  })

  it('is inconclusive for one sample, which is always 0', () => {
    const { verdict, notes } = checkJacobian(normalize, { vjp: normalizeVjp }, batch(1, 4))
    expect(verdict).toBe('inconclusive')
    expect(notes.join()).toMatch(/several samples/)
  })

  it('fails if only the entries after the 20th are right (mlpack 2549)', () => {
    const vjp = (x: number[][], dout: number[][]): number[][] =>
      normalizeVjp(x, dout).map((row, n) => row.map((value, d) => (5 * n + d < 20 ? 1.2 * value : value)))
    expect(checkJacobian(normalize, { vjp }, batch(25, 5)).entries[0]).toMatchObject({ wrong: 20 })
  })

  it('passes though each pass moves running statistics that no output depends on (torch/nn 744)', () => {
    let running = 0
    const f = (x: number[][]): number[][] => {
      running = 0.9 * running + 0.1 * mean(x.flat())
      return normalize(x)
    }
    expect(checkJacobian(f, { vjp: normalizeVjp }, batch(6, 3)).verdict).toBe('pass')
  })
})

describe('dropout', () => {
  it('with a new mask in each pass is called not repeatable (pytorch 114333)', () => {
    let calls = 0
    const masked = (x: number[]): number[] =>
      x.map((value, i) => ((i * 7 + calls++) % 5 === 0 ? 0 : 1.25 * value))
    const { verdict, findings } = checkJacobian(masked, { vjp: (_, dout: number[]) => dout }, [1, 2, 3, 4])
    expect(verdict).toBe('fail')
    expect(findings.map(({ name }) => name)).toContain('not-repeatable')
  })
})
