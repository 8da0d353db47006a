import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DataError, parseIdx } from './index.ts'

/** Returns an IDX file made by hand: type code, lengths of the axes, the bytes of the elements. */
const idxBytes = (code: number, shape: number[], elements: number[]): Uint8Array =>
  Uint8Array.from([
    0,
    0,
    code,
    shape.length,
    ...shape.flatMap((n) => [n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]),
    ...elements,
  ])

const thrownFor = (bytes: Uint8Array): DataError => {
  try {
    parseIdx(bytes, { file: 'some-file' })
  } catch (error) {
    if (error instanceof DataError) return error
    throw error
  }
  throw new Error('parseIdx accepted it')
}

describe('parseIdx', () => {
  it.each([
    [8, 'uint8', [0, 200], [0, 200]],
    [9, 'int8', [127, 255], [127, -1]],
    [11, 'int16', [1, 2, 255, 254], [258, -2]],
    [12, 'int32', [0, 1, 0, 2, 255, 255, 255, 255], [65538, -1]],
    [13, 'float32', [0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0], [1.5, -2]],
    [14, 'float64', [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0], [1.5, -2]],
  ])('reads elements of type %i, %s, from big-endian bytes', (code, dtype, bytes, values) => {
    const array = parseIdx(idxBytes(code, [2], bytes))
    expect(array.dtype).toBe(dtype)
    expect([...array.data]).toEqual(values)
  })

  it('reads up to 255 axes, and no elements if the length of one is 0', () => {
    expect(parseIdx(idxBytes(8, [2, 1, 3], [1, 2, 3, 4, 5, 6])).shape).toEqual([2, 1, 3])
    expect(parseIdx(idxBytes(11, [3, 0], [])).data).toEqual(new Int16Array(0))
    expect(parseIdx(idxBytes(8, Array(255).fill(1), [7])).shape).toHaveLength(255)
  })

  it('reads from the middle of a larger buffer', () => {
    const bytes = idxBytes(12, [1], [0, 0, 1, 0])
    const larger = new Uint8Array(bytes.length + 5)
    larger.set(bytes, 3)
    expect([...parseIdx(larger.subarray(3, 3 + bytes.length)).data]).toEqual([256])
  })

  it('throws a DataError with code, file and offset', () => {
    const error = thrownFor(idxBytes(8, [2, 2], [1, 2, 3]))
    expect(error).toMatchObject({ name: 'DataError', code: 'truncated', file: 'some-file', offset: 15 })
    expect(error.message).toBe(
      'some-file: shape (2, 2) of uint8 takes 16 bytes with the header, but the file has 15: get the file again (at byte 15)',
    )
  })

  it.each([
    ['bytes after the last element', idxBytes(8, [2], [1, 2, 3]), 'trailing', 10],
    ['a first byte that is not 0', Uint8Array.of(1, 0, 8, 1, 0, 0, 0, 0), 'format', 0],
    ['a second byte that is not 0', Uint8Array.of(0, 9), 'format', 1],
    ['a type that does not exist', idxBytes(10, [1], [1]), 'format', 2],
    ['a rank of 0', idxBytes(8, [], []), 'format', 3],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), 'format', 0],
    ['no bytes at all', new Uint8Array(0), 'truncated', 0],
    ['a truncated header', idxBytes(8, [1, 1], []).subarray(0, 11), 'truncated', 11],
    ['sizes beyond any file', idxBytes(8, Array(9).fill(0xffffffff), []), 'format', 4],
    [
      'sizes that overflow although one is 0',
      idxBytes(8, [...Array(40).fill(0xffffffff), 0], []),
      'format',
      4,
    ],
  ])('throws for %s', (_what, bytes, code, offset) => {
    expect(thrownFor(bytes)).toMatchObject({ code, offset })
  })

  it('accepts a file of exactly the right length, and none a byte shorter or longer', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }), (shape) => {
        const size = shape.reduce((a, b) => a * b, 1)
        const bytes = idxBytes(8, shape, Array(size).fill(1))
        expect(parseIdx(bytes)).toMatchObject({ shape, data: new Uint8Array(size).fill(1) })
        expect(() => parseIdx(bytes.subarray(0, -1))).toThrow(DataError)
        expect(() => parseIdx(Uint8Array.of(...bytes, 0))).toThrow(DataError)
      }),
    )
  })

  it('throws a TypeError for anything but a Uint8Array', () => {
    expect(() => parseIdx(new ArrayBuffer(8) as never)).toThrow(TypeError)
  })
})
