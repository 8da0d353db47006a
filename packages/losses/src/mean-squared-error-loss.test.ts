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

  it('gives meanSquaredError forwards and 2·(y − t)/n backwards, by hand', () => {
    const loss = new MeanSquaredErrorLoss()
    expect(loss.forward(y, t)).toBe(meanSquaredError(y, t))
    expect(loss.backward().toArray()).toEqual([
      [0, 4 / 6, -1],
      [0, 2 / 6, 0],
    ])
  })

  it('multiplies dout in', () => {
    const loss = new MeanSquaredErrorLoss()
    loss.forward(y, t)
    expect(loss.backward(-3).at(0, 2)).toBe(3)
    expect(loss.backward(0).data.every((value) => value === 0)).toBe(true)
  })

  it('answers for the latest forward, in a tensor of its own each time', () => {
    const loss = new MeanSquaredErrorLoss()
    loss.forward(y, t)
    const first = loss.backward()
    const kept = first.data.slice()
    expect(loss.forward(t, t)).toBe(0)
    expect(loss.backward().data.some((value) => value !== 0)).toBe(false)
    expect(first.data).toEqual(kept)
  })

  it('refuses backward before forward, other shapes and mixed dtypes', () => {
    const loss = new MeanSquaredErrorLoss()
    expect(() => loss.backward()).toThrow('MeanSquaredErrorLoss: backward called before forward')
    expect(() => loss.forward(y, t.row(0))).toThrow(
      'meanSquaredError: shapes of y (2, 3) and t (3) must be equal',
    )
    expect(() => loss.forward(y, t.astype('float32'))).toThrow(/astype/)
  })

  it('leaves y and t as they were', () => {
    const before = [y.data.slice(), t.data.slice()]
    const loss = new MeanSquaredErrorLoss()
    loss.forward(y, t)
    loss.backward(5)
    expect([y.data, t.data]).toEqual(before)
  })
})
