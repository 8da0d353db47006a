import { execFileSync, spawnSync } from 'node:child_process'
import { createRng, randomNormal, tensor } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DataError, encodeNpy, encodeNpz, parseNpy, parseNpz } from '../index.ts'
import { crc32 } from './crc32.ts'

const PYTHON = '/usr/bin/python3'
const hasNumPy = spawnSync(PYTHON, ['-c', 'import numpy']).status === 0
if (!hasNumPy)
  console.log('left out, since NumPy was not found (python3-numpy): what NumPy reads of encodeNpz')

describe('encodeNpy', () => {
  it('writes version 1.0 as NEP 1 describes it: by hand', () => {
    const bytes = encodeNpy(tensor([[1, -2]], { dtype: 'float32' }))
    const text = new TextDecoder('latin1').decode(bytes)
    expect(text.slice(0, 8)).toBe('\x93NUMPY\x01\x00')
    expect([bytes[8], bytes[9]]).toEqual([118, 0])
    expect(text.slice(10, 128)).toBe(
      `${"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }".padEnd(117)}\n`,
    )
    expect([...bytes.subarray(128)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])
  })

  it('writes a vector as Python writes a tuple of one', () => {
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
  ])('gives back %o', (data) => {
    const read = parseNpy(encodeNpy({ shape: [2, 1], data }))
    expect(read.shape).toEqual([2, 1])
    expect(read.data).toEqual(data)
  })

  it('refuses a shape of other elements, and what is no typed array of numbers', () => {
    expect(() => encodeNpy({ shape: [3], data: Uint8Array.of(1) })).toThrow(
      'encodeNpy: 1 elements do not make the shape (3)',
    )
    expect(() => encodeNpy({ shape: [1], data: [1] as never })).toThrow(TypeError)
    expect(() => encodeNpy({ shape: [1], data: BigInt64Array.of(1n) as never })).toThrow(TypeError)
  })
})

describe('encodeNpz', () => {
  const rng = createRng(1)
  const arrays = {
    W1: randomNormal([3, 2], { rng, dtype: 'float32' }),
    b1: randomNormal([2], { rng }),
    größe: { shape: [], data: Int32Array.of(-7) },
    none: { shape: [0, 4], data: new Float64Array(0) },
  }

  it('gives back names, order, shapes and elements', async () => {
    const read = await parseNpz(encodeNpz(arrays))
    expect(Object.keys(read)).toEqual(Object.keys(arrays))
    for (const [name, { shape, data }] of Object.entries(arrays)) {
      expect([read[name].shape, read[name].data]).toEqual([shape, data])
    }
  })

  it('gives the same bytes for the same arrays, and an archive without any', async () => {
    expect(encodeNpz(arrays)).toEqual(encodeNpz(arrays))
    expect(encodeNpz({})).toEqual(Uint8Array.from([0x50, 0x4b, 5, 6, ...new Array(18).fill(0)]))
    expect(await parseNpz(encodeNpz({}))).toEqual({})
  })

  it('refuses the name __proto__', () => {
    const evil = JSON.parse('{"__proto__": 1}')
    expect(() => encodeNpz(evil)).toThrow('an array cannot be called __proto__')
  })

  it.skipIf(!hasNumPy)('is read by NumPy, which finds the archive whole', () => {
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

  it.skipIf(!hasNumPy)('and what NumPy writes is read', async () => {
    const program =
      'import sys, numpy; numpy.savez_compressed(sys.stdout.buffer, W1=numpy.arange(6, dtype="f4").reshape(2, 3).T, b1=[0.5, 1])'
    const { W1, b1 } = await parseNpz(execFileSync(PYTHON, ['-c', program]))
    expect([W1.shape, [...W1.data]]).toEqual([
      [3, 2],
      [0, 3, 1, 4, 2, 5],
    ])
    expect([b1.dtype, [...b1.data]]).toEqual(['float64', [0.5, 1]])
  })
})

describe('a checksum', () => {
  it('is that of the standard: of the digits 1 to 9, 0xCBF43926', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
    expect(crc32(new Uint8Array(0))).toBe(0)
  })
})

describe('a spoilt archive', () => {
  const arrays = { W: tensor([[1, 2, 3]]), b: tensor([4], { dtype: 'float32' }) }
  const whole = encodeNpz(arrays)
  const place = fc.nat(whole.length)
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 8 })
  const mutation = fc.oneof(
    fc.record({
      at: place,
      removed: fc.constant(1),
      inserted: fc.uint8Array({ minLength: 1, maxLength: 1 }),
    }),
    fc.record({ at: place, removed: fc.nat(8), inserted: bytes }),
    fc.record({ at: place, removed: fc.constant(whole.length), inserted: fc.constant(new Uint8Array(0)) }),
  )

  it('is refused as a DataError, or read as arrays that are the same but for their names', async () => {
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        let spoilt = [...whole]
        for (const { at, removed, inserted } of mutations) {
          spoilt = [...spoilt.slice(0, at), ...inserted, ...spoilt.slice(at + removed)]
        }
        try {
          const read = await parseNpz(Uint8Array.from(spoilt))
          // By length, since an object has names that are whole numbers before all others.
          const found = Object.values(read).map(({ data }) => data)
          expect(found.sort((a, b) => b.length - a.length)).toEqual([arrays.W.data, arrays.b.data])
        } catch (error) {
          if (!(error instanceof DataError)) throw error
          refused++
        }
      }),
      { numRuns: 1000, examples: [[[{ at: 451, removed: 1, inserted: Uint8Array.of(48) }]]] },
    )
    expect(refused).toBeGreaterThan(500)
  })
})
