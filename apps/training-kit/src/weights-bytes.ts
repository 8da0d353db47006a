import { littleEndianBytes } from '@gosa/networks'

/** The bytes of parameters, one after the other, little-endian: what `weightsSha256` is the hash of. */
export function weightsBytes(
  parameters: readonly { readonly value: { readonly data: Float32Array | Float64Array } }[],
): Uint8Array<ArrayBuffer> {
  const parts = parameters.map(({ value }) => littleEndianBytes(value.data))
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
