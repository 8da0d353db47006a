/** IDX files in a browser, raw or compressed with gzip: decompression and hashes by what the browser offers. */
import { DataError } from '../errors.ts'
import { collectIdx } from '../idx.ts'

/** No byte of deflate can expand to more than this many, by its format. */
const MAX_DEFLATE_RATIO = 1032

/**
 * Returns the uncompressed bytes of an IDX file that may be compressed with gzip, never more than its header says, nor
 * than the compressed bytes can hold. `bytes` is the size that it must have, if known. Throws a `DataError`.
 */
export async function decompressIdx(parts: Uint8Array[], file: string, bytes?: number): Promise<Uint8Array> {
  const blob = new Blob(parts as BlobPart[])
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer())
  const isGzip = first === 0x1f && second === 0x8b
  const stream = isGzip ? blob.stream().pipeThrough(new DecompressionStream('gzip')) : blob.stream()
  const maxBytes = blob.size * (isGzip ? MAX_DEFLATE_RATIO : 1)
  try {
    return await collectIdx(chunksOf(stream), { file, bytes, maxBytes })
  } catch (error) {
    if (error instanceof DataError) throw error
    const message = `not a complete gzip file (${(error as Error).message}): get it again`
    throw new DataError('corrupt', message, { file }, { cause: error })
  }
}

/** Iterates a stream; not every browser's streams are iterable. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // Ends the decompression if the consumer stopped early.
    await reader.cancel().catch(() => {})
  }
}

/** Returns the SHA-256 in hexadecimal; `undefined` on pages of plain http, to which browsers offer no hashes. */
export async function sha256(bytes: Uint8Array): Promise<string | undefined> {
  const digest = await globalThis.crypto?.subtle?.digest('SHA-256', bytes as BufferSource)
  return digest && Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
