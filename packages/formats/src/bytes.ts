/** Bytes: joined, and as the elements of typed arrays in the little-endian order of all these formats. */
import type { FloatArray } from '@gosa/linalg'
import { showValue } from '@gosa/linalg/options'

/** Returns the parts one after the other, as one array. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  if (!Array.isArray(parts)) {
    throw new TypeError(`concatBytes: parts must be an array of Uint8Array, not ${showValue(parts)}`)
  }
  for (const part of parts) checkBytes('concatBytes', part)
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}

/** Throws a `TypeError`, which begins with `caller`, unless these are bytes. */
export function checkBytes(caller: string, bytes: unknown): asserts bytes is Uint8Array {
  if (bytes instanceof Uint8Array) return
  const hint = bytes instanceof ArrayBuffer ? ': new Uint8Array(buffer) makes one of it' : ''
  throw new TypeError(`${caller}: bytes must be a Uint8Array, not ${showValue(bytes)}${hint}`)
}

/** Throws a `TypeError`, which begins with `caller`, unless `value` is an object with values by name. */
export function checkRecord(caller: string, what: string, value: unknown): void {
  if (Object.prototype.toString.call(value) === '[object Object]') return
  throw new TypeError(`${caller}: ${what} must be an object, each under its name, not ${showValue(value)}`)
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/** Returns the elements' bytes in little-endian order: a view on a little-endian machine, as nearly all are, else a copy. */
export function littleEndianBytes(data: FloatArray): Uint8Array {
  if (!ArrayBuffer.isView(data)) {
    throw new TypeError(`littleEndianBytes: elements must be a typed array, not ${showValue(data)}`)
  }
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return isLittleEndian ? bytes : swapBytes(bytes, data.BYTES_PER_ELEMENT)
}

/** Returns a copy of little-endian bytes in the order of this machine. */
export function fromLittleEndian(bytes: Uint8Array, bytesPerElement: number): ArrayBuffer {
  const native = isLittleEndian ? bytes : swapBytes(bytes, bytesPerElement)
  // Not `native.slice()`: Node's Buffer, into which files are read, returns a view by it.
  return new Uint8Array(native).buffer
}

function swapBytes(bytes: Uint8Array, bytesPerElement: number): Uint8Array {
  const copy = new Uint8Array(bytes)
  for (let i = 0; i < copy.length; i += bytesPerElement) copy.subarray(i, i + bytesPerElement).reverse()
  return copy
}
