import { describe, expect, it } from 'vitest'
import {
  bytesField,
  concatBytes,
  doubleField,
  floatField,
  messageField,
  packedDoublesField,
  packedUintsField,
  stringField,
  uintField,
} from './protobuf.ts'

const hex = (field: Uint8Array) => Buffer.from(field).toString('hex')

describe('protobuf fields', () => {
  it('have the bytes that the encoding guide of Protocol Buffers states', () => {
    expect(hex(uintField(1, 150))).toBe('089601')
    expect(hex(stringField(2, 'testing'))).toBe('120774657374696e67')
    expect(hex(messageField(3, uintField(1, 150)))).toBe('1a03089601')
    expect(hex(packedUintsField(6, [3, 270, 86942]))).toBe('3206038e029ea705')
  })

  it('encode floating-point numbers as little-endian fixed32 and fixed64', () => {
    expect(hex(floatField(2, -2))).toBe('15000000c0')
    expect(hex(doubleField(3, -0.5))).toBe('19000000000000e0bf')
    expect(hex(packedDoublesField(6, [1]))).toBe('3208000000000000f03f')
  })

  it('may have numbers above 15 and hold integers above 32 bits', () => {
    expect(hex(uintField(16, 1))).toBe('800101')
    expect(hex(uintField(1, 2 ** 35))).toBe('08808080808001')
    expect(hex(uintField(1, Number.MAX_SAFE_INTEGER))).toBe('08ffffffffffffff0f')
  })

  it('may be empty', () => {
    expect(hex(bytesField(9, new Uint8Array(0)))).toBe('4a00')
    expect(hex(packedUintsField(1, []))).toBe('0a00')
  })

  it('make a message one after the other', () => {
    expect(hex(concatBytes([uintField(1, 150), stringField(2, 'x')]))).toBe('089601' + '120178')
  })
})
