import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { DataError, parseNpy, parseNpz } from '../index.ts'

/** A `.npy` file by hand, its header as NumPy writes it. */
function npy(
  descr: string,
  shape: string,
  elements: ArrayLike<number>,
  { fortran = 'False', version = 1 } = {},
) {
  const text = `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`
  const length =
    version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0]
  return Uint8Array.from([
    0x93,
    ...Buffer.from('NUMPY'),
    version,
    0,
    ...length,
    ...Buffer.from(text),
    ...Array.from(elements),
  ])
}

const bytesOf = (array: Float32Array | Float64Array | BigInt64Array) => new Uint8Array(array.buffer)

const caught = (bytes: Uint8Array): DataError => {
  try {
    parseNpy(bytes, { file: 'x.npy' })
  } catch (error) {
    if (error instanceof DataError) return error
    throw error
  }
  throw new Error('parseNpy accepted it')
}

/** A ZIP archive of entries, stored or deflated; `size` is what its directory says. */
function zip(
  files: {
    name: string
    bytes: Uint8Array
    deflate?: boolean
    size?: number
    flags?: number
    method?: number
    crc?: number
    at?: number
  }[],
  count = files.length,
) {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const {
    name,
    bytes,
    deflate = false,
    size = bytes.length,
    flags = 0,
    method = deflate ? 8 : 0,
    crc = crc32(bytes),
    at = offset,
  } of files) {
    const content = deflate ? deflateRawSync(bytes) : Buffer.from(bytes)
    const local = Buffer.alloc(30 + name.length)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    local.write(name, 30)
    const entry = Buffer.alloc(46 + name.length)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(crc, 16)
    entry.writeUInt32LE(content.length, 20)
    entry.writeUInt32LE(size, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    entry.write(name, 46)
    parts.push(local, content)
    directory.push(entry)
    offset += local.length + content.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...parts, ...directory, end]))
}

