import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { arange, eye, full, ones, Tensor, tensor, zeros } from '../index.ts'

describe('tensor', () => {
  it('takes nested arrays, and is float64 by default', () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect(x.shape).toEqual([2, 3])
    expect([x.dtype, x.size, x.rank]).toEqual(['float64', 6, 2])
    expect([...x.data]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('takes a number as a scalar of shape ()', () => {
    expect(tensor(3).shape).toEqual([])
    expect(tensor(3).toArray()).toBe(3)
  })

  it('keeps the dtype of a float array, converts integers to float64, and always copies', () => {
    const given = new Float32Array([1, 2])
    const x = tensor(given)
    given[0] = 9
    expect([x.dtype, x.at(0)]).toEqual(['float32', 1])
    expect(tensor(new Uint8Array([7, 8])).dtype).toBe('float64')
    expect(tensor(new Int32Array([6, 8]), { shape: [2, 1], dtype: 'float32' }).shape).toEqual([2, 1])
  })

  it('throws for ragged rows, different depths and elements that are not numbers', () => {
    expect(() => tensor([[1, 2], [3]])).toThrow(/differ in length/)
    expect(() => tensor([[1], 2])).toThrow(RangeError)
    expect(() => tensor([1, [2]])).toThrow(RangeError)
    expect(() => tensor([['1'] as unknown as number[]])).toThrow('must be numbers, not "1"')
  })

  it('throws for an unknown dtype, naming those that exist', () => {
    expect(() => zeros([2], { dtype: 'int32' as never })).toThrow(
      "zeros: dtype must be 'float32' or 'float64', not \"int32\"",
    )
  })
})

describe('Tensor', () => {
  const x = tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ])

  it('throws if data and shape differ in size, and for lengths that are not integers', () => {
    expect(() => new Tensor(new Float64Array(5), [2, 3])).toThrow(
      'shape (2, 3) holds 6 elements, but 5 were given',
    )
    expect(() => new Tensor(new Float64Array(1), [0.5, 2])).toThrow(/integers of at least 0/)
    expect(() => new Tensor([1] as never, [1])).toThrow(TypeError)
  })

  it('reshapes without copying, and infers one length given as −1', () => {
    const y = x.reshape([2, -1])
    expect(y.shape).toEqual([2, 3])
    expect(y.data).toBe(x.data)
    expect(() => x.reshape([4, -1])).toThrow('shape (3, 2) with 6 elements does not fit into (4, -1)')
    expect(() => x.reshape([7])).toThrow(RangeError)
  })

  it('has views of rows that share the elements', () => {
    const y = x.clone()
    y.row(1).data[0] = 30
    y.rows(1, 3).data[3] = 60
    expect(y.toArray()).toEqual([
      [1, 2],
      [30, 4],
      [5, 60],
    ])
    expect(y.row(1).shape).toEqual([2])
    expect(() => y.row(3)).toThrow(/outside of shape \(3, 2\)/)
    expect(() => y.rows(2, 1)).toThrow(RangeError)
    expect(() => tensor(1).rows(0, 1)).toThrow(RangeError)
  })

  it('copies in clone and astype', () => {
    const y = x.clone()
    y.data[0] = 9
    expect(x.at(0, 0)).toBe(1)
    expect(tensor([0.1]).astype('float32').at(0)).toBe(Math.fround(0.1))
    expect(x.astype('float64').data).not.toBe(x.data)
  })

  it('reads one element, counts negative indices from the end, and throws for an index outside', () => {
    expect([x.at(2, 1), x.at(-1, -2)]).toEqual([6, 5])
    expect(() => x.at(3, 0)).toThrow('index (3, 0) lies outside of shape (3, 2)')
    expect(() => x.at(0)).toThrow('1 indices given for shape (3, 2)')
  })

  it('has an immutable shape', () => {
    expect(() => (x.shape as number[]).push(1)).toThrow(TypeError)
  })

  it('shows itself in console.log, and keeps its numbers in JSON', () => {
    const x = tensor([[1, 0.5]], { dtype: 'float32' })
    expect(inspect(x)).toBe(String(x))
    expect(inspect({ x })).toBe('{ x: tensor (1, 2) float32 [[1, 0.5]] }')
    expect(JSON.stringify({ x })).toBe('{"x":[[1,0.5]]}')
    expect(Tensor.name).toBe('Tensor')
  })

  it('prints readably, abbreviating long axes', () => {
    expect(String(tensor([[1, 2.5]]))).toBe('tensor (1, 2) float64 [[1, 2.5]]')
    expect(String(arange(10))).toBe('tensor (10) float64 [0, 1, 2, …, 7, 8, 9]')
    expect(String(x)).toBe('tensor (3, 2) float64 [[1, 2],\n [3, 4],\n [5, 6]]')
  })
})

describe('full, ones, zeros, eye and arange', () => {
  it('create constant tensors, the identity and sequences', () => {
    expect(full([2], 7).toArray()).toEqual([7, 7])
    expect(ones([1, 2], { dtype: 'float32' }).dtype).toBe('float32')
    expect(zeros([0, 3]).size).toBe(0)
    expect(eye(2).toArray()).toEqual([
      [1, 0],
      [0, 1],
    ])
    expect(arange(3).toArray()).toEqual([0, 1, 2])
    expect(arange(1, 2, 0.25).toArray()).toEqual([1, 1.25, 1.5, 1.75])
    expect(arange(1, 1.3, 0.1).toArray()).toEqual([1, 1.1, 1.2])
    expect(arange(0.1, 0.4, 0.1).size).toBe(3)
    expect(arange(1.3, 1, -0.1).size).toBe(3)
    expect(arange(0, 1, 0.3).size).toBe(4)
    expect(arange(0, 1 + 1e-9, 0.1).size).toBe(11)
    expect(arange(3, 0, -1).toArray()).toEqual([3, 2, 1])
    expect(arange(3, 0).size).toBe(0)
    expect(() => arange(0, 1, 0)).toThrow(/never ends/)
    expect(() => full([-1], 0)).toThrow(RangeError)
  })
})

describe('toEqual', () => {
  it('compares tensors by shape, dtype and every element', () => {
    expect(tensor([1, 2])).toEqual(tensor([1, 2]))
    expect([tensor([1, 2])]).toEqual([tensor([1, 2])])
    expect(tensor([1, 2])).not.toEqual(tensor([1, 3]))
    expect({ W: tensor([1, 2]) }).not.toEqual({ W: tensor([[1, 2]]) })
    expect(tensor([1, 2])).not.toEqual(tensor([1, 2], { dtype: 'float32' }))
  })
})
