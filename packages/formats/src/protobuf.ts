/**
 * An encoder for protobuf messages, as ONNX models and TensorBoard's event files need it. A message is its fields one
 * after the other: `concatBytes([uintField(1, 150), stringField(2, 'W1')])`.
 *
 * Source: protobuf.dev/programming-guides/encoding.
 */
import { showValue } from '@gosa/linalg/options'
import { checkBytes, concatBytes, littleEndianBytes } from './bytes.ts'

export { concatBytes }

/** An encoded field: its number and wire type, then its value. */
export type Field = Uint8Array

const WIRE_TYPE = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const

/** Encodes an integer from 0 to 2⁵³ − 1: `int64`, `uint64`, `int32`, or an enum. */
export const uintField = (field: number, value: number): Field =>
  concatBytes([tag('uintField', field, 'varint'), varint('uintField', value)])

/** Encodes a `double`. */
export const doubleField = (field: number, value: number): Field =>
  concatBytes([
    tag('doubleField', field, 'fixed64'),
    littleEndianBytes(Float64Array.of(checkNumber('doubleField', value))),
  ])

/** Encodes a `float`. */
export const floatField = (field: number, value: number): Field =>
  concatBytes([
    tag('floatField', field, 'fixed32'),
    littleEndianBytes(Float32Array.of(checkNumber('floatField', value))),
  ])

/** Encodes `bytes`. */
export function bytesField(field: number, value: Uint8Array): Field {
  checkBytes('bytesField', value)
  return lengthDelimited('bytesField', field, value)
}

/** Encodes a `string`. */
export function stringField(field: number, value: string): Field {
  if (typeof value !== 'string')
    throw new TypeError(`stringField: a string is needed, not ${showValue(value)}`)
  return lengthDelimited('stringField', field, new TextEncoder().encode(value))
}

/** Encodes a nested message of the given fields. */
export function messageField(field: number, ...fields: readonly Field[]): Field {
  for (const one of fields) checkBytes('messageField', one)
  return lengthDelimited('messageField', field, concatBytes(fields))
}

/** Encodes packed repeated integers from 0 to 2⁵³ − 1. */
export function packedUintsField(field: number, values: readonly number[]): Field {
  checkArray('packedUintsField', values)
  const bytes = concatBytes(values.map((value) => varint('packedUintsField', value)))
  return lengthDelimited('packedUintsField', field, bytes)
}

/** Encodes packed repeated `double`s. */
export function packedDoublesField(field: number, values: ArrayLike<number>): Field {
  checkArray('packedDoublesField', values)
  return lengthDelimited('packedDoublesField', field, littleEndianBytes(Float64Array.from(values)))
}

function lengthDelimited(caller: string, field: number, value: Uint8Array): Field {
  return concatBytes([tag(caller, field, 'lengthDelimited'), varint(caller, value.length), value])
}

function tag(caller: string, field: number, type: keyof typeof WIRE_TYPE): Uint8Array {
  if (Number.isInteger(field) && field > 0) return varint(caller, 8 * field + WIRE_TYPE[type])
  throw new RangeError(
    `${caller}: the number of a field is an integer of at least 1, not ${showValue(field)}`,
  )
}

/** Seven bits per byte, lowest first; all but the last have the eighth bit set. Divides, since shifts end at 32 bits. */
function varint(caller: string, value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${caller}: integers are from 0 to 2⁵³ − 1, not ${showValue(value)}`)
  }
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Uint8Array.from([...bytes, rest])
}

function checkNumber(caller: string, value: number): number {
  if (typeof value === 'number') return value
  throw new TypeError(`${caller}: a number is needed, not ${showValue(value)}`)
}

function checkArray(caller: string, values: ArrayLike<number>): void {
  if (Array.isArray(values) || ArrayBuffer.isView(values)) return
  throw new TypeError(`${caller}: an array of numbers is needed, not ${showValue(values)}`)
}
