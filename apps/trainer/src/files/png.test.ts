import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunk, encodePng, header } from './png.testing.ts'
import { PngError, readPng } from './png.ts'

/** The pixels of a picture: red, green, blue and opacity. */
const seen = (bytes: Uint8Array) => {
  const { width, height, rgba } = readPng(bytes)
  return { width, height, rgba: [...rgba] }
}
const END = chunk('IEND', new Uint8Array(0))
const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** Pixels that are all different: of 3 × 5, so that interlaced ones have passes without any. */
const size = { width: 3, height: 5 }
const number = (x: number, y: number) => 3 * y + x

describe('readPng reads', () => {
  for (const interlaced of [false, true]) {
    const how = interlaced ? 'interlaced' : 'row by row'
    it.each([1, 2, 4, 8, 16])(`grey of %i bits, ${how}`, (depth) => {
      const most = 2 ** depth - 1
      const grey = (x: number, y: number) => Math.round((number(x, y) / 14) * most)
      const { rgba } = seen(encodePng({ ...size, depth, interlaced, pixel: (x, y) => [grey(x, y)] }))
      for (let y = 0; y < 5; y++) {
        for (let x = 0; x < 3; x++) {
          const [red, green, blue, opacity] = rgba.slice(4 * (3 * y + x))
          expect([green, blue, opacity]).toEqual([red, red, 255])
          expect(Math.abs(red - (grey(x, y) / most) * 255)).toBeLessThanOrEqual(1)
        }
      }
    })

    it(`colours, with and without opacity, ${how}`, () => {
      const pixel = (x: number, y: number) => [10 * x, 20 * y, 200, number(x, y)]
      const pixels = Array.from({ length: 15 }, (_, i) => pixel(i % 3, Math.floor(i / 3)))
      expect(seen(encodePng({ ...size, kind: 'rgba', interlaced, pixel }))).toEqual({
        ...size,
        rgba: pixels.flat(),
      })
      const opaque = encodePng({ ...size, kind: 'rgb', interlaced, pixel: (x, y) => pixel(x, y).slice(0, 3) })
      expect(seen(opaque).rgba).toEqual(pixels.flatMap(([r, g, b]) => [r, g, b, 255]))
    })

    it(`a palette, in which a colour may be transparent, ${how}`, () => {
      const bytes = encodePng({
        ...{ ...size, interlaced, kind: 'palette', depth: 2 },
        chunks: [chunk('PLTE', Buffer.from([255, 0, 0, 0, 9, 0])), chunk('tRNS', Buffer.from([40]))],
        pixel: (x, y) => [number(x, y) % 2],
      })
      expect(seen(bytes).rgba.slice(0, 8)).toEqual([255, 0, 0, 40, 0, 9, 0, 255])
    })
  }

  it('grey with opacity', () => {
    const bytes = encodePng({ width: 1, height: 1, kind: 'greyAlpha', pixel: () => [7, 9] })
    expect(seen(bytes).rgba).toEqual([7, 7, 7, 9])
  })

  it('pixels between other chunks, which it skips', () => {
    const bomb = chunk('iCCP', Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(1e7))]))
    const bytes = encodePng({ width: 1, height: 1, chunks: [bomb], pixel: () => [7] })
    expect(seen(bytes).rgba).toEqual([7, 7, 7, 255])
    expect(seen(Buffer.concat([bytes, Buffer.from('more')])).rgba).toEqual([7, 7, 7, 255])
  })
})

