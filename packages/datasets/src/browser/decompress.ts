import { DataError } from '../data-error.ts'
import { chunksOf } from '../download/chunks-of.ts'
import { collectIdx } from '../idx/collect-idx.ts'

/** The uncompressed bytes of an IDX file that may be compressed, never more than its header promises. */
export async function decompress(parts: Uint8Array[], file: string, bytes?: number): Promise<Uint8Array> {
  const blob = new Blob(parts as BlobPart[])
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer())
  const isGzip = first === 0x1f && second === 0x8b
  const stream = isGzip ? blob.stream().pipeThrough(new DecompressionStream('gzip')) : blob.stream()
  try {
    return await collectIdx(chunksOf(stream), { file, bytes })
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
