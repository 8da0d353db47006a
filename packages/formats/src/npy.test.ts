import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { decodeNpy, encodeNpy, FormatError, NpyError } from './index.ts'
import { npyFile } from './npy.testing.ts'

const bytesOf = (array: Float32Array | Float64Array | BigInt64Array) => new Uint8Array(array.buffer)

const thrownFor = (bytes: Uint8Array): NpyError => {
  try {
    decodeNpy(bytes, { file: 'x.npy' })
  } catch (error) {
    if (error instanceof NpyError) return error
    throw error
  }
  throw new Error('decodeNpy accepted it')
}

describe('encodeNpy', () => {
  it('writes version 1.0 as NEP 1 describes it (bytes computed by hand)', () => {
    const bytes = encodeNpy(tensor([[1, -2]], { dtype: 'float32' }))
    const text = new TextDecoder('latin1').decode(bytes)
    expect(text.slice(0, 8)).toBe('\x93NUMPY\x01\x00')
    expect([bytes[8], bytes[9]]).toEqual([118, 0])
    expect(text.slice(10, 128)).toBe(
      `${"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }".padEnd(117)}\n`,
    )
    expect([...bytes.subarray(128)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])
  })

  it('writes the shape of a vector as a Python tuple of one', () => {
    const text = new TextDecoder('latin1').decode(encodeNpy({ shape: [3], data: Uint8Array.of(1, 2, 3) }))
    expect(text).toContain("'shape': (3,), }")
  })

  it.each([
    [Uint8Array.of(200, 1)],
    [Int8Array.of(-1, 1)],
    [Uint16Array.of(65535, 513)],
    [Int16Array.of(-2, 258)],
    [Uint32Array.of(4294967295, 1)],
    [Int32Array.of(-1, 1)],
    [Float32Array.of(1.5, Number.NaN)],
    [Float64Array.of(0.1, -Infinity)],
  ])('round-trips %o', (data) => {
    const read = decodeNpy(encodeNpy({ shape: [2, 1], data }))
    expect(read.shape).toEqual([2, 1])
    expect(read.data).toEqual(data)
  })

  it('throws for a shape of another size and for anything but a typed array of numbers', () => {
    expect(() => encodeNpy({ shape: [3], data: Uint8Array.of(1) })).toThrow(
      'encodeNpy: 1 elements do not make the shape (3)',
    )
    expect(() => encodeNpy({ shape: [1], data: [1] as never })).toThrow(TypeError)
    expect(() => encodeNpy({ shape: [1], data: BigInt64Array.of(1n) as never })).toThrow(TypeError)
  })
})

