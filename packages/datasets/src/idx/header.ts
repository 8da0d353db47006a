import { showShape } from '@gosa/linalg'
import { DataError, type DataLocation } from '../errors.ts'

/** The six element types of an IDX file. */
export type IdxDType = 'uint8' | 'int8' | 'int16' | 'int32' | 'float32' | 'float64'

const TYPES: Readonly<Record<number, readonly [IdxDType, number]>> = {
  8: ['uint8', 1],
  9: ['int8', 1],
  11: ['int16', 2],
  12: ['int32', 4],
  13: ['float32', 4],
  14: ['float64', 8],
}

/** What the first bytes of an IDX file promise. */
export interface IdxHeader {
  readonly dtype: IdxDType
  readonly shape: readonly number[]
  /** The length of the header in bytes, where the elements begin. */
  readonly start: number
  /** The length of the whole file in bytes. */
  readonly end: number
}

/**
 * Reads the header of an IDX file: two zero bytes, the type, the rank, then the length of each axis in 4 bytes,
 * big-endian. Answers `undefined` where the bytes end before the header does. Throws a `DataError` where they are no
 * IDX file.
 */
export function readIdxHeader(bytes: Uint8Array, { file }: DataLocation = {}): IdxHeader | undefined {
  const wrong = (offset: number, message: string) => new DataError('format', message, { file, offset })
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) throw wrong(0, 'compressed by gzip: decompress it first')
  for (let i = 0; i < Math.min(2, bytes.length); i++) {
    if (bytes[i] !== 0)
      throw wrong(i, `not an IDX file: the first two bytes must be 0, but one is ${bytes[i]}`)
  }
  if (bytes.length < 4) return undefined
  const [, , code, rank] = bytes
  const type = TYPES[code]
  if (!type) throw wrong(2, `no IDX type has the number ${code}; there are ${Object.keys(TYPES).join(', ')}`)
  if (rank === 0) throw wrong(3, 'the rank is 0, but an IDX file has at least one axis')
  const start = 4 + 4 * rank
  if (bytes.length < start) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
  const [dtype, size] = type
  const end = shape.reduce((product, length) => product * length, size) + start
  if (!Number.isSafeInteger(end)) throw wrong(4, `shape ${showShape(shape)} is larger than any file`)
  return { dtype, shape, start, end }
}

/** Throws unless the file is as long as its header promises. */
export function checkLength(length: number, { shape, dtype, end }: IdxHeader, { file }: DataLocation): void {
  if (length === end) return
  const [code, advice] =
    length < end
      ? (['truncated', 'get the file anew'] as const)
      : (['trailing', 'something was appended'] as const)
  throw new DataError(
    code,
    `shape ${showShape(shape)} of ${dtype} takes ${end} bytes with the header, but the file has ${length}: ${advice}`,
    { file, offset: Math.min(length, end) },
  )
}
