/**
 * ZIP archives as far as NumPy's `.npz` needs them: stored or deflated files, checksums compared, sizes limited.
 *
 *     local header + content, per file      at `offset`
 *     directory: one record per file        name, method, CRC-32, sizes, offset
 *     end record (22 bytes)                 number of files, where the directory begins
 *
 * Source: PKWARE's description of the ZIP format (APPNOTE.TXT).
 */
import { concatBytes } from './bytes.ts'
import { FormatError } from './errors.ts'

const LOCAL_HEADER = { signature: 0x04034b50, bytes: 30 }
const DIRECTORY_RECORD = { signature: 0x02014b50, bytes: 46 }
const END_RECORD = { signature: 0x06054b50, bytes: 22 }

const STORED = 0
const DEFLATED = 8
const ENCRYPTED_FLAG = 1
const UTF8_NAME_FLAG = 0x800
const MIN_READER_VERSION = 20
/** 1 January 1980, midnight: the format's earliest date, so that the same files give the same bytes. */
const EARLIEST_DATE = 0x21
const MAX_FILES = 0xffff
const MAX_UINT32 = 0xffffffff
/** Deflate's best: 258 bytes by two codes of one bit each. */
const MAX_DEFLATE_RATIO = 1032

/** Bytes that are not a valid ZIP archive, or that hold more than allowed. */
export class ZipError extends FormatError<'format' | 'truncated' | 'corrupt' | 'size'> {
  override readonly name = 'ZipError'
}

/** What the directory of an archive says of a file. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly compressedSize: number
  readonly size: number
  /** Where its local header begins. */
  readonly offset: number
}

/**
 * Returns an archive of the files in the given order, uncompressed.
 *
 * Throws a `RangeError` for more than 65,535 files or 4 GiB.
 */
export function writeZip(files: readonly { name: string; content: Uint8Array }[]): Uint8Array {
  const local: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, content } of files) {
    const nameBytes = new TextEncoder().encode(name)
    const size = content.length
    const [time, extraLength] = [0, 0]
    const common = [
      ...[u16(MIN_READER_VERSION), u16(UTF8_NAME_FLAG), u16(STORED), u16(time), u16(EARLIEST_DATE)],
      ...[u32(crc32(content)), u32(size), u32(size), u16(nameBytes.length), u16(extraLength)],
    ]
    const [commentLength, disk, internalAttributes, externalAttributes] = [0, 0, 0, 0]
    directory.push(
      u32(DIRECTORY_RECORD.signature),
      u16(MIN_READER_VERSION),
      ...common,
      ...[u16(commentLength), u16(disk), u16(internalAttributes), u32(externalAttributes)],
      u32(offset),
      nameBytes,
    )
    local.push(u32(LOCAL_HEADER.signature), ...common, nameBytes, content)
    offset += LOCAL_HEADER.bytes + nameBytes.length + size
  }
  const directoryBytes = concatBytes(directory)
  if (offset + directoryBytes.length > MAX_UINT32 || files.length > MAX_FILES) {
    throw new RangeError('encodeNpz: an archive holds at most 65,535 arrays and less than 4 GiB')
  }
  const [disk, directoryDisk, commentLength] = [0, 0, 0]
  return concatBytes([
    ...local,
    directoryBytes,
    ...[u32(END_RECORD.signature), u16(disk), u16(directoryDisk)],
    ...[u16(files.length), u16(files.length), u32(directoryBytes.length), u32(offset), u16(commentLength)],
  ])
}

const u16 = (value: number) => Uint8Array.of(value, value >>> 8)
const u32 = (value: number) => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24)

/**
 * Returns the files of an archive by the directory at its end. Throws a `ZipError` if the directory is broken, or files
 * are encrypted, use another compression than deflate, or overlap.
 */
