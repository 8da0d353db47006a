import { execFileSync, spawnSync } from 'node:child_process'
import { crc32, deflateRawSync } from 'node:zlib'
import { createRng, randomNormal, tensor } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeNpz, encodeNpz, FormatError, readNpzNames } from './index.ts'
import { npyFile } from './npy.testing.ts'

const PYTHON = '/usr/bin/python3'
const hasNumPy = spawnSync(PYTHON, ['-c', 'import numpy']).status === 0
if (!hasNumPy)
  console.log('left out (NumPy not found; install python3-numpy): whether NumPy reads what encodeNpz writes')

/** Returns a ZIP archive of the files, stored or deflated; `size`, `crc`, `at` and so on are what its directory says. */
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

describe('encodeNpz', () => {
  const rng = createRng(1)
  const arrays = {
    W1: randomNormal([3, 2], { rng, dtype: 'float32' }),
    b1: randomNormal([2], { rng }),
    größe: { shape: [], data: Int32Array.of(-7) },
    none: { shape: [0, 4], data: new Float64Array(0) },
  }

  it('round-trips names, order, shapes and elements', async () => {
    const read = await decodeNpz(encodeNpz(arrays))
    expect(Object.keys(read)).toEqual(Object.keys(arrays))
    for (const [name, { shape, data }] of Object.entries(arrays)) {
      expect([read[name].shape, read[name].data]).toEqual([shape, data])
    }
  })

  it('returns the same bytes for the same arrays, and encodes an archive without any', async () => {
    expect(encodeNpz(arrays)).toEqual(encodeNpz(arrays))
    expect(encodeNpz({})).toEqual(Uint8Array.from([0x50, 0x4b, 5, 6, ...new Array(18).fill(0)]))
    expect(await decodeNpz(encodeNpz({}))).toEqual({})
  })

  it('throws for the name __proto__', () => {
    const evil = JSON.parse('{"__proto__": 1}')
    expect(() => encodeNpz(evil)).toThrow('an array cannot be called __proto__')
  })

  it.skipIf(!hasNumPy)('writes what NumPy reads, in an archive whose checksums are right', () => {
    const program = `
import io, json, sys, zipfile, numpy
content = sys.stdin.buffer.read()
archive = zipfile.ZipFile(io.BytesIO(content))
assert archive.testzip() is None
arrays = numpy.load(io.BytesIO(content))
print(json.dumps({name: [str(arrays[name].dtype), arrays[name].shape, arrays[name].ravel().tolist()] for name in arrays.files}))`
    const printed = execFileSync(PYTHON, ['-c', program], { input: encodeNpz(arrays), encoding: 'utf8' })
    expect(JSON.parse(printed)).toEqual({
      W1: ['float32', [3, 2], [...arrays.W1.data]],
      b1: ['float64', [2], [...arrays.b1.data]],
      größe: ['int32', [], [-7]],
      none: ['float64', [0, 4], []],
    })
  })

  it.skipIf(!hasNumPy)('writes the format that NumPy writes: decodeNpz reads savez_compressed', async () => {
    const program =
      'import sys, numpy; numpy.savez_compressed(sys.stdout.buffer, W1=numpy.arange(6, dtype="f4").reshape(2, 3).T, b1=[0.5, 1])'
    const { W1, b1 } = await decodeNpz(execFileSync(PYTHON, ['-c', program]))
    expect([W1.shape, [...W1.data]]).toEqual([
      [3, 2],
      [0, 3, 1, 4, 2, 5],
    ])
    expect([b1.dtype, [...b1.data]]).toEqual(['float64', [0.5, 1]])
  })
})

