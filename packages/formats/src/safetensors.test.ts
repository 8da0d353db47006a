import { compress, tensor } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeSafetensors,
  encodeSafetensors,
  FormatError,
  littleEndianBytes,
  SafetensorsError,
} from './index.ts'
import { FLOATS, file, fromHex, hex } from './safetensors.testing.ts'

/** The header of one float32 tensor, with parts replaced. */
const entry = (parts: object = {}) =>
  JSON.stringify({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4], ...parts } })

/** The header of two tensors, the second of which begins within the first. */
const sharing = JSON.stringify({
  a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
  b: { dtype: 'F32', shape: [1], data_offsets: [4, 8] },
})

/** `{"a":…}` whose name is a byte that is not valid UTF-8. */
const notUtf8 = new TextEncoder().encode(entry({ shape: [0], data_offsets: [0, 0] })).fill(0xff, 2, 3)

function thrownFor(bytes: Uint8Array): SafetensorsError {
  try {
    decodeSafetensors(bytes)
  } catch (error) {
    if (error instanceof SafetensorsError) return error
    throw error
  }
  throw new Error('decodeSafetensors accepted the bytes')
}

describe('encodeSafetensors', () => {
  it('writes the length of the header, the header padded to 8, and the elements (bytes computed by hand)', () => {
    const header = '{"W":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}'
    expect(header.length).toBe(57)
    const expected = `4000000000000000${hex(new TextEncoder().encode(header.padEnd(64)))}${FLOATS}`
    const W = tensor([1, -2, 0.5, 0], { shape: [2, 2], dtype: 'float32' })
    expect(hex(encodeSafetensors({ W }))).toBe(expected)
  })

  it('writes metadata first, then the tensors in the given order, one after the other', () => {
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

  it('writes only the elements of a view, and all elements of a compressed matrix', () => {
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

  it('throws for names that could not be read back', () => {
    const one = tensor([1])
    expect(() => encodeSafetensors({ __metadata__: one })).toThrow('a tensor cannot be called __metadata__')
    expect(() => encodeSafetensors(Object.fromEntries([['__proto__', one]]))).toThrow(RangeError)
    expect(() => encodeSafetensors({ one }, Object.fromEntries([['__proto__', 'x']]))).toThrow(
      'metadata cannot have the key __proto__',
    )
    expect(() => encodeSafetensors({ one }, { long: 'x'.repeat(100_000_000) })).toThrow(
      /names and metadata take 1000000\d\d bytes; the format allows 100000000/,
    )
  })
})

describe('decodeSafetensors', () => {
  it('reads what the safetensors package for Python writes', () => {
    // pip install safetensors numpy   (safetensors 0.8.0)
    // python3 -c "import numpy as np; from safetensors.numpy import save; print(save({'W1': np.float32([[1, -2], [.5, 0]]),
    //   'b1': np.array([3., 4.])}, metadata={'format': 'gosa'}).hex())"
    const written =
      '98000000000000007b225f5f6d657461646174615f5f223a7b22666f726d6174223a22676f7361227d2c226231223a7b226474' +
      '797065223a22463634222c227368617065223a5b325d2c22646174615f6f666673657473223a5b302c31365d7d2c225731223a' +
      '7b226474797065223a22463332222c227368617065223a5b322c325d2c22646174615f6f666673657473223a5b31362c33325d' +
      `7d7d202020202000000000000008400000000000001040${FLOATS}`
    const { tensors, metadata } = decodeSafetensors(fromHex(written))
    expect(metadata).toEqual({ format: 'gosa' })
    expect(Object.keys(tensors)).toEqual(['b1', 'W1'])
    expect([tensors.W1.dtype, tensors.W1.toArray()]).toEqual([
      'float32',
      [
        [1, -2],
        [0.5, 0],
      ],
    ])
    expect([tensors.b1.dtype, tensors.b1.toArray()]).toEqual(['float64', [3, 4]])
  })

  it('returns what was encoded, to the bit: names, order, shapes, dtypes, elements, metadata', () => {
    const shape = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 })
    const values = fc.infiniteStream(fc.double())
    const entries = fc.uniqueArray(
      fc.tuple(fc.string({ unit: 'grapheme' }), shape, fc.constantFrom('float32', 'float64'), values),
      { selector: ([name]) => name, maxLength: 6 },
    )
    const metadata = fc.dictionary(fc.string(), fc.string(), { maxKeys: 4 })
    fc.assert(
      fc.property(entries, metadata, (entries, metadata) => {
        const names = [...entries.map(([name]) => name), ...Object.keys(metadata)]
        fc.pre(!names.some((name) => ['__metadata__', '__proto__'].includes(name)))
        const tensors = Object.fromEntries(
          entries.map(([name, shape, dtype, stream]) => {
            const size = shape.reduce((product, n) => product * n, 1)
            return [name, tensor([...stream.take(size)], { dtype }).reshape(shape)] as const
          }),
        )
        const got = decodeSafetensors(encodeSafetensors(tensors, metadata))
        expect({ ...got.metadata }).toEqual({ ...metadata })
        expect(Object.keys(got.tensors)).toEqual(Object.keys(tensors))
        for (const [name, { shape, dtype, data }] of Object.entries(tensors)) {
          expect(got.tensors[name].shape).toEqual(shape)
          expect(got.tensors[name].dtype).toBe(dtype)
          expect(hex(littleEndianBytes(got.tensors[name].data))).toBe(hex(littleEndianBytes(data)))
        }
      }),
    )
  })

  it('reads from the middle of a larger buffer at an odd offset, and copies the elements', () => {
    const bytes = encodeSafetensors({ a: tensor([1, 2]) })
    const larger = new Uint8Array(bytes.length + 3)
    larger.set(bytes, 3)
    const { a } = decodeSafetensors(larger.subarray(3)).tensors
    larger.fill(0)
    expect(a.toArray()).toEqual([1, 2])
  })

  it("reads Node's Buffer, whose slice is a view, and copies the elements too", () => {
    class LikeBuffer extends Uint8Array<ArrayBuffer> {
      override slice(start?: number, end?: number): Uint8Array<ArrayBuffer> {
        return this.subarray(start, end)
      }
    }
    const bytes = LikeBuffer.from(encodeSafetensors({ W: tensor([1, 2]) }))
    expect(bytes.slice().buffer).toBe(bytes.buffer)
    const { W } = decodeSafetensors(bytes).tensors
    bytes.fill(0)
    expect(W.toArray()).toEqual([1, 2])
  })

  it('reads files without tensors, and tensors without elements', () => {
    expect(decodeSafetensors(file('{}')).tensors).toEqual({})
    const { a } = decodeSafetensors(file(entry({ shape: [0, 5], data_offsets: [0, 0] }))).tensors
    expect(a.shape).toEqual([0, 5])
  })

  it('reads tensors whose header lists them in another order than their elements', () => {
    const described = {
      c: { dtype: 'F32', shape: [1], data_offsets: [4, 8] },
      a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
      none: { dtype: 'F32', shape: [0], data_offsets: [0, 0] },
    }
    const { tensors } = decodeSafetensors(file(JSON.stringify(described), [0, 0, 128, 63, 0, 0, 0, 64]))
    expect([tensors.a.toArray(), tensors.c.toArray(), tensors.none.size]).toEqual([[1], [2], 0])
  })

  it('reads 20 MB of metadata, in one text or in a hundred thousand, with quotes and backslashes in it', () => {
    const metadata = {
      long: 'gosa '.repeat(2e6),
      escaped: '\\"{'.repeat(2e6),
      ...Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => [`key ${i}`, String(i)])),
    }
    const bytes = encodeSafetensors({ W: tensor([1]) }, metadata)
    const read = decodeSafetensors(bytes)
    expect(read.metadata.long === metadata.long && read.metadata.escaped === metadata.escaped).toBe(true)
    expect([read.metadata['key 99999'], read.tensors.W.toArray()]).toEqual(['99999', [1]])
  })

  it('reads F16 and BF16 to float32 (bits computed by hand)', () => {
    // 1, −2, 65504 (the largest), 2⁻²⁴ (the smallest), −0, ∞ as F16; 1, −2, 2⁻¹³³ (the smallest), ∞ as BF16.
    const halves = [0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0x7c00]
    const brains = [0x3f80, 0xc000, 0x0001, 0x7f80]
    const header = {
      half: { dtype: 'F16', shape: [2, 3], data_offsets: [0, 12] },
      brain: { dtype: 'BF16', shape: [4], data_offsets: [12, 20] },
    }
    const elements = [...halves, ...brains].flatMap((bits) => [bits & 255, bits >> 8])
    const { half, brain } = decodeSafetensors(file(JSON.stringify(header), elements)).tensors
    expect([half.dtype, half.shape]).toEqual(['float32', [2, 3]])
    expect([...half.data]).toEqual([1, -2, 65504, 2 ** -24, -0, Infinity])
    expect([brain.dtype, ...brain.data]).toEqual(['float32', 1, -2, 2 ** -133, Infinity])
    const nan = { a: { dtype: 'F16', shape: [1], data_offsets: [0, 2] } }
    expect(decodeSafetensors(file(JSON.stringify(nan), [1, 0x7c])).tensors.a.data[0]).toBeNaN()
  })

  it('reads float tensors beside those of all other dtypes, which are in others', () => {
    const described: [string, number[], number[], unknown][] = [
      ['BOOL', [2], [1, 0], Uint8Array.of(1, 0)],
      ['U8', [1], [200], Uint8Array.of(200)],
      ['I8', [1], [255], Int8Array.of(-1)],
      ['I16', [1], [254, 255], Int16Array.of(-2)],
      ['U16', [1], [254, 255], Uint16Array.of(65534)],
      ['I32', [1], [1, 0, 0, 255], Int32Array.of(-16777215)],
      ['U32', [1], [255, 255, 255, 255], Uint32Array.of(4294967295)],
      ['I64', [], [0, 0, 0, 0, 0, 1, 0, 0], BigInt64Array.of(2n ** 40n)],
      ['U64', [1], [255, 255, 255, 255, 255, 255, 255, 255], BigUint64Array.of(2n ** 64n - 1n)],
      ['C64', [0], [], new Uint8Array(0)],
      ['F8_E4M3', [2], [7, 8], Uint8Array.of(7, 8)],
      ['F4', [2, 2], [9, 10], Uint8Array.of(9, 10)],
    ]
    const header: Record<string, object> = { W: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }
    const elements = [0, 0, 128, 63]
    for (const [dtype, shape, bytes] of described) {
      header[`of ${dtype}`] = {
        dtype,
        shape,
        data_offsets: [elements.length, elements.length + bytes.length],
      }
      elements.push(...bytes)
    }
    const { tensors, others } = decodeSafetensors(file(JSON.stringify(header), elements))
    expect([Object.keys(tensors), tensors.W.toArray()]).toEqual([['W'], [1]])
    expect(others).toEqual(
      Object.fromEntries(described.map(([dtype, shape, , data]) => [`of ${dtype}`, { dtype, shape, data }])),
    )
  })

  it('accepts tensor names such as constructor', () => {
    const { tensors } = decodeSafetensors(encodeSafetensors({ constructor: tensor([1]) }))
    expect(Object.entries(tensors).map(([name, { data }]) => [name, data[0]])).toEqual([['constructor', 1]])
  })
})