export function readZipDirectory(bytes: Uint8Array, file?: string): ZipEntry[] {
  const formatError = (offset: number, message: string) => new ZipError('format', message, { file, offset })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - END_RECORD.bytes
  while (end >= 0 && view.getUint32(end, true) !== END_RECORD.signature) end--
  if (end < 0) {
    throw formatError(0, 'not a .npz file, or truncated: the directory that ends a ZIP archive is missing')
  }
  const count = view.getUint16(end + 10, true)
  const entries: ZipEntry[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + DIRECTORY_RECORD.bytes > end || view.getUint32(at, true) !== DIRECTORY_RECORD.signature) {
      throw formatError(at, 'the directory of the archive is broken')
    }
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)]
    const [crc, compressedSize, size, offset] = [16, 20, 24, 42].map((field) =>
      view.getUint32(at + field, true),
    )
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    )
    if (flags & ENCRYPTED_FLAG) throw formatError(at, 'the archive is encrypted')
    if (method !== STORED && method !== DEFLATED) {
      throw formatError(at, `compression method ${method} is not known`)
    }
    if ([compressedSize, size, offset].includes(MAX_UINT32)) {
      throw formatError(at, 'arrays of 4 GiB or more are not read')
    }
    const nameStart = at + DIRECTORY_RECORD.bytes
    const name = new TextDecoder().decode(bytes.subarray(nameStart, nameStart + nameLength))
    entries.push({ name, method, crc, compressedSize, size, offset })
    at = nameStart + nameLength + extraLength + commentLength
  }
  if (at !== end) throw formatError(at, 'the directory of the archive lists more or fewer files than it says')
  checkNoOverlap(entries, file)
  return entries
}

/** Throws if files share bytes: overlapping entries are how a small archive pretends to hold a large one. */
function checkNoOverlap(entries: readonly ZipEntry[], file?: string): void {
  let reached = 0
  for (const { name, offset, compressedSize } of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (offset < reached) {
      throw new ZipError('format', `${name} begins within the file before it`, { file, offset })
    }
    reached = offset + compressedSize
  }
}

/**
 * Returns the content of a file in an archive; `file` is its name for error messages. Rejects with a `ZipError` unless
 * the content has the size and checksum that the directory says.
 */
export async function readZipEntry(bytes: Uint8Array, entry: ZipEntry, file: string): Promise<Uint8Array> {
  const { method, size, crc, offset } = entry
  const compressed = compressedBytes(bytes, entry, file)
  const content = method === STORED ? compressed : await inflate(compressed, entry, file)
  if (content.length !== size) {
    const message = `holds ${content.length} bytes, but the archive says ${size}`
    throw new ZipError('corrupt', message, { file, offset })
  }
  if (crc32(content) !== crc) {
    throw new ZipError('corrupt', 'its checksum differs from the one in the archive', { file, offset })
  }
  return content
}

function compressedBytes(bytes: Uint8Array, { compressedSize, offset }: ZipEntry, file: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const fits = offset + LOCAL_HEADER.bytes <= bytes.length
  if (!fits || view.getUint32(offset, true) !== LOCAL_HEADER.signature) {
    throw new ZipError('corrupt', 'is not where the directory of the archive says', { file, offset })
  }
  const [nameLength, extraLength] = [view.getUint16(offset + 26, true), view.getUint16(offset + 28, true)]
  const start = offset + LOCAL_HEADER.bytes + nameLength + extraLength
  const content = bytes.subarray(start, start + compressedSize)
  if (content.length !== compressedSize) {
    throw new ZipError('truncated', 'the archive ends within it', { file, offset: start })
  }
  return content
}

/**
 * Inflates at most as many bytes as the directory states, so that a small file cannot fill the memory. The buffer is allocated
 * once, and only if deflate can expand the compressed bytes to that size.
 */
async function inflate(content: Uint8Array, { size, offset }: ZipEntry, file: string): Promise<Uint8Array> {
  if (size > content.length * MAX_DEFLATE_RATIO) {
    const message = `cannot hold the ${size} bytes that the archive says in ${content.length} compressed ones`
    throw new ZipError('corrupt', message, { file, offset })
  }
  const blob = new Blob([content as BlobPart])
  const reader = blob.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const inflated = new Uint8Array(size)
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return inflated.subarray(0, length)
      if (length + value.length > size) {
        const message = `holds more than the ${size} bytes that the archive says`
        throw new ZipError('size', message, { file, offset })
      }
      inflated.set(value, length)
      length += value.length
    }
  } catch (error) {
    if (error instanceof ZipError) throw error
    const message = `cannot be decompressed (${(error as Error).message})`
    throw new ZipError('corrupt', message, { file, offset }, { cause: error })
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** The remainder of each byte by the polynomial 0xEDB88320 (reflected). */
const CRC_TABLE = /* @__PURE__ */ Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
  }
  return remainder
})

/** Returns the CRC-32 of bytes, the checksum of ZIP archives. Source: ISO 3309. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ bytes[i]) & 255]
  return (crc ^ 0xffffffff) >>> 0
}
