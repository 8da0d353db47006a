import { DataError, type DataLocation } from '../errors.ts'
import { checkLength, type IdxHeader, readIdxHeader } from './header.ts'

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
 * Reads the bytes of an IDX file, the format of MNIST. Elements of one byte are a view of `bytes`, longer ones a copy,
 * turned from big-endian into the machine's order.
 *
 * Throws a `DataError` where magic, type, rank or sizes are wrong, or the file is not exactly as long as they promise.
 *
 * Source: the description of the format on the MNIST page of Y. LeCun.
 */
export function parseIdx(bytes: Uint8Array, place: DataLocation = {}): IdxArray {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(
      'parseIdx: bytes must be a Uint8Array; new Uint8Array(buffer) makes one of an ArrayBuffer',
    )
  }
  const header = readIdxHeader(bytes, place)
  if (!header)
    throw new DataError('truncated', 'it ends within its header', { ...place, offset: bytes.length })
  checkLength(bytes.length, header, place)
  return elementsOf(bytes, header)
}

function elementsOf(bytes: Uint8Array, { dtype, shape, start, end }: IdxHeader): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start)
  const count = (size: number) => ({ length: view.byteLength / size })
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
