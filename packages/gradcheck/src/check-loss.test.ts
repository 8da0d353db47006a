import { scale, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLoss } from './index.ts'
import { CrossEntropy, MeanSquare, normal } from './layers.testing.ts'

describe('checkLoss', () => {
  const x = normal([4, 3])
  const t = Uint8Array.of(0, 2, 1, 0)

  it('passes a right loss, with one entry, that of x', () => {
    for (const [loss, target] of [
      [new CrossEntropy(), t],
      [new MeanSquare(), normal([4, 3], 8)],
    ] as const) {
      const report = checkLoss(loss, x, target)
      expect([report.verdict, report.findings, report.notes]).toEqual(['pass', [], []])
      expect(report.entries.map(({ name, shape }) => [name, shape])).toEqual([['x', [4, 3]]])
    }
  })

  it('fails a loss that ignores dout, as that of the book does', () => {
    class IgnoringDout extends CrossEntropy {
      override backward(): Tensor {
        return super.backward(1)
      }
    }
    const report = checkLoss(new IgnoringDout(), x, t)
    expect(report.verdict).toBe('fail')
    expect(report.findings.map(({ name }) => name)).toContain('dout-ignored')
  })

  it('fails a loss with an epsilon in forward that backward does not have', () => {
    class WithEpsilon extends CrossEntropy {
      override forward(given: Tensor, labels: ArrayLike<number>): number {
        super.forward(given, labels)
        const rows = this.y as number[][]
        return -rows.reduce((sum, row, n) => sum + Math.log(row[labels[n]] + 1e-7), 0) / rows.length
      }
    }
    const [entry] = checkLoss(new WithEpsilon(), x, t).entries
    expect([entry.verdict, entry.wrong]).toEqual(['fail', 12])
    // If the network is nearly certain of a wrong class, almost nothing is left of the gradient.
    const certain = checkLoss(new WithEpsilon(), tensor([[0, 20]]), Uint8Array.of(0))
    expect(certain.entries[0].maxRelativeError).toBeGreaterThan(0.9)
  })

  it('names a missing mean as the cause', () => {
    class Sum extends CrossEntropy {
      override backward(dout = 1): Tensor {
        return scale(super.backward(dout), 4)
      }
    }
    const [{ cause }] = checkLoss(new Sum(), x, t).entries
    expect(cause).toBe('the gradient is 4 times too large, and 4 is the number of samples: is a 1/N missing?')
  })

  it('finds a loss that writes into the labels', () => {
    class WritingIntoLabels extends CrossEntropy {
      override forward(given: Tensor, labels: Uint8Array): number {
        const loss = super.forward(given, labels)
        labels[1] = 0
        return loss
      }
    }
    const labels = t.slice()
    const { findings } = checkLoss(new WritingIntoLabels(), x, labels)
    expect(findings.find(({ name }) => name === 'constant-mutated')?.message).toBe(
      'forward wrote into an argument: t (1) was 2 and is 0',
    )
  })

  it('checks backward before forward on a new loss, if it can make one', () => {
    expect(checkLoss(() => new CrossEntropy(), x, t).verdict).toBe('pass')
    class WithoutGuard extends CrossEntropy {
      override backward(dout = 1): Tensor {
        return this.y ? super.backward(dout) : x
      }
    }
    expect(checkLoss(() => new WithoutGuard(), x, t).findings.map(({ name }) => name)).toEqual([
      'backward-before-forward',
    ])
  })

  it('checks in float64 even if x is float32', () => {
    const report = checkLoss(new MeanSquare(), x.astype('float32'), normal([4, 3], 8).astype('float32'))
    expect([report.verdict, report.dtype]).toEqual(['pass', 'float64'])
  })

  it('throws for a loss without methods', () => {
    expect(() => checkLoss({ forward: () => 1 } as never, x, t)).toThrow(/methods forward and backward/)
  })
})
