import { describe, expect, it } from 'vitest'
import { bytes, message, number, numbers, text } from './protobuf.ts'

const hex = (field: Uint8Array) => Buffer.from(field).toString('hex')

describe('the fields of a message', () => {
  it('are those of the encoding guide of Protocol Buffers', () => {
    expect(hex(number(1, 150))).toBe('089601')
    expect(hex(text(2, 'testing'))).toBe('120774657374696e67')
    expect(hex(message(3, number(1, 150)))).toBe('1a03089601')
    expect(hex(numbers(6, [3, 270, 86942]))).toBe('3206038e029ea705')
  })

  it('take fields above 15 and numbers above 32 bits', () => {
    expect(hex(number(16, 1))).toBe('800101')
    expect(hex(number(1, 2 ** 35))).toBe('08808080808001')
  })

  it('can be empty', () => {
    expect(hex(bytes(9, new Uint8Array(0)))).toBe('4a00')
    expect(hex(numbers(1, []))).toBe('0a00')
  })
})
