/**
 * The IDX format, in which MNIST and its successors are stored, big-endian:
 *
 *     2 bytes            0
 *     1 byte             type of the elements
 *     1 byte             rank
 *     4 bytes per axis   length
 *     elements           row-major
 *
 * Source: the description of the format on Y. LeCun's MNIST page.
 */
import { showShape } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { DataError } from './errors.ts'

/** The content of an IDX file: row-major elements in the typed array of their type. */
export type IdxArray = { readonly shape: readonly number[] } & (
  | { readonly dtype: 'uint8'; readonly data: Uint8Array }
  | { readonly dtype: 'int8'; readonly data: Int8Array }
  | { readonly dtype: 'int16'; readonly data: Int16Array }
  | { readonly dtype: 'int32'; readonly data: Int32Array }
  | { readonly dtype: 'float32'; readonly data: Float32Array }
  | { readonly dtype: 'float64'; readonly data: Float64Array }
)

/**
 * Returns the content of an IDX file. Elements of one byte are a view of `bytes`, longer ones a copy in the machine's byte
 * order. `file` is a name for error messages.
 *
 * Throws a `DataError` if magic, type, rank or sizes are wrong, or the file is not exactly as long as its header says.
 */
export function parseIdx(bytes: Uint8Array, options?: { file?: string }): IdxArray {
  const { file } = checkOptions('parseIdx', options, ['file'])
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(
      'parseIdx: bytes must be a Uint8Array; convert an ArrayBuffer by new Uint8Array(buffer)',
    )
  }
  const header = readHeader(bytes, file)
  if (!header) throw endsInHeader(bytes.length, file)
  checkLength(bytes.length, header, file)
  return readElements(bytes, header)
}

function readElements(bytes: Uint8Array, { dtype, shape, start, end }: IdxHeader): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start)
  const count = (bytesPerElement: number) => ({ length: view.byteLength / bytesPerElement })
  switch (dtype) {
    case 'uint8':
      return { dtype, shape, data: bytes.subarray(start, end) }
    case 'int8':
      return { dtype, shape, data: new Int8Array(bytes.buffer, bytes.byteOffset + start, end - start) }
    case 'int16':
      return { dtype, shape, data: Int16Array.from(count(2), (_, i) => view.getInt16(2 * i)) }
    case 'int32':
      return { dtype, shape, data: Int32Array.from(count(4), (_, i) => view.getInt32(4 * i)) }
    case 'float32':
      return { dtype, shape, data: Float32Array.from(count(4), (_, i) => view.getFloat32(4 * i)) }
    case 'float64':
      return { dtype, shape, data: Float64Array.from(count(8), (_, i) => view.getFloat64(8 * i)) }
  }
}

/** No byte of deflate can expand to more than this many, by its format. */
export const MAX_DEFLATE_RATIO = 1032

/** Whether bytes begin at `at` as a gzip file does, whatever the name of the file says. */
export const beginsAsGzip = (bytes: Uint8Array, at = 0): boolean =>
  bytes[at] === 0x1f && bytes[at + 1] === 0x8b

/** What is known of an IDX file before it is read. */
export interface ExpectedIdx {
  /** Its name, for error messages. */
  readonly file?: string
  /** Its exact size. */
  readonly bytes?: number
  /** The largest size that is possible: what the bytes on the disk can hold. */
  readonly maxBytes?: number
}

/**
 * Collects the bytes of an IDX file from the chunks of a stream, never more than its header says: a stream that goes on is
 * refused at once, and a size that cannot come is refused before memory is allocated.
 *
 * Throws a `DataError`, as `parseIdx` does.
 */
