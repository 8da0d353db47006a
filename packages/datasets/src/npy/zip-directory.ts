import { DataError } from '../errors.ts'

/** How a file is kept in an archive. */
export const STORED = 0
export const DEFLATED = 8

/** What the directory of a ZIP archive says of a file. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/**
 * The files of an archive, by the directory at its end. Throws a `DataError` where that is broken, files are encrypted or
 * packed in a way of their own, or share bytes.
 */
export function zipEntries(bytes: Uint8Array, file?: string): ZipEntry[] {
  const wrong = (offset: number, message: string) => new DataError('format', message, { file, offset })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < 0)
    throw wrong(0, 'not a .npz file, or cut off: a ZIP archive ends with its directory, which is not there')
  const count = view.getUint16(end + 10, true)
  const found: ZipEntry[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50)
      throw wrong(at, 'the directory of the archive is broken')
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)]
    const [crc, packed, size, offset] = [16, 20, 24, 42].map((field) => view.getUint32(at + field, true))
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    if (flags & 1) throw wrong(at, 'the archive is encrypted')
    if (method !== STORED && method !== DEFLATED) throw wrong(at, `compression method ${method} is not known`)
    if ([packed, size, offset].includes(0xffffffff)) throw wrong(at, 'arrays of 4 GiB or more are not read')
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    found.push({ name, method, crc, packed, size, offset })
    at += 46 + nameLength + extra + comment
  }
  if (at !== end) throw wrong(at, 'the directory of the archive lists more or fewer files than it says')
  checkApart(found, file)
  return found
}

/** Entries that share bytes would make a small file a large one. */
function checkApart(found: readonly ZipEntry[], file?: string): void {
  let reached = 0
  for (const { name, offset, packed } of [...found].sort((a, b) => a.offset - b.offset)) {
    if (offset < reached) {
      throw new DataError('format', `${name} begins within the one before`, { file, offset })
    }
    reached = offset + packed
  }
}
