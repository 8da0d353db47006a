/** A field of a protobuf message, as bytes: its number and wire type, and its value. */
export type Field = Uint8Array

/**
 * The wire format of protobuf, of which a message is its fields one after the other.
 *
 * Source: protobuf.dev/programming-guides/encoding.
 */
export const message = (...fields: readonly Field[]): Uint8Array => Buffer.concat(fields)

/** A whole number from 0 up, `int64` or an enum: wire type 0. */
export const int = (number: number, value: number): Field => message(varint(8 * number), varint(value))

/** A `double`: wire type 1. */
export const double = (number: number, value: number): Field =>
  message(varint(8 * number + 1), new Uint8Array(Float64Array.of(value).buffer))

/** A `float`: wire type 5. */
export const float = (number: number, value: number): Field =>
  message(varint(8 * number + 5), new Uint8Array(Float32Array.of(value).buffer))

/** Bytes with their length before them, such as a message in a message: wire type 2. */
export const bytes = (number: number, value: Uint8Array): Field =>
  message(varint(8 * number + 2), varint(value.length), value)

/** A text in UTF-8. */
export const text = (number: number, value: string): Field => bytes(number, Buffer.from(value))

/** `double`s, packed. */
export const doubles = (number: number, values: ArrayLike<number>): Field =>
  bytes(number, new Uint8Array(Float64Array.from(values).buffer))

/** Seven bits to a byte, the lowest first; all but the last have the highest bit set. Divided, since shifts end at 32 bits. */
function varint(value: number): Uint8Array {
  const groups: number[] = []
  for (; value > 0x7f; value = Math.floor(value / 128)) groups.push((value % 128) | 0x80)
  return Uint8Array.from([...groups, value])
}