describe('parseNpy', () => {
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
    ["'<f4'", 'float32', bytesOf(Float32Array.of(1.5, -2)), [1.5, -2]],
    ['"<f8"', 'float64', bytesOf(Float64Array.of(0.1, -2)), [0.1, -2]],
  ])('reads %s', (descr, dtype, bytes, values) => {
    const array = parseNpy(npy(descr, '(2,)', bytes))
    expect([array.dtype, array.shape, [...array.data]]).toEqual([dtype, [2], values])
  })

  it('turns Fortran order into rows', () => {
    const array = parseNpy(npy("'|u1'", '(2, 3)', [1, 4, 2, 5, 3, 6], { fortran: 'True' }))
    expect([...array.data]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('reads scalars, empty arrays and version 2', () => {
    expect(parseNpy(npy("'|u1'", '()', [9])).shape).toEqual([])
    expect(parseNpy(npy("'<f8'", '(0, 4)', [])).data).toEqual(new Float64Array(0))
    expect([...parseNpy(npy("'|u1'", '(1,)', [3], { version: 2 })).data]).toEqual([3])
  })

  it.each([
    [
      'object arrays, which hold pickles',
      npy("'|O'", '(1,)', [0x80, 3]),
      'format',
      /Python objects, which are not read/,
    ],
    ['records', npy("[('a', '<f4')]", '(1,)', [0, 0, 0, 0]), 'format', /records, not numbers/],
    ['complex numbers', npy("'<c8'", '(1,)', Array(8).fill(0)), 'format', /type c8 are not read/],
    ['a type that is none', npy("'?'", '(1,)', [0]), 'format', /are not known/],
    [
      'a shape that is an expression',
      npy("'|u1'", '(2**70,)', [0]),
      'format',
      /does not say order and shape/,
    ],
    [
      'sizes far beyond the file',
      npy("'<f8'", '(4000000000, 4000000000)', [0]),
      'truncated',
      /takes 128000000000000000/,
    ],
    ['a byte too many', npy("'|u1'", '(1,)', [0, 0]), 'trailing', /but the file has/],
    [
      'integers beyond 32 bits',
      npy("'<i8'", '(1,)', bytesOf(BigInt64Array.of(2n ** 40n))),
      'value',
      /1099511627776 does not fit/,
    ],
    ['another version', npy("'|u1'", '(1,)', [0], { version: 9 }), 'format', /version 9/],
    ['another file', Uint8Array.of(1, 2, 3), 'format', /does not begin with/],
    ['a header cut off', npy("'|u1'", '(1,)', [0]).subarray(0, 30), 'truncated', /within its header/],
    ['a file of ten bytes', npy("'|u1'", '(1,)', [0]).subarray(0, 10), 'truncated', /within its header/],
    [
      'an endless header',
      Uint8Array.of(0x93, ...Buffer.from('NUMPY'), 2, 0, 0, 0, 0, 255, 0),
      'format',
      /longer than allowed/,
    ],
  ])('refuses %s', (_what, bytes, code, message) => {
    const error = caught(bytes)
    expect(error).toMatchObject({ code, file: 'x.npy' })
    expect(error.message).toMatch(message)
  })
})

describe('parseNpz', () => {
  const a = npy("'|u1'", '(2,)', [1, 2])
  const b = npy("'<f8'", '(500,)', new Uint8Array(4000))

  it('reads the arrays of an archive by name, stored or compressed', async () => {
    const arrays = await parseNpz(
      zip([
        { name: 'a.npy', bytes: a },
        { name: 'b.npy', bytes: b, deflate: true },
      ]),
    )
    expect(Object.keys(arrays)).toEqual(['a', 'b'])
    expect([...arrays.a.data]).toEqual([1, 2])
    expect(arrays.b.shape).toEqual([500])
  })

  it.each([
    ['what is no archive', a, 'format', /not a \.npz file, or cut off/],
    ['another file in it', zip([{ name: '../evil.sh', bytes: a }]), 'format', /evil\.sh: is not an array/],
    [
      'more than the directory says',
      zip([{ name: 'b.npy', bytes: b, deflate: true, size: 100 }]),
      'size',
      /more than the 100 bytes/,
    ],
    [
      'more than is allowed',
      zip([{ name: 'b.npy', bytes: b, size: 5000 }]),
      'size',
      /has 5000 bytes, more than the 4500/,
    ],
    ['an encrypted archive', zip([{ name: 'a.npy', bytes: a, flags: 1 }]), 'format', /encrypted/],
    ['another compression', zip([{ name: 'a.npy', bytes: a, method: 12 }]), 'format', /method 12/],
    [
      'broken compression',
      zip([{ name: 'a.npy', bytes: a, method: 8 }]),
      'corrupt',
      /cannot be decompressed|but the archive says/,
    ],
    [
      'an entry that is not there',
      zip([{ name: 'a.npy', bytes: a }]).map((byte, i) => (i < 4 ? 0 : byte)),
      'corrupt',
      /is not where/,
    ],
    ['another checksum', zip([{ name: 'a.npy', bytes: a, crc: 1 }]), 'corrupt', /its checksum is not/],
    [
      'a size that is not stored',
      zip([{ name: 'a.npy', bytes: a, size: 9 }]),
      'corrupt',
      /but the archive says 9/,
    ],
    [
      'two arrays of one name',
      zip([
        { name: 'a.npy', bytes: a },
        { name: 'a.npy', bytes: b },
      ]),
      'format',
      /a\.npy: its name is forbidden, or stands twice/,
    ],
    ['the name __proto__', zip([{ name: '__proto__.npy', bytes: a }]), 'format', /its name is forbidden/],
    [
      'two arrays that share bytes',
      zip([
        { name: 'a.npy', bytes: a },
        { name: 'b.npy', bytes: a, at: 0 },
      ]),
      'format',
      /b\.npy begins within the one before/,
    ],
    [
      'a directory that lists more than it says',
      zip(
        [
          { name: 'a.npy', bytes: a },
          { name: 'b.npy', bytes: b },
        ],
        1,
      ),
      'format',
      /more or fewer files than it says/,
    ],
    [
      'an object array in it',
      zip([{ name: 'o.npy', bytes: npy("'|O'", '(1,)', [1]) }]),
      'format',
      /Python objects/,
    ],
  ])('refuses %s', async (_what, bytes, code, message) => {
    const error = await parseNpz(bytes, { file: 'x.npz', limit: 4500 }).catch((reason) => reason)
    expect(error).toMatchObject({ name: 'DataError', code })
    expect(error.message).toMatch(message)
  })
})
