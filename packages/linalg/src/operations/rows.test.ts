import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allClose,
  axpy,
  concat,
  createRng,
  dot,
  norm,
  randomNormal,
  takeRows,
  tensor,
  transpose,
  zeros,
} from '../index.ts'

const x = tensor([
  [1, 2],
  [3, 4],
  [5, 6],
])

describe('takeRows', () => {
  it('gathers a mini-batch, in the order given, repeats included', () => {
    expect(takeRows(x, [2, 0, 2]).toArray()).toEqual([
      [5, 6],
      [1, 2],
      [5, 6],
    ])
    const out = zeros([1, 2])
    expect(takeRows(x, new Int32Array([1]), { out })).toBe(out)
  })

  it('refuses an index outside and a scalar', () => {
    expect(() => takeRows(x, [0, 3])).toThrow('index 3 at position 1 lies outside of the 3 rows')
    expect(() => takeRows(tensor(1), [0])).toThrow(RangeError)
  })
})

describe('concat', () => {
  it('joins along any axis', () => {
    expect(concat([x, x.rows(0, 1)]).shape).toEqual([4, 2])
    expect(
      concat(
        [
          tensor([[1], [2]]),
          tensor([
            [3, 4],
            [5, 6],
          ]),
        ],
        { axis: 1 },
      ).toArray(),
    ).toEqual([
      [1, 3, 4],
      [2, 5, 6],
    ])
  })

  it('refuses nothing, other lengths and mixed dtypes', () => {
    expect(() => concat([])).toThrow(/at least one/)
    expect(() => concat([x, zeros([1, 3])])).toThrow('shapes (3, 2) and (1, 3) must be equal but for axis 0')
    expect(() => concat([x, x.astype('float32')])).toThrow(TypeError)
  })
})

describe('transpose', () => {
  it('reverses the axes, or orders them as asked', () => {
    expect(transpose(x).toArray()).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ])
    expect(transpose(x.reshape([3, 1, 2]), [1, 2, 0]).shape).toEqual([1, 2, 3])
    expect(() => transpose(x, [0, 0])).toThrow(/must name each axis/)
    expect(transpose(zeros([0, 2])).shape).toEqual([2, 0])
  })

  it('undoes itself', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(6), fc.nat(6), (a, b, c) => {
        const y = randomNormal([a, b, c], { rng: createRng(1) })
        expect(transpose(transpose(y))).toEqual(y)
      }),
    )
  })
})

describe('axpy, dot, norm, allClose', () => {
  it('axpy adds a multiple in place', () => {
    const y = tensor([1, 1])
    axpy(-0.5, tensor([2, 4]), y)
    expect(y.toArray()).toEqual([0, -1])
    expect(() => axpy(1, x, y)).toThrow('axpy: shapes (3, 2) and (2) must be equal')
  })

  it('dot and norm', () => {
    expect(dot(tensor([1, 2]), tensor([3, 4]))).toBe(11)
    expect(norm(tensor([3, 4]))).toBe(5)
    expect(norm(tensor([3e200, 4e200])) / 5e200).toBeCloseTo(1, 15)
    expect(norm(tensor([3e-200, 4e-200])) / 5e-200).toBeCloseTo(1, 15)
    expect([norm(zeros([2])), norm(tensor([Infinity, 1]))]).toEqual([0, Infinity])
    expect(norm(tensor([Number.NaN, 1]))).toBeNaN()
    expect(() => dot(x, x.astype('float32'))).toThrow(TypeError)
  })

  it('allClose follows NumPy: NaN is close to nothing, an infinity to itself only', () => {
    expect(allClose(tensor([1, Infinity]), tensor([1 + 1e-9, Infinity]))).toBe(true)
    expect(allClose(tensor([1]), tensor([1.1]))).toBe(false)
    expect(allClose(tensor([1]), tensor([Infinity]))).toBe(false)
    expect(allClose(tensor([Number.NaN]), tensor([Number.NaN]))).toBe(false)
    expect(allClose(tensor([1]), tensor([1.1]), { rtol: 0.2 })).toBe(true)
    expect(() => allClose(tensor([1]), tensor([1, 2]))).toThrow(RangeError)
  })
})
