import { crc32, inflateSync } from 'node:zlib'
import { PNG } from 'pngjs'

/**
 * Reads untrusted PNG files. pngjs decodes them; the checks here keep a truncated, forged or oversized file from being
 * unpacked at all.
 */

/** The resolution of a good camera; a larger picture is not one of a digit. */
const MAX_PIXELS = 2 ** 24

/** pngjs keeps an object for each row, which a picture of the same size one pixel wide would make millions of. */
const MAX_SIDE_PIXELS = 2 ** 14

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
 * Before pixels are unpacked, kind and sizes are checked, and the checksums of all chunks that are read; the file may unpack to
 * no more than its size says.
 *
 * Throws a `PngError`.
 */
export function readPng(bytes: Uint8Array): Picture {
  const { header, palette, transparency, pixels } = readChunks(bytes)
  const { width, height, unpackedBytes } = parseHeader(header)
  try {
    // pngjs accepts truncated pixel data, so the length is checked here.
    const { length } = inflateSync(pixels, { maxOutputLength: unpackedBytes })
    if (length < unpackedBytes) throw new Error('some of its pixels are missing')
    const png = Buffer.concat([
      SIGNATURE,
      ...[header, palette, transparency].flatMap((chunk) => chunk ?? []),
      createChunk('IDAT', pixels),
      createChunk('IEND', Buffer.alloc(0)),
    ])
    const { data } = PNG.sync.read(png)
    return { width, height, rgba: data }
  } catch (error) {
    throw new PngError(describeFailure(error as NodeJS.ErrnoException, width, height), { cause: error })
  }
}

function describeFailure({ code, message }: NodeJS.ErrnoException, width: number, height: number): string {
  if (code === 'ERR_BUFFER_TOO_LARGE') {
    return `unpacks to more than the ${width} × ${height} pixels that its header says`
  }
  if (message === 'incorrect data check') return 'is damaged: the checksum of its unpacked pixels is wrong'
  return `is damaged: ${message}`
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A chunk has 4 bytes for its length, 4 for its type, its content, and 4 for the checksum of type and content. */
const CHUNK_BYTES = 12
const HEADER_BYTES = 13

/** The most colours that a palette has, of three bytes each. */
const MAX_PALETTE_BYTES = 3 * 256

/** The chunks that pixels need, whole but for the pixels. Texts, profiles and animations are skipped unread. */
interface Chunks {
  header: Buffer
  palette?: Buffer
  transparency?: Buffer
  /** The compressed pixels, joined. */
  pixels: Buffer
}

/**
 * Walks through the chunks of a PNG without unpacking anything. Throws a `PngError` if it is another file, is truncated, does
 * not begin with its size, repeats what may be there once, or if the checksum of a chunk that pixels need is wrong.
 *
 * Source: the PNG specification, third edition, sections 5 and 11.
 */
function readChunks(file: Uint8Array): Chunks {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new PngError('is not a PNG file: its signature is wrong')
  const single = new Map<string, Buffer>()
  // One buffer, filled as the chunks come: there may be millions of them.
  const pixels = Buffer.alloc(bytes.length)
  let pixelBytes = 0
  for (let start = 8, type = ''; type !== 'IEND'; ) {
    if (start + CHUNK_BYTES > bytes.length) throw new PngError('is truncated')
    const end = start + CHUNK_BYTES + bytes.readUInt32BE(start)
    if (end > bytes.length) throw new PngError('is truncated')
    type = bytes.toString('latin1', start + 4, start + 8)
    if (start === 8 && (type !== 'IHDR' || end !== start + CHUNK_BYTES + HEADER_BYTES)) {
      throw new PngError('does not begin with its size')
    }
    const isSingle = ['IHDR', 'PLTE', 'tRNS'].includes(type)
    if (isSingle || type === 'IDAT' || type === 'IEND') {
      if (crc32(bytes.subarray(start + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) {
        throw new PngError(`is damaged: the checksum of its ${type} chunk at byte ${start} is wrong`)
      }
    }
    if (type === 'IDAT') pixelBytes += bytes.copy(pixels, pixelBytes, start + 8, end - 4)
    if (isSingle) {
      if (single.has(type)) throw new PngError(`is damaged: it has two ${type} chunks`)
      if (end - start - CHUNK_BYTES > MAX_PALETTE_BYTES) {
        throw new PngError(`is damaged: its ${type} chunk has ${end - start - CHUNK_BYTES} bytes`)
      }
      single.set(type, bytes.subarray(start, end))
    }
    start = end
  }
  return {
    header: single.get('IHDR') as Buffer,
    palette: single.get('PLTE'),
    transparency: single.get('tRNS'),
    pixels: pixels.subarray(0, pixelBytes),
  }
}

function createChunk(type: string, content: Buffer): Buffer {
  const chunk = Buffer.alloc(CHUNK_BYTES + content.length)
  chunk.writeUInt32BE(content.length)
  chunk.write(type, 4, 'latin1')
  content.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), 8 + content.length)
  return chunk
}

/** The number of samples per pixel and the bits that one may have, by colour type. */
const COLOUR_TYPES: Readonly<Record<number, { channels: number; depths: readonly number[] }>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
}

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
 * The size of a picture, and the number of bytes to which its pixels unpack: each row of each pass has one byte for its
 * filter, then its pixels without gaps. Throws a `PngError` for kinds that do not exist, and sizes beyond the limits.
 *
 * Source: the PNG specification, third edition, sections 7.2, 8.1 and 11.2.1.
 */
function parseHeader(chunk: Buffer): { width: number; height: number; unpackedBytes: number } {
  const [width, height] = [chunk.readUInt32BE(8), chunk.readUInt32BE(12)]
  const [depth, colourType, compression, filter, interlace] = chunk.subarray(16, 21)
  const kind = COLOUR_TYPES[colourType]
  if (!kind) {
    const known = Object.keys(COLOUR_TYPES).join(', ')
    throw new PngError(`has an unknown colour type: ${colourType}, not ${known}`)
  }
  if (!kind.depths.includes(depth)) {
    throw new PngError(
      `has samples of ${depth} bits; colour type ${colourType} allows ${kind.depths.join(', ')}`,
    )
  }
  if (compression !== 0 || filter !== 0 || interlace > 1) {
    throw new PngError(
      `has an unknown method: compression ${compression}, filter ${filter}, interlace ${interlace}; 0, 0 and 0 or 1 are known`,
    )
  }
  const size = `has ${width} × ${height} pixels`
  if (width === 0 || height === 0) throw new PngError(`${size}: nothing to see`)
  if (width * height > MAX_PIXELS) throw new PngError(`${size}, more than the limit of ${MAX_PIXELS}`)
  if (Math.max(width, height) > MAX_SIDE_PIXELS) {
    throw new PngError(`${size}, more than the limit of ${MAX_SIDE_PIXELS} for a side`)
  }
  const passes = interlace ? ADAM7 : [{ x: 0, y: 0, right: 1, down: 1 }]
  const unpackedBytes = passes.reduce((bytes, { x, y, right, down }) => {
    const [columns, rows] = [Math.ceil((width - x) / right), Math.ceil((height - y) / down)]
    const bytesPerRow = 1 + Math.ceil((columns * kind.channels * depth) / 8)
    return columns > 0 && rows > 0 ? bytes + rows * bytesPerRow : bytes
  }, 0)
  return { width, height, unpackedBytes }
}
