import { describe, expect, it } from 'vitest'
import { takeRows, tensor, zeros } from '../index.ts'

const x = tensor([
  [1, 2],
  [3, 4],
  [5, 6],
])

describe('takeRows', () => {
  it('gathers rows in the order given, repeats included', () => {
    expect(takeRows(x, [2, 0, 2]).toArray()).toEqual([
      [5, 6],
      [1, 2],
      [5, 6],
    ])
  })

  it('takes typed arrays of indices and writes into out', () => {
    const out = zeros([1, 2])
    expect(takeRows(x, new Int32Array([1]), { out })).toBe(out)
    expect(out.toArray()).toEqual([[3, 4]])
  })

  it('throws for an index outside and for a scalar', () => {
    expect(() => takeRows(x, [0, 3])).toThrow('index 3 at position 1 lies outside of the 3 rows')
    expect(() => takeRows(tensor(1), [0])).toThrow(RangeError)
  })
})
