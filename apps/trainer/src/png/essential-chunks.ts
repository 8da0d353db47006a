import { PngError } from './png-error.ts'
import { unpackedSize } from './unpacked-size.ts'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** What pixels are made of; texts, profiles and animations are left aside, unread. */
const ESSENTIAL = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])

/** The chunks of a PNG that its pixels need, and what they say of its size. */
export interface EssentialChunks {
  width: number
  height: number
  /** How many bytes its pixels unpack to; undefined where its kind is none. */
  unpacked: number | undefined
  /** The compressed pixels. */
  pixels: Buffer
  /** A PNG of these chunks alone. */
  png: Buffer
}

/**
 * Walks through a PNG up to its end, without unpacking anything. Throws a `PngError` where it is another file, ends too
 * early, or has no size.
 *
 * Source: the PNG specification, third edition, sections 5 and 11.
 */
export function essentialChunks(file: Uint8Array): EssentialChunks {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new PngError('is no PNG: its first bytes are others')
  const kept: Buffer[] = [SIGNATURE]
  const pixels: Buffer[] = []
  for (let at = 8, type = ''; type !== 'IEND'; ) {
    if (at + 12 > bytes.length) throw new PngError('ends too early: the file is not whole')
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) throw new PngError('ends too early: the file is not whole')
    type = bytes.toString('latin1', at + 4, at + 8)
    if (ESSENTIAL.has(type)) kept.push(bytes.subarray(at, end))
    if (type === 'IDAT') pixels.push(bytes.subarray(at + 8, end - 4))
    at = end
  }
  const [, header] = kept
  if (header.toString('latin1', 4, 8) !== 'IHDR' || header.length !== 25) {
    throw new PngError('does not begin with its size')
  }
  const [width, height] = [header.readUInt32BE(8), header.readUInt32BE(12)]
  const unpacked = unpackedSize(header.subarray(8, 21))
  return { width, height, unpacked, pixels: Buffer.concat(pixels), png: Buffer.concat(kept) }
}
