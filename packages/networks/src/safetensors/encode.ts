import type { Tensor } from '@gosa/linalg'
import { littleEndianBytes } from './little-endian.ts'

const DTYPES = { float32: 'F32', float64: 'F64' } as const

/**
 * Tensors as the bytes of a safetensors file, in the given order: 8 bytes for the length of the header, the header
 * as JSON (padded with spaces, so that the data begin at a multiple of 8), the elements one tensor after the other.
 *
 * Throws a `RangeError` for a name that the format, or `decodeSafetensors`, keeps for itself.
 *
 * Source: the description of the format in the README of the safetensors project.
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  for (const name of ['__metadata__', '__proto__']) {
    if (Object.hasOwn(tensors, name)) {
      throw new RangeError(`encodeSafetensors: a tensor cannot be called ${name}`)
    }
  }
  if (metadata && Object.hasOwn(metadata, '__proto__')) {
    throw new RangeError('encodeSafetensors: metadata cannot have the key __proto__')
  }
  const header: [string, unknown][] = metadata ? [['__metadata__', metadata]] : []
  let end = 0
  for (const [name, { shape, data, dtype }] of Object.entries(tensors)) {
    header.push([name, { dtype: DTYPES[dtype], shape, data_offsets: [end, end + data.byteLength] }])
    end += data.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)))
  const start = 8 + Math.ceil(json.length / 8) * 8
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true)
  bytes.set(json, 8)
  let offset = start
  for (const { data } of Object.values(tensors)) {
    bytes.set(littleEndianBytes(data), offset)
    offset += data.byteLength
  }
  return bytes
}
