/** A field of a message, ready to be written. */
export type Field = Uint8Array

const VARINT = 0
const LENGTH = 2

/** A field with a whole number from 0 up. */
export const number = (field: number, value: number): Field =>
  Uint8Array.of(...varint(8 * field + VARINT), ...varint(value))

/** A field with whole numbers from 0 up, packed. */
export const numbers = (field: number, values: readonly number[]): Field =>
  bytes(field, Uint8Array.from(values.flatMap(varint)))

/** A field with text. */
export const text = (field: number, value: string): Field => bytes(field, new TextEncoder().encode(value))

/** A field with a message of its own. */
export const message = (field: number, ...fields: readonly Field[]): Field => bytes(field, joined(fields))

/** A field with bytes. */
export const bytes = (field: number, content: Uint8Array): Field =>
  joined([Uint8Array.from([...varint(8 * field + LENGTH), ...varint(content.length)]), content])

/** A whole message: its fields one after the other. */
export const joined = (fields: readonly Field[]): Uint8Array => Buffer.concat(fields)

/** Seven bits a byte, the lowest first; all but the last have the eighth. Source: the encoding guide of Protocol Buffers. */
function varint(value: number): number[] {
  const low: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) low.push((rest % 128) + 128)
  return [...low, rest]
}