describe('decodeSafetensors throws a SafetensorsError with code and offset', () => {
  it.each<[string, Uint8Array, string, number, RegExp]>([
    ['an empty file', new Uint8Array(0), 'truncated', 0, /ends within its first 8 bytes/],
    ['a file of 7 bytes', new Uint8Array(7), 'truncated', 7, /ends within its first 8 bytes/],
    ['a header longer than the file', file('{}', [], 9n), 'truncated', 0, /has 9 bytes.*only 10/],
    ['a header of 2⁶⁴ − 1 bytes', file('{}', [], 2n ** 64n - 1n), 'header', 0, /longer than allowed/],
    ['a header of 100,000,001 bytes', file('{}', [], 100_000_001n), 'header', 0, /longer than allowed/],
    ['a truncated header', file('{"a":'), 'header', 8, /not the expected JSON/],
    ['a header that is an array', file('[1]'), 'header', 8, /does not begin with \{/],
    ['an empty header', file(''), 'header', 8, /does not begin with \{/],
    ['spaces before the header', file(` ${entry()}`, [0, 0, 0, 0]), 'header', 8, /does not begin with \{/],
    ['a byte order mark', file(`\ufeff${entry()}`, [0, 0, 0, 0]), 'header', 8, /does not begin with \{/],
    ['a header that is not UTF-8', file(notUtf8), 'header', 8, /not the expected JSON/],
    ['a repeated name', file('{"a":1,"a":1}'), 'header', 8, /the key "a" is repeated or forbidden/],
    [
      'the same name written with an escape',
      file('{"a":1,"\\u0061":1}'),
      'header',
      8,
      /is repeated or forbidden/,
    ],
    [
      'a repeated key within a tensor',
      file('{"a":{"dtype":1,"dtype":2}}'),
      'header',
      8,
      /"dtype" is repeated/,
    ],
    ['the name __proto__', file('{"__proto__":{}}'), 'header', 8, /"__proto__" is repeated or forbidden/],
    ['__proto__ within a tensor', file('{"a":{"__proto__":{}}}'), 'header', 8, /repeated or forbidden/],
    [
      'metadata values that are not strings',
      file('{"__metadata__":{"a":1}}'),
      'header',
      8,
      /map names to strings/,
    ],
    ['metadata that are an array', file('{"__metadata__":[]}'), 'header', 8, /map names to strings/],
    [
      'a tensor that is a number',
      file('{"a":1}'),
      'dtype',
      8,
      /a has dtype undefined; the format knows F64, F32, F16, BF16, BOOL/,
    ],
    ['an unknown dtype', file(entry({ dtype: 'F12' })), 'dtype', 8, /a has dtype "F12"/],
    [
      'a dtype of a million letters, of which it shows a hundred',
      file(entry({ dtype: 'F'.repeat(1e6) })),
      'dtype',
      8,
      /^.{0,600}$/,
    ],
    [
      'a name of a million letters',
      file(JSON.stringify({ ['a'.repeat(1e6)]: { dtype: 'F32', shape: [2], data_offsets: [0, 4] } })),
      'layout',
      8,
      /^.{0,600}$/,
    ],
    [
      'a shape of a million axes',
      file(entry({ shape: new Array(1e6).fill(1) })),
      'header',
      8,
      /a shape of at most 64 axes/,
    ],
    [
      'objects within objects, a million deep',
      file('{"a":'.repeat(1e6)),
      'header',
      8,
      /nested deeper than 3 levels/,
    ],
    ['arrays in a million levels', file(`{"a":${'['.repeat(1e6)}`), 'header', 8, /nested deeper/],
    [
      'half a byte',
      file(entry({ dtype: 'F4', shape: [1], data_offsets: [0, 1] })),
      'layout',
      8,
      /takes 0.5 bytes/,
    ],
    ['a dtype named toString', file(entry({ dtype: 'toString' })), 'dtype', 8, /a has dtype "toString"/],
    ['a missing shape', file(entry({ shape: undefined })), 'header', 8, /a needs a shape/],
    ['a length of −1', file(entry({ shape: [-1] })), 'header', 8, /integers of at least 0/],
    ['a length of 0.5', file(entry({ shape: [0.5] })), 'header', 8, /integers of at least 0/],
    ['a single data_offset', file(entry({ data_offsets: [0] })), 'header', 8, /two data_offsets/],
    ['data_offsets that are text', file(entry({ data_offsets: '04' })), 'header', 8, /two data_offsets/],
    [
      'a shape that needs more bytes than its offsets span',
      file(entry({ shape: [2] })),
      'layout',
      8,
      /a of shape \(2\) takes 8 bytes, but its data_offsets span 4/,
    ],
    ['a shape beyond any file', file(entry({ shape: [2 ** 52, 2 ** 52, 2 ** 52] })), 'layout', 8, /span 4/],
    ['offsets in descending order', file(entry({ data_offsets: [4, 0] })), 'layout', 8, /span -4/],
    [
      'a gap before the first tensor',
      file(entry({ data_offsets: [4, 8] }), [0, 0, 0, 0, 0, 0, 0, 0]),
      'layout',
      8 + entry({ data_offsets: [4, 8] }).length + 4,
      /a begins at byte 4 of the elements, not at 0/,
    ],
    [
      'overlapping tensors',
      file(sharing, [0, 0, 0, 0, 0, 0, 0, 0]),
      'layout',
      8 + sharing.length + 4,
      /b begins at byte 4 of the elements, not at 8/,
    ],
    [
      'truncated elements',
      file(entry(), [0, 0, 0]),
      'truncated',
      8 + entry().length + 3,
      /the tensors take 4 bytes, but the file has 3 for them/,
    ],
    [
      'bytes after the last tensor',
      file(entry(), [0, 0, 0, 0, 0]),
      'layout',
      8 + entry().length + 5,
      /the tensors take 4 bytes, but the file has 5 for them/,
    ],
  ])('for %s', (_, bytes, code, offset, message) => {
    const error = thrownFor(bytes)
    expect(error).toBeInstanceOf(FormatError)
    expect([error.code, error.offset, error.name]).toEqual([code, offset, 'SafetensorsError'])
    expect(error.message).toMatch(message)
    expect(error.message).toMatch(new RegExp(`^safetensors: .* \\(at byte ${offset}\\)$`, 's'))
  })

  it('for a file truncated at any byte', () => {
    const whole = encodeSafetensors({ W: tensor([[1, 2]]), b: tensor([3], { dtype: 'float32' }) }, { a: 'b' })
    for (let length = 0; length < whole.length; length++) {
      expect(thrownFor(whole.subarray(0, length)).code).toBe('truncated')
    }
  })

  it('and no other error for a file with any byte changed', () => {
    const whole = encodeSafetensors({ W: tensor([[1, 2]]) }, { a: 'b' })
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (offset, byte) => {
        const changed = whole.slice()
        changed[offset] = byte
        try {
          decodeSafetensors(changed)
        } catch (error) {
          expect(error).toBeInstanceOf(SafetensorsError)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
