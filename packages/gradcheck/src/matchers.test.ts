import { scale, type Tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { assertGradcheck } from './assert.ts'
import { matchers as ofJest } from './jest.ts'
import { ClassLoss, Dense, normal, SmallNet } from './layers.testing.ts'
import { matchers } from './vitest.ts'

expect.extend(matchers)

const x = normal([4, 3])
const t = Uint8Array.of(0, 2, 1, 0)

class Doubled extends Dense {
  override backward(dout: Tensor): Tensor {
    return scale(super.backward(dout), 2)
  }
}

describe('toPassGradcheck', () => {
  it('passes right layers, losses and networks, and functions that make them', () => {
    expect(new Dense(3, 4)).toPassGradcheck(x)
    expect(() => new Dense(3, 4)).toPassGradcheck(x, { independent: true })
    expect(new ClassLoss()).toPassGradcheck(x, t)
    expect(new ClassLoss()).toPassGradcheck(x, t, { method: 'central' })
    expect(new SmallNet(3, 5, 3)).toPassGradcheck(x, t)
    expect(new SmallNet(3, 5, 3)).toPassGradcheck(x, t, { mode: 'sampled' })
  })

  it('fails wrong ones, with the table and the cause', () => {
    expect(new Doubled(3, 4)).not.toPassGradcheck(x)
    expect(() => expect(new Doubled(3, 4)).toPassGradcheck(x)).toThrow(
      /expected the gradients of Doubled to be right\n\nDoubled: fail[\s\S]*twice too large/,
    )
    expect(() => expect(new Dense(3, 4)).not.toPassGradcheck(x)).toThrow(/to be wrong, but they are right/)
  })

  it('is the same for jest', () => {
    expect(ofJest.toPassGradcheck(new Dense(3, 4), x).pass).toBe(true)
    expect(ofJest.toPassGradcheck(new Doubled(3, 4), x).message()).toContain('twice too large')
  })
})

describe('assertGradcheck', () => {
  it('answers the report of right gradients', () => {
    expect(assertGradcheck(new Dense(3, 4), x).verdict).toBe('pass')
    expect(assertGradcheck(new SmallNet(3, 5, 3), x, t).entries.length).toBe(4)
  })

  it('throws for wrong ones, as an assertion does', () => {
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