describe('decodeNpz', () => {
  const a = npyFile("'|u1'", '(2,)', [1, 2])
  const b = npyFile("'<f8'", '(500,)', new Uint8Array(4000))

  it('returns the arrays of an archive by name, stored or compressed', async () => {
    const arrays = await decodeNpz(
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
    ['a file that is not an archive', a, 'format', /not a \.npz file, or truncated/],
    [
      'a file in it that is not an array',
      zip([{ name: '../evil.sh', bytes: a }]),
      'format',
      /evil\.sh: not a NumPy array/,
    ],
    [
      'more content than the directory says',
      zip([{ name: 'b.npy', bytes: b, deflate: true, size: 100 }]),
      'size',
      /more than the 100 bytes/,
    ],
    [
      'an array above the limit',
      zip([{ name: 'b.npy', bytes: b, size: 5000 }]),
      'size',
      /has 5000 bytes, more than the 4500/,
    ],
    [
      'arrays that are above the limit together',
      zip(['a', 'b', 'c'].map((name) => ({ name: `${name}.npy`, bytes: a, size: 2000 }))),
      'size',
      /c\.npy: the arrays up to this one have 6000 bytes, more than the 4500 that are allowed for all/,
    ],
    [
      'a wrong name after an array, before it is unpacked',
      zip([
        { name: 'a.npy', bytes: a, crc: 1 },
        { name: 'evil.sh', bytes: a },
      ]),
      'format',
      /evil\.sh: not a NumPy array/,
    ],
    [
      'a name that is repeated after an array that is too large',
      zip([
        { name: 'a.npy', bytes: a, size: 5000 },
        { name: 'a.npy', bytes: a },
      ]),
      'format',
      /the name is forbidden or repeated/,
    ],
    [
      'a size that its compressed bytes cannot have',
      zip([{ name: 'a.npy', bytes: a.subarray(0, 1), deflate: true, size: 4400 }]),
      'corrupt',
      /cannot hold the 4400 bytes that the archive says in 3 compressed ones/,
    ],
    ['an encrypted archive', zip([{ name: 'a.npy', bytes: a, flags: 1 }]), 'format', /encrypted/],
    ['an unknown compression method', zip([{ name: 'a.npy', bytes: a, method: 12 }]), 'format', /method 12/],
    [
      'broken compression',
      zip([{ name: 'a.npy', bytes: a, method: 8 }]),
      'corrupt',
      /cannot be decompressed|but the archive says/,
    ],
    [
      'an entry without its local header',
      zip([{ name: 'a.npy', bytes: a }]).map((byte, i) => (i < 4 ? 0 : byte)),
      'corrupt',
      /is not where/,
    ],
    ['a wrong checksum', zip([{ name: 'a.npy', bytes: a, crc: 1 }]), 'corrupt', /its checksum differs/],
    ['a wrong size', zip([{ name: 'a.npy', bytes: a, size: 9 }]), 'corrupt', /but the archive says 9/],
    [
      'two arrays of the same name',
      zip([
        { name: 'a.npy', bytes: a },
        { name: 'a.npy', bytes: b },
      ]),
      'format',
      /a\.npy: the name is forbidden or repeated/,
    ],
    ['the name __proto__', zip([{ name: '__proto__.npy', bytes: a }]), 'format', /the name is forbidden/],
    [
      'two arrays that overlap',
      zip([
        { name: 'a.npy', bytes: a },
        { name: 'b.npy', bytes: a, at: 0 },
      ]),
      'format',
      /b\.npy begins within the file before it/,
    ],
    [
      'a directory that lists more files than it says',
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
      zip([{ name: 'o.npy', bytes: npyFile("'|O'", '(1,)', [1]) }]),
      'format',
      /Python objects/,
    ],
  ])('rejects with a FormatError for %s', async (_what, bytes, code, message) => {
    const error = await decodeNpz(bytes, { file: 'x.npz', limit: 4500 }).catch((reason) => reason)
    expect(error).toBeInstanceOf(FormatError)
    expect(error).toMatchObject({ code, offset: expect.any(Number) })
    expect(error.message).toMatch(message)
  })
})

describe('readNpzNames', () => {
  it('returns the names in their order without unpacking: checksums are not compared', () => {
    const bytes = zip(['W2', 'W1'].map((name) => ({ name: `${name}.npy`, bytes: Uint8Array.of(1), crc: 7 })))
    expect(readNpzNames(bytes)).toEqual(['W2', 'W1'])
  })

  it('throws for names that are no arrays', () => {
    const bytes = zip([{ name: 'evil.sh', bytes: Uint8Array.of(1) }])
    expect(() => readNpzNames(bytes, { file: 'x.npz' })).toThrow('x.npz/evil.sh: not a NumPy array')
  })
})

describe('decodeNpz of a damaged archive', () => {
  const arrays = { W: tensor([[1, 2, 3]]), b: tensor([4], { dtype: 'float32' }) }
  const whole = encodeNpz(arrays)
  const offset = fc.nat(whole.length)
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 8 })
  const mutation = fc.oneof(
    fc.record({
      at: offset,
      removed: fc.constant(1),
      inserted: fc.uint8Array({ minLength: 1, maxLength: 1 }),
    }),
    fc.record({ at: offset, removed: fc.nat(8), inserted: bytes }),
    fc.record({ at: offset, removed: fc.constant(whole.length), inserted: fc.constant(new Uint8Array(0)) }),
  )

  it('rejects with a FormatError, or returns the same arrays, at most under other names', async () => {
    let rejected = 0
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        let damaged = [...whole]
        for (const { at, removed, inserted } of mutations) {
          damaged = [...damaged.slice(0, at), ...inserted, ...damaged.slice(at + removed)]
        }
        try {
          const read = await decodeNpz(Uint8Array.from(damaged))
          // Sorted by length: an object lists names that are integers before all others.
          const found = Object.values(read).map(({ data }) => data)
          expect(found.sort((a, b) => b.length - a.length)).toEqual([arrays.W.data, arrays.b.data])
        } catch (error) {
          if (!(error instanceof FormatError)) throw error
          rejected++
        }
      }),
      { numRuns: 1000, examples: [[[{ at: 451, removed: 1, inserted: Uint8Array.of(48) }]]] },
    )
    expect(rejected).toBeGreaterThan(500)
  })
})
