import { Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLayer, type Report } from '../index.ts'
import { Elementwise, normal, relu } from '../layers.testing.ts'

/** The maximum of each row, whose gradient is shared among the largest entries by `share(rank, count)`. */
const rowMax = (share: (rank: number, count: number) => number) => {
  let kept: number[][] = []
  return {
    forward(x: Tensor) {
      kept = x.toArray() as number[][]
      return tensor(kept.map((row) => Math.max(...row)))
    },
    backward: (dout: Tensor) =>
      tensor(
        kept.map((row, n) => {
          const largest = Math.max(...row)
          const count = row.filter((one) => one === largest).length
          let rank = 0
          return row.map((one) => (one === largest ? dout.data[n] * share(rank++, count) : 0))
        }),
      ),
  }
}

const findings = ({ findings }: Report): string[] => findings.map(({ name }) => name)
const x = tensor([
  [1, 2, 2, 0],
  [3, 3, 3, -1],
  [0.5, -1, 2.5, 1.5],
])

describe('checkLayer at ties', () => {
  it('passes any shares that add up to 1', () => {
    const shares = [
      (rank: number) => (rank === 0 ? 1 : 0),
      (rank: number, count: number) => (rank === count - 1 ? 1 : 0),
      (_: number, count: number) => 1 / count,
      (rank: number, count: number) => (count === 1 ? 1 : rank === 0 ? 0.25 : 0.75 / (count - 1)),
    ]
    for (const share of shares) expect(String(checkLayer(rowMax(share), x))).toMatch(/: pass/)
  })

  it('fails shares that add up to more or less', () => {
    const shares = [
      () => 1,
      (_: number, count: number) => (count > 1 ? 0 : 1),
      (_: number, count: number) => (count > 1 ? 0.5 : 1),
    ]
    for (const share of shares) {
      const report = checkLayer(rowMax(share), x)
      expect(findings(report)).toContain('wrong-along-tie')
    }
    expect(
      checkLayer(
        rowMax(() => 1),
        x,
      ).findings[0].message,
    ).toMatch(/x \(1, 0\), x \(1, 1\), x \(1, 2\) are equal; moved together/)
  })

  it('finds wrong shares between two inputs', () => {
    const maximum = (both: number) => {
      let [a, b]: Tensor[] = []
      const masked = (dout: Tensor, mask: (i: number) => number) =>
        new Tensor(
          dout.data.map((d, i) => d * mask(i)),
          dout.shape,
        )
      return {
        forward(x: Tensor, y: Tensor) {
          ;[a, b] = [x, y]
          return new Tensor(
            x.data.map((one, i) => Math.max(one, y.data[i])),
            x.shape,
          )
        },
        backward: (dout: Tensor) => [
          masked(dout, (i) => (a.data[i] > b.data[i] ? 1 : a.data[i] === b.data[i] ? both : 0)),
          masked(dout, (i) => (b.data[i] > a.data[i] ? 1 : a.data[i] === b.data[i] ? both : 0)),
        ],
      }
    }
    const [left, right] = [normal([2, 3], 1), normal([2, 3], 2)]
    right.data[1] = left.data[1]
    expect(checkLayer(maximum(0.5), [left, right]).verdict).toBe('pass')
    expect(findings(checkLayer(maximum(1), [left, right]))).toEqual(['wrong-along-tie'])
    expect(findings(checkLayer(maximum(0), [left, right]))).toEqual(['wrong-along-tie'])
  })

  it('passes sorted rows with ties, and fails if both get the first dout', () => {
    const sort = (isWrong: boolean) => {
      let order: number[] = []
      return {
        forward(x: Tensor) {
          order = Array.from(x.data.keys()).sort((i, j) => x.data[i] - x.data[j])
          return new Tensor(
            Float64Array.from(order, (i) => x.data[i]),
            x.shape,
          )
        },
        backward(dout: Tensor) {
          const dx = new Float64Array(dout.size)
          for (const [k, i] of order.entries()) dx[i] = dout.data[isWrong && k === 2 ? 1 : k]
          return new Tensor(dx, dout.shape)
        },
      }
    }
    const tied = tensor([3, 1, 2, 2])
    expect(checkLayer(sort(false), tied).verdict).toBe('pass')
    expect(checkLayer(sort(true), tied).verdict).toBe('fail')
  })

  it('passes zeros at the kink of a ReLU, equal entries of a smooth function, and asks for other inputs where all are kinks', () => {
    expect(checkLayer(relu(), tensor([[0, 0, 1, 1, -2, -2]])).verdict).toBe('pass')
    const square = new Elementwise(
      (v) => v * v,
      (v) => 2 * v,
    )
    expect(checkLayer(square, tensor([[2, 2, 0, 0, -1]])).verdict).toBe('pass')
    const report = checkLayer(relu(), tensor([[0, 0, 0]]))
    expect(report.notes.join()).toMatch(/every entry of x lies at a kink, .*: check at other inputs/)
  })
})
