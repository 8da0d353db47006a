import { showShape } from '@gosa/linalg'
import { DataError, type DataLocation } from '../errors.ts'
import { checkLength, type IdxHeader, readIdxHeader } from './header.ts'

/** What is known of an IDX file before it is read. */
export interface Expected extends DataLocation {
  /** Its length in bytes by the catalogue. */
  readonly bytes?: number
  /** The most that can come, such as what so many compressed bytes can hold. */
  readonly most?: number
}

/**
 * The bytes of an IDX file from the chunks of a stream, never more than its header promises: a stream that goes on is
 * refused at once, and so is a promise that cannot be kept, before memory is taken for it.
 *
 * Throws a `DataError`, as `parseIdx` does.
 */
export async function collectIdx(
  chunks: AsyncIterable<Uint8Array>,
  expected: Expected = {},
): Promise<Uint8Array> {
  let header: IdxHeader | undefined
  let bytes: Uint8Array = new Uint8Array(0)
  let length = 0
  for await (const chunk of chunks) {
    if (!header) {
      const begun = joined(bytes.subarray(0, length), chunk)
      header = readIdxHeader(begun, expected)
      if (header) checkPromise(header, expected)
      bytes = header && header.end > begun.length ? new Uint8Array(header.end) : begun
      if (bytes !== begun) bytes.set(begun)
      length = begun.length
    } else if (length + chunk.length <= header.end) {
      bytes.set(chunk, length)
      length += chunk.length
    } else length += chunk.length
    if (header && length > header.end) throw tooLong(header, expected)
  }
  if (!header) throw new DataError('truncated', 'it ends within its header', { ...expected, offset: length })
  checkLength(length, header, expected)
  return bytes
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

function checkPromise({ shape, dtype, end }: IdxHeader, { file, bytes, most = Infinity }: Expected): void {
  const promise = `its header promises shape ${showShape(shape)} of ${dtype}, ${end} bytes`
  if (bytes !== undefined && end !== bytes) {
    throw new DataError('size', `${promise}, but the file of this name has ${bytes}`, { file, offset: 4 })
  }
  if (end > most) {
    throw new DataError('truncated', `${promise}, but what is there can hold at most ${most}`, {
      file,
      offset: 4,
    })
  }
}

const tooLong = ({ end }: IdxHeader, { file }: Expected): DataError =>
  new DataError('size', `its header promises ${end} bytes, but more follow: it was not read on`, {
    file,
    offset: end,
  })
