import { concatBytes, doubleField, uintField } from '@gosa/formats/protobuf'
import { describe, expect, it } from 'vitest'
import { crc32cBitwise, fieldsOf, recordsIn } from './tensorboard.testing.ts'
import { crc32c, encodeRecord } from './tensorboard-events.ts'

describe('crc32c', () => {
  const digits = Buffer.from('123456789')
  it('gives the published 0xE3069283 for "123456789", as the reader of the tests does', () => {
    expect(crc32c(digits)).toBe(0xe3069283)
    expect(crc32cBitwise(digits)).toBe(0xe3069283)
  })

  it('gives the values of RFC 3720 for 32 zeros and 32 ones', () => {
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa)
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43)
  })
})

describe('encodeRecord', () => {
  it('writes a record in which any changed byte is noticed', () => {
    const bytes = Buffer.from(encodeRecord(Buffer.from('some data')))
    expect(recordsIn(bytes).map(String)).toEqual(['some data'])
    for (let at = 8; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes)
      damaged[at] ^= 4
      expect(() => recordsIn(damaged)).toThrow('damaged')
    }
  })
})

describe('the fields of a protobuf message', () => {
  it('hold integers of any size', () => {
    for (const value of [0, 1, 127, 128, 300, 2 ** 31, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER]) {
      expect(fieldsOf(Buffer.from(uintField(2, value))).get(2)).toEqual([BigInt(value)])
    }
  })

  it('follow each other, as in the example of the documentation', () => {
    expect([...uintField(1, 150)]).toEqual([0x08, 0x96, 0x01])
    const both = fieldsOf(Buffer.from(concatBytes([uintField(1, 150), doubleField(3, -0.5)])))
    expect([...both]).toEqual([
      [1, [150n]],
      [3, [-0.5]],
    ])
  })
})
