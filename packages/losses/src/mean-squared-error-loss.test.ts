import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { MeanSquaredErrorLoss, meanSquaredError } from './index.ts'

describe('MeanSquaredErrorLoss', () => {
  const y = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ])
  const t = tensor([
    [1, 0, 6],
    [4, 4, 6],
  ])

  it('returns meanSquaredError from forward and 2·(y − t)/n from backward, by hand', () => {
    const loss = new MeanSquaredErrorLoss()
    expect(loss.forward(y, t)).toBe(meanSquaredError(y, t))
    expect(loss.backward().toArray()).toEqual([
      [0, 4 / 6, -1],
      [0, 2 / 6, 0],
    ])
  })

  it('multiplies the gradient by dout', () => {
    const loss = new MeanSquaredErrorLoss()
    loss.forward(y, t)
    expect(loss.backward(-3).at(0, 2)).toBe(3)
    expect(loss.backward(0).data.every((value) => value === 0)).toBe(true)
  })

  it('returns from backward the gradient of the latest forward, in a new tensor each time', () => {
    const loss = new MeanSquaredErrorLoss()
    loss.forward(y, t)
    const first = loss.backward()
    const kept = first.data.slice()
    expect(loss.forward(t, t)).toBe(0)
    expect(loss.backward().data.some((value) => value !== 0)).toBe(false)
    expect(first.data).toEqual(kept)
  })

  it('throws for backward before forward, different shapes and mixed dtypes', () => {
    const loss = new MeanSquaredErrorLoss()
    expect(() => loss.backward()).toThrow('MeanSquaredErrorLoss: backward called before forward')
    expect(() => loss.forward(y, t.row(0))).toThrow(
      'MeanSquaredErrorLoss: shapes of y (2, 3) and t (3) must be equal',
    )
    expect(() => loss.forward(y, t.astype('float32'))).toThrow(/astype/)
    expect(() => loss.forward([1] as never, t)).toThrow(
      'MeanSquaredErrorLoss: y must be a tensor, not an array: tensor(…) converts arrays',
    )
    loss.forward(y, t)
    expect(() => loss.backward('1' as never)).toThrow('dout must be a number, as the loss is, not "1"')
  })

  it('does not change y and t', () => {
    const before = [y.data.slice(), t.data.slice()]
    const loss = new MeanSquaredErrorLoss()
    loss.forward(y, t)
    loss.backward(5)
    expect([y.data, t.data]).toEqual(before)
  })
})
