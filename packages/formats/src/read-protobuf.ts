/**
 * A reader of protobuf messages: the reverse of `protobuf.ts`, for what ONNX models hold.
 *
 * Source: protobuf.dev/programming-guides/encoding.
 */
import { FormatError } from './errors.ts'

/** A value as it is encoded: an integer, or the bytes of a number, a text, a nested message or a list. */
type Value = number | Uint8Array

/** Returns the value at an offset and the offset behind it. Fails by `fail` where the bytes end too early. */
function readVarint(bytes: Uint8Array, start: number, fail: () => never): [value: number, end: number] {
  // Multiplies, since shifts end at 32 bits; a negative integer takes ten bytes and loses its last digits.
  for (let [i, value, factor] = [start, 0, 1]; i < bytes.length && i < start + 10; i++, factor *= 128) {
    value += (bytes[i] & 127) * factor
    if (bytes[i] < 128) return [value, i + 1]
  }
  return fail()
}

/** The fields of a message, by number. */
export class Message {
  readonly #fields = new Map<number, Value[]>()
  readonly #fail: () => never

  /** Throws a `FormatError` of code `protobuf` unless the bytes are fields one after the other. */
  constructor(bytes: Uint8Array, file?: string) {
    let offset = 0
    this.#fail = () => {
      throw new FormatError('protobuf', 'not a protobuf message, as ONNX models are', { file, offset })
    }
    const varint = (): number => {
      const [value, end] = readVarint(bytes, offset, this.#fail)
      offset = end
      return value
    }
    const take = (length: number): Uint8Array => {
      if (length > bytes.length - offset) this.#fail()
      offset += length
      return bytes.subarray(offset - length, offset)
    }
    const byWireType = [varint, () => take(8), () => take(varint()), undefined, undefined, () => take(4)]
    while (offset < bytes.length) {
      const tag = varint()
      const read = byWireType[tag % 8] ?? this.#fail
      const field = Math.floor(tag / 8)
      const values = this.#fields.get(field) ?? []
      values.push(read())
      this.#fields.set(field, values)
    }
  }

  /** The bytes of a field, each time that it occurs. */
  bytes(field: number): Uint8Array[] {
    return (this.#fields.get(field) ?? []).map((value) => (typeof value === 'number' ? this.#fail() : value))
  }

  /** The nested messages of a field. */
  messages(field: number): Message[] {
    return this.bytes(field).map((bytes) => new Message(bytes))
  }

  texts(field: number): string[] {
    return this.bytes(field).map((bytes) => new TextDecoder().decode(bytes))
  }

  text(field: number): string {
    return this.texts(field)[0] ?? ''
  }

  /** The integers of a field, packed or one by one. */
  integers(field: number): number[] {
    return (this.#fields.get(field) ?? []).flatMap((value) => {
      if (typeof value === 'number') return [value]
      const integers: number[] = []
      for (let next = 0; next < value.length; ) {
        const [integer, end] = readVarint(value, next, this.#fail)
        integers.push(integer)
        next = end
      }
      return integers
    })
  }

  /** The `float` of a field. */
  float(field: number): number | undefined {
    const [bytes] = this.bytes(field)
    if (bytes === undefined) return undefined
    return bytes.length === 4 ? new DataView(bytes.slice().buffer).getFloat32(0, true) : this.#fail()
  }
}
