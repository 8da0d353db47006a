/** Returns a file with the given header and elements, valid or not; `length` overrides the stated header length. */
export function file(header: string | Uint8Array, elements: number[] = [], length?: bigint): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const bytes = new Uint8Array(8 + text.length + elements.length)
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true)
  bytes.set(text, 8)
  bytes.set(elements, 8 + text.length)
  return bytes
}

export const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
export const fromHex = (text: string) =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** 1, −2, 0.5 and 0 as little-endian float32, computed by hand: sign, exponent + 127, fraction. */
export const FLOATS = '0000803f 000000c0 0000003f 00000000'.replaceAll(' ', '')
