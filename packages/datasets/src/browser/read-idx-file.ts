/** IDX files in a browser, raw or compressed with gzip: decompression and hashes by what the browser offers. */
import { DataError } from '../errors.ts'
import { beginsAsGzip, collectIdx, MAX_DEFLATE_RATIO } from '../idx.ts'

/**
 * Returns the uncompressed bytes of an IDX file that may be compressed with gzip, never more than its header says, nor
 * than the compressed bytes can hold. `bytes` is the size that it must have, if known. Throws a `DataError`.
 */
export async function decompressIdx(parts: Uint8Array[], file: string, bytes?: number): Promise<Uint8Array> {
  const blob = new Blob(parts as BlobPart[])
  const isGzip = beginsAsGzip(new Uint8Array(await blob.slice(0, 2).arrayBuffer()))
  const expected = { file, bytes, maxBytes: blob.size * (isGzip ? MAX_DEFLATE_RATIO : 1) }
  if (!isGzip) return collectIdx(chunksOf(blob.stream()), expected)
  try {
    return await collectIdx(decompress([blob]), expected)
  } catch (error) {
    if (error instanceof DataError) throw error
    const members = await splitMembers(blob)
    if (members.length > 1) return collectIdx(decompress(members), expected)
    const message = `not a complete gzip file (${(error as Error).message}): get it again`
    throw new DataError('corrupt', message, { file }, { cause: error })
  }
}

async function* decompress(members: readonly Blob[]): AsyncGenerator<Uint8Array> {
  for (const member of members) yield* chunksOf(member.stream().pipeThrough(new DecompressionStream('gzip')))
}

/**
 * Splits a gzip file into its members, which follow one another; none if they are not complete. A browser decompresses one
 * member alone and does not say where it ends, so every place that looks like the beginning of the next one is tried.
 */
async function splitMembers(blob: Blob): Promise<Blob[]> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const members: Blob[] = []
  let start = 0
  for (let end = 1; end <= bytes.length; end++) {
    const mayEnd = end === bytes.length || (beginsAsGzip(bytes, end) && bytes[end + 2] === DEFLATE)
    if (!mayEnd) continue
    const member = blob.slice(start, end)
    if (!(await isComplete(member))) continue
    members.push(member)
    start = end
  }
  return start === bytes.length ? members : []
}

/** The only method of compression that gzip has. */
const DEFLATE = 8

async function isComplete(member: Blob): Promise<boolean> {
  try {
    for await (const _chunk of decompress([member]));
    return true
  } catch {
    return false
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
