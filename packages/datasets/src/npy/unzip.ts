import { chunksOf } from '../download/chunks-of.ts'
import { DataError } from '../errors.ts'
import { crc32 } from './crc32.ts'
import { joined } from './joined.ts'
import { STORED, type ZipEntry } from './zip-directory.ts'

/** The bytes of a file in an archive. Rejects with a `DataError` unless they have the size and checksum of the directory. */
export async function unzip(bytes: Uint8Array, entry: ZipEntry, file: string): Promise<Uint8Array> {
  const packed = packedBytes(bytes, entry, file)
  const content = entry.method === STORED ? packed : await inflate(packed, entry.size, file)
  if (content.length !== entry.size) {
    throw new DataError('corrupt', `holds ${content.length} bytes, but the archive says ${entry.size}`, {
      file,
    })
  }
  if (crc32(content) !== entry.crc) {
    throw new DataError('corrupt', 'its checksum is not the one that the archive gives', { file })
  }
  return content
}

function packedBytes(bytes: Uint8Array, { packed, offset }: ZipEntry, file: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== 0x04034b50) {
    throw new DataError('corrupt', 'is not where the directory of the archive says', { file, offset })
  }
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const content = bytes.subarray(start, start + packed)
  if (content.length !== packed)
    throw new DataError('truncated', 'the archive ends within it', { file, offset: start })
  return content
}

/** Never more than `size` bytes are taken. */
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
  return joined(parts)
}