export async function collectIdx(
  chunks: AsyncIterable<Uint8Array>,
  expected: ExpectedIdx = {},
): Promise<Uint8Array> {
  const { file } = expected
  let header: IdxHeader | undefined
  let bytes: Uint8Array = new Uint8Array(0)
  let length = 0
  const append = (chunk: Uint8Array, capacity: number) => {
    if (capacity > bytes.length) {
      const larger = new Uint8Array(capacity)
      larger.set(bytes.subarray(0, length))
      bytes = larger
    }
    bytes.set(chunk, length)
    length += chunk.length
  }
  for await (const chunk of chunks) {
    if (!header) {
      append(chunk, length + chunk.length)
      header = readHeader(bytes.subarray(0, length), file)
      if (!header) continue
      checkExpected(header, expected)
      append(new Uint8Array(0), header.end)
    } else if (length + chunk.length <= header.end) append(chunk, header.end)
    else length += chunk.length
    if (length > header.end) {
      const message = `its header promises ${header.end} bytes, but more follow: the rest was not read`
      throw new DataError('size', message, { file, offset: header.end })
    }
  }
  if (!header) throw endsInHeader(length, file)
  checkLength(length, header, file)
  return bytes
}

function checkExpected(
  { shape, dtype, end }: IdxHeader,
  { file, bytes, maxBytes = Infinity }: ExpectedIdx,
): void {
  const promise = `its header promises shape ${showShape(shape)} of ${dtype}, ${end} bytes`
  if (bytes !== undefined && end !== bytes) {
    throw new DataError('size', `${promise}, but the file of this name has ${bytes}`, { file, offset: 4 })
  }
  if (end > maxBytes) {
    const message = `${promise}, but the file can hold at most ${maxBytes}`
    throw new DataError('truncated', message, { file, offset: 4 })
  }
}

type IdxDType = IdxArray['dtype']

const ELEMENT_TYPES: Readonly<Record<number, { dtype: IdxDType; bytes: number }>> = {
  8: { dtype: 'uint8', bytes: 1 },
  9: { dtype: 'int8', bytes: 1 },
  11: { dtype: 'int16', bytes: 2 },
  12: { dtype: 'int32', bytes: 4 },
  13: { dtype: 'float32', bytes: 4 },
  14: { dtype: 'float64', bytes: 8 },
}

/** What the header says. */
interface IdxHeader {
  readonly dtype: IdxDType
  readonly shape: readonly number[]
  /** Where the elements begin. */
  readonly start: number
  /** Where they end: the size of the file. */
  readonly end: number
}

/** Returns `undefined` if the bytes end before the header does; throws a `DataError` if they are not an IDX file. */
function readHeader(bytes: Uint8Array, file?: string): IdxHeader | undefined {
  const formatError = (offset: number, message: string) => new DataError('format', message, { file, offset })
  if (beginsAsGzip(bytes)) throw formatError(0, 'compressed by gzip: decompress it first')
  for (let i = 0; i < Math.min(2, bytes.length); i++) {
    if (bytes[i] !== 0) {
      throw formatError(i, `not an IDX file: the first two bytes must be 0, but one is ${bytes[i]}`)
    }
  }
  if (bytes.length < 4) return undefined
  const [, , code, rank] = bytes
  const type = ELEMENT_TYPES[code]
  if (!type) {
    throw formatError(2, `there is no IDX type ${code}; there are ${Object.keys(ELEMENT_TYPES).join(', ')}`)
  }
  if (rank === 0) throw formatError(3, 'the rank is 0, but an IDX file has at least one axis')
  const start = 4 + 4 * rank
  if (bytes.length < start) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
  const end = shape.reduce((product, length) => product * length, type.bytes) + start
  if (!Number.isSafeInteger(end)) throw formatError(4, `shape ${showShape(shape)} is larger than any file`)
  return { dtype: type.dtype, shape, start, end }
}

const endsInHeader = (length: number, file?: string): DataError =>
  new DataError('truncated', 'the file ends within its header', { file, offset: length })

function checkLength(length: number, { shape, dtype, end }: IdxHeader, file?: string): void {
  if (length === end) return
  const [code, advice] =
    length < end
      ? (['truncated', 'get the file again'] as const)
      : (['trailing', 'something was appended'] as const)
  throw new DataError(
    code,
    `shape ${showShape(shape)} of ${dtype} takes ${end} bytes with the header, but the file has ${length}: ${advice}`,
    { file, offset: Math.min(length, end) },
  )
}
