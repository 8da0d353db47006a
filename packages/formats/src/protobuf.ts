/**
 * An encoder for protobuf messages, as ONNX models and TensorBoard's event files need it. A message is its fields one
 * after the other: `concatBytes([uintField(1, 150), stringField(2, 'W1')])`.
 *
 * Source: protobuf.dev/programming-guides/encoding.
 */
import { concatBytes, littleEndianBytes } from './bytes.ts'

export { concatBytes }

/** An encoded field: its number and wire type, then its value. */
export type Field = Uint8Array

const WIRE_TYPE = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const

/** Encodes an integer from 0 to 2⁵³ − 1: `int64`, `uint64`, `int32`, or an enum. */
export const uintField = (field: number, value: number): Field =>
  concatBytes([tag(field, 'varint'), varint(value)])

/** Encodes a `double`. */
export const doubleField = (field: number, value: number): Field =>
  concatBytes([tag(field, 'fixed64'), littleEndianBytes(Float64Array.of(value))])

/** Encodes a `float`. */
export const floatField = (field: number, value: number): Field =>
  concatBytes([tag(field, 'fixed32'), littleEndianBytes(Float32Array.of(value))])

/** Encodes `bytes`. */
export const bytesField = (field: number, value: Uint8Array): Field =>
  concatBytes([tag(field, 'lengthDelimited'), varint(value.length), value])

/** Encodes a `string`. */
export const stringField = (field: number, value: string): Field =>
  bytesField(field, new TextEncoder().encode(value))

/** Encodes a nested message of the given fields. */
export const messageField = (field: number, ...fields: readonly Field[]): Field =>
  bytesField(field, concatBytes(fields))

/** Encodes packed repeated integers from 0 to 2⁵³ − 1. */
export const packedUintsField = (field: number, values: readonly number[]): Field =>
  bytesField(field, concatBytes(values.map(varint)))

/** Encodes packed repeated `double`s. */
export const packedDoublesField = (field: number, values: ArrayLike<number>): Field =>
  bytesField(field, littleEndianBytes(Float64Array.from(values)))

const tag = (field: number, type: keyof typeof WIRE_TYPE): Uint8Array => varint(8 * field + WIRE_TYPE[type])

/** Seven bits per byte, lowest first; all but the last have the eighth bit set. Divides, since shifts end at 32 bits. */
function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Uint8Array.from([...bytes, rest])
}
