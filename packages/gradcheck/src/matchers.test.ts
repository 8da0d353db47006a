import { scale, type Tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { assertGradcheck } from './assert.ts'
import { CrossEntropy, Dense, normal, SmallNet } from './layers.testing.ts'
import { matchers } from './matchers.ts'

expect.extend(matchers)

const x = normal([4, 3])
const t = Uint8Array.of(0, 2, 1, 0)

class Doubled extends Dense {
  override backward(dout: Tensor): Tensor {
    return scale(super.backward(dout), 2)
  }
}

describe('toPassGradcheck', () => {
  it('passes right layers, losses and networks, and functions that make layers', () => {
    expect(new Dense(3, 4)).toPassGradcheck(x)
    expect(() => new Dense(3, 4)).toPassGradcheck(x, { independent: true })
    expect(new CrossEntropy()).toPassGradcheck(x, t)
    expect(new CrossEntropy()).toPassGradcheck(x, t, { method: 'central' })
    expect(new SmallNet(3, 5, 3)).toPassGradcheck(x, t)
    expect(new SmallNet(3, 5, 3)).toPassGradcheck(x, t, { mode: 'sampled' })
  })

  it('fails wrong layers, with the table and the cause in the message', () => {
    expect(new Doubled(3, 4)).not.toPassGradcheck(x)
    expect(() => expect(new Doubled(3, 4)).toPassGradcheck(x)).toThrow(
      /expected the gradients of Doubled to be right\n\nDoubled: fail[\s\S]*twice too large/,
    )
    expect(() => expect(new Dense(3, 4)).not.toPassGradcheck(x)).toThrow(/to be wrong, but they are right/)
  })

  it('returns what vitest and jest expect of a matcher', () => {
    expect(matchers.toPassGradcheck(new Dense(3, 4), x).pass).toBe(true)
    expect(matchers.toPassGradcheck(new Doubled(3, 4), x).message()).toContain('twice too large')
  })
})

describe('toHaveGradient', () => {
  const f = (x: number[]): number => x[0] ** 2 * x[1]
  const gradient = (x: number[]): number[] => [2 * x[0] * x[1], x[0] ** 2]

  it('takes the gradient as a function, or its value at x', () => {
    expect(f).toHaveGradient(gradient, [3, 2])
    expect(f).toHaveGradient([12, 9], [3, 2])
    expect(f).not.toHaveGradient([12, 8], [3, 2])
    expect(() => expect(f).toHaveGradient((x: number[]) => [x[0], x[0]], [3, 2])).toThrow(
      /expected the gradients of f to be right\n\nf: fail/,
    )
  })

  it('is awaited for asynchronous functions', async () => {
    await expect(async (x: number[]) => f(x)).toHaveGradient(gradient, [3, 2])
    await expect(async (x: number[]) => f(x)).not.toHaveGradient([12, 8], [3, 2])
  })
})

describe('assertGradcheck', () => {
  it('returns the report if the gradients are right', () => {
    expect(assertGradcheck(new Dense(3, 4), x).verdict).toBe('pass')
    expect(assertGradcheck(new SmallNet(3, 5, 3), x, t).entries.length).toBe(4)
  })

  it('throws an assertion error if they are wrong', () => {
    let thrown: unknown
    try {
      assertGradcheck(new Doubled(3, 4), x)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({
      name: 'AssertionError',
      code: 'ERR_ASSERTION',
      report: { verdict: 'fail' },
    })
    expect(String(thrown)).toContain('twice too large')
  })
})
