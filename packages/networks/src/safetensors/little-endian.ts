import type { FloatArray } from '@gosa/linalg'

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/** The elements' bytes in little-endian order: a view where the machine is of that order, as nearly all are. */
export function littleEndianBytes(data: FloatArray): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return isLittleEndian ? bytes : swapped(bytes, data.BYTES_PER_ELEMENT)
}

/** A copy of little-endian bytes in the machine's order. */
export function fromLittleEndian(bytes: Uint8Array, elementSize: number): ArrayBuffer {
  const own = isLittleEndian ? bytes : swapped(bytes, elementSize)
  // Not slice: Node's Buffer, which files are read into, gives a view by it.
  return new Uint8Array(own).buffer
}

function swapped(bytes: Uint8Array, elementSize: number): Uint8Array {
  const copy = new Uint8Array(bytes)
  for (let i = 0; i < copy.length; i += elementSize) copy.subarray(i, i + elementSize).reverse()
  return copy
}
