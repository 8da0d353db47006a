import { scale, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLoss } from './index.ts'
import { ClassLoss, normal, SquareLoss } from './layers.testing.ts'

describe('checkLoss', () => {
  const x = normal([4, 3])
  const t = Uint8Array.of(0, 2, 1, 0)

  it('passes a right loss, with one row, that of x', () => {
    for (const [loss, target] of [
      [new ClassLoss(), t],
      [new SquareLoss(), normal([4, 3], 8)],
    ] as const) {
      const report = checkLoss(loss, x, target)
      expect([report.verdict, report.findings, report.notes]).toEqual(['pass', [], []])
      expect(report.entries.map(({ name, shape }) => [name, shape])).toEqual([['x', [4, 3]]])
    }
  })

  it('demands that dout be honoured, which the book forgets', () => {
    class Deaf extends ClassLoss {
      override backward(): Tensor {
        return super.backward(1)
      }
    }
    const report = checkLoss(new Deaf(), x, t)
    expect(report.verdict).toBe('fail')
    expect(report.findings.map(({ name }) => name)).toContain('dout-ignored')
  })

  it('finds the epsilon that makes forward and backward two functions', () => {
    class Capped extends ClassLoss {
      override forward(given: Tensor, labels: ArrayLike<number>): number {
        super.forward(given, labels)
        const rows = this.y as number[][]
        return -rows.reduce((sum, row, n) => sum + Math.log(row[labels[n]] + 1e-7), 0) / rows.length
      }
    }
    const [entry] = checkLoss(new Capped(), x, t).entries
    expect([entry.verdict, entry.wrong]).toEqual(['fail', 12])
    // Where a wrong answer is nearly certain, nothing is left of the gradient.
    const certain = checkLoss(new Capped(), tensor([[0, 20]]), Uint8Array.of(0))
    expect(certain.entries[0].maxRelativeError).toBeGreaterThan(0.9)
  })

  it('finds a mean that is missing, and names it', () => {
    class Sum extends ClassLoss {
      override backward(dout = 1): Tensor {
        return scale(super.backward(dout), 4)
      }
    }
    const [{ cause }] = checkLoss(new Sum(), x, t).entries
    expect(cause).toBe('the gradient is 4 times too large, and 4 is the number of samples: is a 1/N missing?')
  })

  it('finds labels that are written into', () => {
    class Spoiling extends ClassLoss {
      override forward(given: Tensor, labels: Uint8Array): number {
        const loss = super.forward(given, labels)
        labels[1] = 0
        return loss
      }
    }
    const labels = t.slice()
    const { findings } = checkLoss(new Spoiling(), x, labels)
    expect(findings.find(({ name }) => name === 'constant-mutated')?.message).toBe(
      'forward wrote into what it was given: t (1) was 2 and is 0',
    )
  })

  it('asks a fresh loss for backward before forward, where it can make one', () => {
    expect(checkLoss(() => new ClassLoss(), x, t).verdict).toBe('pass')
    class Hasty extends ClassLoss {
      override backward(dout = 1): Tensor {
        return this.y ? super.backward(dout) : x
      }
    }
    expect(checkLoss(() => new Hasty(), x, t).findings.map(({ name }) => name)).toEqual([
      'backward-before-forward',
    ])
  })

  it('is checked in float64 also where x is float32', () => {
    const report = checkLoss(new SquareLoss(), x.astype('float32'), normal([4, 3], 8).astype('float32'))
    expect([report.verdict, report.dtype]).toEqual(['pass', 'float64'])
  })

  it('refuses what is no loss', () => {
    expect(() => checkLoss({ forward: () => 1 } as never, x, t)).toThrow(/methods forward and backward/)
  })
})
