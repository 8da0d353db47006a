import { inflateSync } from 'node:zlib'
import { PNG } from 'pngjs'

/**
 * Reads PNG files of strangers. pngjs decodes them; the checks here keep a truncated, forged or oversized file from being
 * unpacked at all.
 */

/** The resolution of a good camera; a larger picture is not one of a digit. */
const MAX_PIXELS = 2 ** 24

/** What is wrong with a PNG, as a predicate of its name: `is not a PNG file`. */
export class PngError extends Error {
  override readonly name = 'PngError'
}

/** Pixels row by row, four bytes each: red, green, blue, opacity. */
export interface Picture {
  width: number
  height: number
  rgba: Uint8Array
}

/**
 * The pixels of a PNG of any kind: grey, colour or palette, with or without transparency, 1 to 16 bits, interlaced or not.
 * Sizes are checked before memory is allocated, and so is that the file does not unpack to more than they say.
 *
 * Throws a `PngError`.
 */
export function readPng(bytes: Uint8Array): Picture {
  const { width, height, unpackedBytes, pixels, png } = parseChunks(bytes)
  if (width === 0 || height === 0) throw new PngError(`has ${width} × ${height} pixels: nothing to see`)
  if (width * height > MAX_PIXELS) {
    throw new PngError(`has ${width} × ${height} pixels, more than the limit of ${MAX_PIXELS}`)
  }
  if (!unpackedBytes) throw new PngError('has an unknown colour type')
  try {
    // pngjs accepts truncated pixel data, so the length is checked here.
    const { length } = inflateSync(pixels, { maxOutputLength: unpackedBytes })
    if (length < unpackedBytes) throw new Error('some of its pixels are missing')
    const { data } = PNG.sync.read(png)
    return { width, height, rgba: data }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new PngError(
      code === 'ERR_BUFFER_TOO_LARGE'
        ? `unpacks to more than the ${width} × ${height} pixels that its header says`
        : `is damaged: ${message}`,
      { cause: error },
    )
  }
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** The chunks that pixels need. Texts, profiles and animations are skipped unread. */
const CRITICAL_CHUNKS = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])

interface Chunks {
  width: number
  height: number
  /** The number of bytes to which the pixels unpack; undefined for an unknown colour type. */
  unpackedBytes: number | undefined
  /** The compressed pixels. */
  pixels: Buffer
  /** A PNG file of the critical chunks alone. */
  png: Buffer
}

/**
 * Walks through the chunks of a PNG without unpacking anything. Throws a `PngError` if it is another file, is truncated, or
 * does not begin with its size.
 *
 * Source: the PNG specification, third edition, sections 5 and 11.
 */
function parseChunks(file: Uint8Array): Chunks {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new PngError('is not a PNG file: its signature is wrong')
  const critical: Buffer[] = [SIGNATURE]
  const pixels: Buffer[] = []
  for (let start = 8, type = ''; type !== 'IEND'; ) {
    if (start + 12 > bytes.length) throw new PngError('is truncated')
    const end = start + 12 + bytes.readUInt32BE(start)
    if (end > bytes.length) throw new PngError('is truncated')
    type = bytes.toString('latin1', start + 4, start + 8)
    if (CRITICAL_CHUNKS.has(type)) critical.push(bytes.subarray(start, end))
    if (type === 'IDAT') pixels.push(bytes.subarray(start + 8, end - 4))
    start = end
  }
  const [, header] = critical
  if (header.toString('latin1', 4, 8) !== 'IHDR' || header.length !== 25) {
    throw new PngError('does not begin with its size')
  }
  const [width, height] = [header.readUInt32BE(8), header.readUInt32BE(12)]
  const unpackedBytes = countUnpackedBytes(header.subarray(8, 21))
  return { width, height, unpackedBytes, pixels: Buffer.concat(pixels), png: Buffer.concat(critical) }
}

/** The number of samples per pixel, by colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Where each pass over an interlaced image begins, and the distance of its pixels. */
const ADAM7 = [
  { x: 0, y: 0, right: 8, down: 8 },
  { x: 4, y: 0, right: 8, down: 8 },
  { x: 0, y: 4, right: 4, down: 8 },
  { x: 2, y: 0, right: 4, down: 4 },
  { x: 0, y: 2, right: 2, down: 4 },
  { x: 1, y: 0, right: 2, down: 2 },
  { x: 0, y: 1, right: 1, down: 2 },
]

/**
 * The number of bytes to which the pixels unpack: each row of each pass has one byte for its filter, then its pixels without
 * gaps. Undefined for an unknown colour type. `header` is the content of IHDR.
 *
 * Source: the PNG specification, third edition, sections 7.2 and 8.1.
 */
function countUnpackedBytes(header: Buffer): number | undefined {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [depth, colourType, , , interlace] = header.subarray(8)
  const channels = CHANNELS[colourType]
  if (channels === undefined || interlace > 1) return undefined
  const passes = interlace ? ADAM7 : [{ x: 0, y: 0, right: 1, down: 1 }]
  return passes.reduce((bytes, { x, y, right, down }) => {
    const [columns, rows] = [Math.ceil((width - x) / right), Math.ceil((height - y) / down)]
    return columns > 0 && rows > 0 ? bytes + rows * (1 + Math.ceil((columns * channels * depth) / 8)) : bytes
  }, 0)
}
