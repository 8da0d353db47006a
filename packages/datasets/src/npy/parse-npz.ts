import { DataError, type DataPlace } from '../data-error.ts'
import { chunksOf } from '../download/chunks-of.ts'
import { type NpyArray, parseNpy } from './parse-npy.ts'

const STORED = 0
const DEFLATED = 8

/**
 * Reads the bytes of a `.npz` file, as `numpy.savez` and `savez_compressed` write them: its arrays by name. Everything
 * stays in memory; names are only names. No array may be larger than `limit` bytes, 2 GiB by default, nor than the
 * archive says.
 *
 * Rejects with a `DataError` where the archive or an array in it is broken, encrypted, or too large.
 *
 * Source: PKWARE's description of the ZIP format.
 */
export async function parseNpz(
  bytes: Uint8Array,
  { file, limit = 2 ** 31 }: DataPlace & { limit?: number } = {},
): Promise<Record<string, NpyArray>> {
  const arrays: [string, NpyArray][] = []
  for (const entry of entries(bytes, file)) {
    const place = `${file === undefined ? '' : `${file}/`}${entry.name}`
    if (!entry.name.endsWith('.npy'))
      throw new DataError('format', 'is not an array of NumPy', { file: place })
    if (entry.size > limit) {
      throw new DataError('size', `has ${entry.size} bytes, more than the ${limit} that are allowed`, {
        file: place,
      })
    }
    arrays.push([entry.name.slice(0, -4), parseNpy(await unpack(bytes, entry, place), { file: place })])
  }
  return Object.fromEntries(arrays)
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/** The central directory, from the record at the end of the archive. */
function entries(bytes: Uint8Array, file?: string): Entry[] {
  const wrong = (offset: number, message: string) => new DataError('format', message, { file, offset })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < 0)
    throw wrong(0, 'not a .npz file, or cut off: a ZIP archive ends with its directory, which is not there')
  const count = view.getUint16(end + 10, true)
  const found: Entry[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50)
      throw wrong(at, 'the directory of the archive is broken')
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)]
    const [packed, size, offset] = [20, 24, 42].map((field) => view.getUint32(at + field, true))
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    if (flags & 1) throw wrong(at, 'the archive is encrypted')
    if (method !== STORED && method !== DEFLATED) throw wrong(at, `compression method ${method} is not known`)
    if ([packed, size, offset].includes(0xffffffff)) throw wrong(at, 'arrays of 4 GiB or more are not read')
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    found.push({ name, method, packed, size, offset })
    at += 46 + nameLength + extra + comment
  }
  return found
}

/** The bytes of an entry, of the size that the directory says. */
async function unpack(
  bytes: Uint8Array,
  { method, packed, size, offset }: Entry,
  file: string,
): Promise<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== 0x04034b50) {
    throw new DataError('corrupt', 'is not where the directory of the archive says', { file, offset })
  }
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const content = bytes.subarray(start, start + packed)
  if (content.length !== packed)
    throw new DataError('truncated', 'the archive ends within it', { file, offset: start })
  if (method === STORED) return content
  return inflate(content, size, file)
}

async function inflate(content: Uint8Array, size: number, file: string): Promise<Uint8Array> {
  const stream = new Blob([content as BlobPart]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of chunksOf(stream)) {
      length += chunk.length
      if (length > size)
        throw new DataError('size', `holds more than the ${size} bytes that the archive says`, { file })
      parts.push(chunk)
    }
  } catch (error) {
    if (error instanceof DataError) throw error
    throw new DataError(
      'corrupt',
      `cannot be decompressed (${(error as Error).message})`,
      { file },
      { cause: error },
    )
  }
  if (length !== size) {
    throw new DataError('corrupt', `holds ${length} bytes, but the archive says ${size}`, { file })
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
