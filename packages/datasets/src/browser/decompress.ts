import { chunksOf } from '../download/chunks-of.ts'
import { DataError } from '../errors.ts'
import { collectIdx } from '../idx/collect-idx.ts'

/** No byte of deflate can hold more than this many, by its format. */
const DEFLATE_RATIO = 1032

/**
 * The uncompressed bytes of an IDX file that may be compressed, never more than its header promises, nor that where so many
 * bytes cannot hold it.
 */
export async function decompress(parts: Uint8Array[], file: string, bytes?: number): Promise<Uint8Array> {
  const blob = new Blob(parts as BlobPart[])
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer())
  const isGzip = first === 0x1f && second === 0x8b
  const stream = isGzip ? blob.stream().pipeThrough(new DecompressionStream('gzip')) : blob.stream()
  const most = blob.size * (isGzip ? DEFLATE_RATIO : 1)
  try {
    return await collectIdx(chunksOf(stream), { file, bytes, most })
  } catch (error) {
    if (error instanceof DataError) throw error
    const { message } = error as Error
    throw new DataError(
      'corrupt',
      `is no whole gzip file (${message}): get it anew`,
      { file },
      { cause: error },
    )
  }
}
