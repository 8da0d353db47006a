import { compress, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '../index.ts'
import { FLOATS, hex } from './bytes.testing.ts'

describe('encodeSafetensors', () => {
  it('writes, by hand, the length of the header, the header padded to 8, and the elements', () => {
    const header = '{"W":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}'
    expect(header.length).toBe(57)
    const expected = `4000000000000000${hex(new TextEncoder().encode(header.padEnd(64)))}${FLOATS}`
    const W = tensor([1, -2, 0.5, 0], { shape: [2, 2], dtype: 'float32' })
    expect(hex(encodeSafetensors({ W }))).toBe(expected)
  })

  it('writes metadata first, and the tensors in the order given, one behind the other', () => {
    const bytes = encodeSafetensors(
      { z: tensor([1]), a: tensor(2, { dtype: 'float32' }) },
      { made: 'by hand' },
    )
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true))
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
      __metadata__: { made: 'by hand' },
      z: { dtype: 'F64', shape: [1], data_offsets: [0, 8] },
      a: { dtype: 'F32', shape: [], data_offsets: [8, 12] },
    })
    expect(length % 8).toBe(0)
    expect(bytes.length).toBe(8 + length + 12)
  })

  it('writes the elements of a view alone, and of a compressed matrix all', () => {
    const x = tensor([
      [1, 0],
      [0, 0],
      [0, 4],
    ])
    const { tensors } = decodeSafetensors(encodeSafetensors({ rows: x.rows(1, 3), all: compress(x) }))
    expect(tensors.rows.toArray()).toEqual([
      [0, 0],
      [0, 4],
    ])
    expect(tensors.all.toArray()).toEqual(x.toArray())
  })

  it('refuses names that could not be read back', () => {
    const one = tensor([1])
    expect(() => encodeSafetensors({ __metadata__: one })).toThrow('a tensor cannot be called __metadata__')
    expect(() => encodeSafetensors(Object.fromEntries([['__proto__', one]]))).toThrow(RangeError)
    expect(() => encodeSafetensors({ one }, Object.fromEntries([['__proto__', 'x']]))).toThrow(
      'metadata cannot have the key __proto__',
    )
  })
})