describe('decodeNpy', () => {
  it.each([
    ["'|b1'", 'bool', [1, 0], [1, 0]],
    ["'|u1'", 'uint8', [200, 1], [200, 1]],
    ["'|i1'", 'int8', [255, 1], [-1, 1]],
    ["'<u2'", 'uint16', [1, 2, 255, 255], [513, 65535]],
    ["'>i2'", 'int16', [1, 2, 255, 254], [258, -2]],
    ["'<u4'", 'uint32', [1, 0, 0, 0, 255, 255, 255, 255], [1, 4294967295]],
    ["'<i4'", 'int32', [1, 0, 0, 0, 255, 255, 255, 255], [1, -1]],
    ["'<i8'", 'int64', bytesOf(BigInt64Array.of(7n, -9n)), [7, -9]],
    ["'<u8'", 'uint64', bytesOf(BigInt64Array.of(7n, 9n)), [7, 9]],
    ["'<f2'", 'float16', [0x00, 0x3c, 0xff, 0xfb], [1, -65504]],
    ["'>f2'", 'float16', [0x00, 0x01, 0x7c, 0x00], [2 ** -24, Infinity]],
    ["u'<f4'", 'float32', bytesOf(Float32Array.of(1.5, -2)), [1.5, -2]],
    ["'<f4'", 'float32', bytesOf(Float32Array.of(1.5, -2)), [1.5, -2]],
    ['"<f8"', 'float64', bytesOf(Float64Array.of(0.1, -2)), [0.1, -2]],
  ])('reads %s', (descr, dtype, bytes, values) => {
    const array = decodeNpy(npyFile(descr, '(2,)', bytes))
    expect([array.dtype, array.shape, [...array.data]]).toEqual([dtype, [2], values])
  })

  it('converts Fortran order to row-major', () => {
    const array = decodeNpy(npyFile("'|u1'", '(2, 3)', [1, 4, 2, 5, 3, 6], { fortran: 'True' }))
    expect([...array.data]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('reads float16 to float32', () => {
    expect(decodeNpy(npyFile("'<f2'", '(1,)', [0x55, 0x35])).data).toEqual(Float32Array.of(0.333251953125))
  })

  it.each([
    ['(2L, 3L)', [2, 3]],
    ['(6L,)', [6]],
    ['(2L,3)', [2, 3]],
    ['( 1L , 6L , )', [1, 6]],
  ])('reads the shape %s, as Python 2 writes it', (shape, lengths) => {
    const array = decodeNpy(npyFile("'|u1'", shape, [1, 2, 3, 4, 5, 6]))
    expect([array.shape, [...array.data]]).toEqual([lengths, [1, 2, 3, 4, 5, 6]])
  })

  it('reads scalars, empty arrays and version 2', () => {
    expect(decodeNpy(npyFile("'|u1'", '()', [9])).shape).toEqual([])
    expect(decodeNpy(npyFile("'<f8'", '(0, 4)', [])).data).toEqual(new Float64Array(0))
    expect([...decodeNpy(npyFile("'|u1'", '(1,)', [3], { version: 2 })).data]).toEqual([3])
  })

  it.each([
    [
      'object arrays, which hold pickles',
      npyFile("'|O'", '(1,)', [0x80, 3]),
      'format',
      /Python objects, which are not read/,
    ],
    ['records', npyFile("[('a', '<f4')]", '(1,)', [0, 0, 0, 0]), 'format', /records, not numbers/],
    ['complex numbers', npyFile("'<c8'", '(1,)', Array(8).fill(0)), 'format', /type c8 cannot be read/],
    ['an unknown type', npyFile("'?'", '(1,)', [0]), 'format', /are not known/],
    [
      'a shape that is an expression',
      npyFile("'|u1'", '(2**70,)', [0]),
      'format',
      /does not state order and shape/,
    ],
    ...['(L,)', '(2LL,)', '(2 3)', '(,)', '(1,,2)', '(L2,)'].map(
      (shape): [string, Uint8Array, string, RegExp] => [
        `the shape ${shape}`,
        npyFile("'|u1'", shape, [0, 0]),
        'format',
        /is not a tuple of lengths such as \(2, 3\)/,
      ],
    ),
    [
      'sizes far beyond the file',
      npyFile("'<f8'", '(4000000000, 4000000000)', [0]),
      'truncated',
      /takes 128000000000000000/,
    ],
    ['an extra byte', npyFile("'|u1'", '(1,)', [0, 0]), 'trailing', /but the file has/],
    [
      'integers beyond 32 bits',
      npyFile("'<i8'", '(1,)', bytesOf(BigInt64Array.of(2n ** 40n))),
      'value',
      /1099511627776 does not fit/,
    ],
    ['an unknown version', npyFile("'|u1'", '(1,)', [0], { version: 9 }), 'format', /version 9/],
    ['a file of another format', Uint8Array.of(1, 2, 3), 'format', /does not begin with/],
    ['a truncated header', npyFile("'|u1'", '(1,)', [0]).subarray(0, 30), 'truncated', /within its header/],
    ['a file of ten bytes', npyFile("'|u1'", '(1,)', [0]).subarray(0, 10), 'truncated', /within its header/],
    [
      'a header beyond the limit',
      Uint8Array.of(0x93, ...Buffer.from('NUMPY'), 2, 0, 0, 0, 0, 255, 0),
      'format',
      /longer than allowed/,
    ],
  ])('throws an NpyError for %s', (_what, bytes, code, message) => {
    const error = thrownFor(bytes)
    expect(error).toBeInstanceOf(FormatError)
    expect(error).toMatchObject({ code, file: 'x.npy', offset: expect.any(Number) })
    expect(error.message).toMatch(message)
  })
})
