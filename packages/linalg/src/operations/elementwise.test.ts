import { describe, expect, it } from 'vitest'
import {
  abs,
  exp,
  log,
  map,
  negate,
  relu,
  sigmoid,
  sqrt,
  square,
  type Tensor,
  tanh,
  tensor,
} from '../index.ts'

const of = (f: (x: Tensor) => Tensor, ...values: number[]) => [...f(tensor(values)).data]

describe('functions of one tensor', () => {
  it('apply element by element', () => {
    expect(of(exp, 0, 1)).toEqual([1, Math.E])
    expect(of(log, 1, 0, -1)).toEqual([0, -Infinity, Number.NaN])
    expect(of(sqrt, 4, 9)).toEqual([2, 3])
    expect(of(abs, -2, 3)).toEqual([2, 3])
    expect(of(negate, 2, -3)).toEqual([-2, 3])
    expect(of(square, 3, -4)).toEqual([9, 16])
    expect(of(tanh, 0, 1)).toEqual([0, Math.tanh(1)])
  })

  it('relu keeps NaN, so that it is seen where it arises', () => {
    expect(of(relu, -1, 0, 2, Number.NaN)).toEqual([0, 0, 2, Number.NaN])
  })

  it('sigmoid overflows at neither end and is symmetric', () => {
    expect(of(sigmoid, -1000, 0, 1000)).toEqual([0, 0.5, 1])
    const [low, high] = of(sigmoid, -3, 3)
    expect(low + high).toBeCloseTo(1, 15)
    expect(of(sigmoid, -700)[0]).toBeGreaterThan(0)
  })

  it('map takes a function of your own, with the position', () => {
    expect(map(tensor([1, 2]), (value, i) => value * 10 + i).toArray()).toEqual([10, 21])
  })

  it('write into out, which may be the operand, and leave it alone otherwise', () => {
    const x = tensor([-1, 2])
    relu(x)
    expect(x.toArray()).toEqual([-1, 2])
    expect(relu(x, { out: x })).toBe(x)
    expect(x.toArray()).toEqual([0, 2])
  })
})
