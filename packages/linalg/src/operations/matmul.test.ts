import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRng, matmul, randomNormal, type Tensor, tensor, transpose, zeros } from '../index.ts'

/** The definition, three nested loops with each sum in float64. */
function reference(a: Tensor, b: Tensor): number[][] {
  const [m, k] = a.shape
  const n = b.shape[1]
  return Array.from({ length: m }, (_, i) =>
    Array.from({ length: n }, (_, j) => {
      let total = 0
      for (let l = 0; l < k; l++) total += a.at(i, l) * b.at(l, j)
      return a.dtype === 'float32' ? Math.fround(total) : total
    }),
  )
}

describe('matmul', () => {
  it('multiplies (2, 3) by (3, 2)', () => {
    const a = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ])
    const b = tensor([
      [7, 8],
      [9, 10],
      [11, 12],
    ])
    expect(matmul(a, b).toArray()).toEqual([
      [58, 64],
      [139, 154],
    ])
  })

  it('agrees with three nested loops for any size, dtype and transpose', () => {
    const length = fc.integer({ min: 0, max: 40 })
    fc.assert(
      fc.property(
        length,
        length,
        length,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (m, k, n, ta, tb, single) => {
          const rng = createRng(m + 41 * k + 1681 * n)
          const dtype = single ? 'float32' : 'float64'
          const a = randomNormal([m, k], { rng, dtype })
          const b = randomNormal([k, n], { rng, dtype })
          const got = matmul(ta ? transpose(a) : a, tb ? transpose(b) : b, { transposeA: ta, transposeB: tb })
          const expected = reference(a, b).flat()
          expect(got.shape).toEqual([m, n])
          const bound = (dtype === 'float32' ? 2 ** -23 : 2 ** -52) * (k + 1)
          expected.forEach((value, i) => {
            expect(Math.abs(got.data[i] - value)).toBeLessThanOrEqual(bound * (10 + Math.abs(value) * 10))
          })
        },
      ),
    )
  })

  it('computes more rows than the reference packs at once', () => {
    const rng = createRng(1)
    const a = randomNormal([601, 5], { rng })
    const b = randomNormal([5, 3], { rng })
    const last = reference(a.rows(600, 601), b)[0]
    matmul(a, b)
      .row(600)
      .data.forEach((value, j) => {
        expect(value).toBeCloseTo(last[j], 12)
      })
  })

  it('multiplies zeros by NaN and infinities', () => {
    const zero = tensor([[0, 0]])
    expect(matmul(zero, tensor([[Infinity], [1]])).at(0, 0)).toBeNaN()
    expect(matmul(tensor([[Number.NaN, 0]]), tensor([[0], [1]])).at(0, 0)).toBeNaN()
  })

  it('writes into out', () => {
    const out = zeros([1, 1])
    expect(matmul(tensor([[2]]), tensor([[3]]), { out })).toBe(out)
    expect(out.at(0, 0)).toBe(6)
  })

  it('throws with both shapes if they do not fit, transposes included', () => {
    const a = zeros([2, 3])
    expect(() => matmul(a, a)).toThrow(
      'matmul: shapes (2, 3) and (2, 3) do not fit: the inner lengths must be equal, and 3 meets 2',
    )
    expect(() => matmul(a, zeros([3, 4]), { transposeA: true })).toThrow(/\(2, 3\) transposed and \(3, 4\)/)
    expect(() => matmul(zeros([3]), a)).toThrow(/must be matrices/)
  })

  it('throws for mixed dtypes, and for an out that is an operand', () => {
    const a = zeros([2, 2])
    expect(() => matmul(a, zeros([2, 2], { dtype: 'float32' }))).toThrow(TypeError)
    expect(() => matmul(a, a, { out: a })).toThrow(/must not share/)
  })
})