describe('readPng rejects', () => {
  const pixels = (length: number) => chunk('IDAT', deflateSync(Buffer.alloc(length)))
  const png = (...chunks: Buffer[]) => Buffer.concat([SIGNATURE, ...chunks, END])
  const whole = encodePng({ ...size, pixel: (x, y) => [number(x, y)] })
  const damaged = (place: number) => {
    const bytes = Buffer.from(whole)
    bytes[place] ^= 1
    return bytes
  }

  const ihdr = (width: number, height: number, ...kind: number[]) => {
    const content = Buffer.alloc(13)
    content.writeUInt32BE(width)
    content.writeUInt32BE(height, 4)
    content.set(kind, 8)
    return chunk('IHDR', content)
  }

  it.each([
    ['another file', Buffer.from('GIF89a'), /is not a PNG file/],
    ['nothing', Buffer.alloc(0), /is not a PNG file/],
    ['a truncated file', whole.subarray(0, -5), /is truncated/],
    ['a file truncated between two chunks', whole.subarray(0, -12), /is truncated/],
    ['a chunk without a header before', png(pixels(2)), /does not begin with its size/],
    ['a picture without pixels', png(header({ width: 0, height: 4 }), pixels(0)), /0 × 4 pixels: nothing/],
    [
      'a size beyond all cameras',
      png(header({ width: 100_000, height: 100_000 }), pixels(2)),
      /100000 × 100000 pixels, more than the limit of 16777216/,
    ],
    [
      'pixels that unpack to more than its size',
      png(header({ width: 4, height: 4 }), pixels(10_000_000)),
      /unpacks to more than the 4 × 4 pixels/,
    ],
    [
      'interlaced pixels that do',
      png(header({ width: 4, height: 4, interlaced: true }), pixels(1e7)),
      /unpacks to more/,
    ],
    [
      'pixels that are missing',
      png(header({ width: 4, height: 4 }), pixels(19)),
      /some of its pixels are missing/,
    ],
    ['no pixels at all', png(header({ width: 4, height: 4 })), /is damaged: /],
    ['a changed pixel', damaged(50), /is damaged: /],
    ...[
      [0, 3],
      [0, 0],
      [0, 255],
      [2, 4],
      [3, 16],
      [4, 1],
      [6, 255],
    ].map(([colourType, depth]): [string, Buffer, RegExp] => [
      `samples of ${depth} bits in colour type ${colourType}`,
      png(ihdr(4000, 4000, depth, colourType), pixels(2)),
      new RegExp(`has samples of ${depth} bits; colour type ${colourType} allows `),
    ]),
    ['an unknown colour type', png(ihdr(1, 1, 8, 5), pixels(2)), /has an unknown colour type: 5/],
    [
      'an unknown compression',
      png(ihdr(1, 1, 8, 0, 1), pixels(2)),
      /unknown method: compression 1, filter 0/,
    ],
    ['an unknown filter method', png(ihdr(1, 1, 8, 0, 0, 9), pixels(2)), /filter 9/],
    ['an unknown interlacing', png(ihdr(1, 1, 8, 0, 0, 0, 2), pixels(2)), /interlace 2; 0, 0 and 0 or 1 are/],
    ['a picture one pixel wide', png(ihdr(1, 2 ** 24, 8, 0), pixels(2)), /16777216 pixels.*16384 for a side/],
    ['a picture one pixel high', png(ihdr(16_385, 1, 1, 0), pixels(2)), /16385 × 1 pixels.*for a side/],
    ['a header with a wrong checksum', damaged(25), /the checksum of its IHDR chunk at byte 8 is wrong/],
    ['pixels with a wrong checksum', damaged(50), /the checksum of its IDAT chunk at byte 33 is wrong/],
    ['an end with a wrong checksum', damaged(whole.length - 1), /the checksum of its IEND chunk/],
    [
      'a palette with a wrong checksum',
      png(ihdr(1, 1, 8, 3), Buffer.from(chunk('PLTE', Buffer.from([1, 2, 3]))).fill(9, 8, 9), pixels(2)),
      /the checksum of its PLTE chunk/,
    ],
    [
      'unpacked pixels with a wrong checksum',
      png(
        ihdr(1, 1, 8, 0),
        chunk('IDAT', Buffer.concat([deflateSync(Buffer.alloc(2)).subarray(0, -1), Buffer.of(9)])),
      ),
      /the checksum of its unpacked pixels is wrong/,
    ],
    ['two headers', png(ihdr(1, 1, 8, 0), ihdr(1, 1, 8, 0), pixels(2)), /it has two IHDR chunks/],
    [
      'a palette of megabytes',
      png(ihdr(1, 1, 8, 3), chunk('PLTE', Buffer.alloc(3e6))),
      /PLTE chunk has 3000000/,
    ],
    [
      'a palette without its colours',
      encodePng({ width: 1, height: 1, kind: 'palette', pixel: () => [0] }),
      /is damaged: /,
    ],
  ])('%s', (_what, bytes, message) => {
    expect(() => readPng(bytes)).toThrow(PngError)
    expect(() => readPng(bytes)).toThrow(message)
  })

  it('a file with bytes changed, added or missing, or reads it, but never fails in another way', () => {
    const files = [
      whole,
      encodePng({ ...size, kind: 'rgba', interlaced: true, pixel: (x, y) => [x, y, 9, 200] }),
      encodePng({
        ...{ ...size, kind: 'palette', depth: 4 },
        chunks: [chunk('PLTE', Buffer.from([255, 0, 0, 0, 9, 0]))],
        pixel: () => [1],
      }),
    ]
    const change = fc.record({
      at: fc.nat(130),
      removed: fc.nat(4),
      added: fc.uint8Array({ maxLength: 4 }),
    })
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (file, changes) => {
          let bytes = [...file]
          for (const { at, removed, added } of changes) {
            bytes = [...bytes.slice(0, at), ...added, ...bytes.slice(at + removed)]
          }
          try {
            const { width, height, rgba } = readPng(Buffer.from(bytes))
            expect(rgba.length).toBe(4 * width * height)
          } catch (error) {
            if (!(error instanceof PngError)) throw error
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('a file with correct checksums but wrong content, or reads it, but never fails in another way', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 13, maxLength: 13 }),
        fc.uint8Array({ maxLength: 40 }),
        fc.uint8Array({ maxLength: 20 }),
        fc.boolean(),
        (sizes, content, palette, small) => {
          // Sizes of one byte, so that some are read.
          if (small)
            sizes.set([0, 0, 0, sizes[3] % 4, 0, 0, 0, sizes[7] % 4, 8, sizes[9] % 7, 0, 0, sizes[12] % 2])
          const bytes = png(chunk('IHDR', sizes), chunk('PLTE', palette), chunk('IDAT', deflateSync(content)))
          try {
            readPng(bytes)
          } catch (error) {
            if (!(error instanceof PngError)) throw error
          }
        },
      ),
      { numRuns: 2000 },
    )
  })
})
