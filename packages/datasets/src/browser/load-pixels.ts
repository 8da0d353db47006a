import { compressedLimit } from '../download/compressed-limit.ts'
import { type DownloadOptions, download } from '../download/download.ts'
import type { Sink } from '../download/request.ts'
import type { RawImageDataset } from '../images/assemble.ts'
import { checkHash } from '../images/check-hash.ts'
import { type ReadFile, readSet } from '../images/read-set.ts'
import type { ImageSource, SourceFile } from '../images/sources.ts'
import { decompress } from './decompress.ts'
import { sha256 } from './sha256.ts'

/**
 * A set of the MNIST family as it is stored, a byte a pixel, by `fetch`: from `mirrors`, such as a folder of your own
 * server (`['/data/mnist/']`), or the set's own, which must allow other sites to read them. Kept by the browser's own
 * HTTP cache alone.
 *
 * Rejects with a `DataError` where a file cannot be downloaded, is broken, or another.
 */
export function loadRawImages(source: ImageSource, options: DownloadOptions = {}): Promise<RawImageDataset> {
  return readSet((role) => fetchFile(source, source.files[role], options), source)
}

async function fetchFile(
  source: ImageSource,
  known: SourceFile,
  options: DownloadOptions,
): Promise<ReadFile> {
  const file = `${known.name}.gz`
  const memory = memorySink()
  let read: ReadFile = { file, bytes: new Uint8Array(0), pinned: false }
  const verify = async () => {
    const bytes = await decompress(memory.parts(), file, known.bytes)
    read = { file, bytes, pinned: await checkHash({ file, bytes }, sha256, known, source.name) }
  }
  const advice = 'Or serve the files yourself and name their folder as a mirror'
  await download({ file, limit: compressedLimit(known.bytes), advice }, memory.sink, verify, {
    mirrors: source.mirrors,
    ...options,
  })
  return read
}

/** Keeps what comes in memory. */
function memorySink(): { sink: Sink; parts: () => Uint8Array[] } {
  let parts: Uint8Array[] = []
  let length = 0
  return {
    parts: () => parts,
    sink: {
      received: () => length,
      async write(chunk) {
        parts.push(chunk)
        length += chunk.length
      },
      async restart() {
        parts = []
        length = 0
      },
    },
  }
}
