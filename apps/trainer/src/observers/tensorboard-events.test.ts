import { concatBytes, doubleField, uintField } from '@gosa/formats/protobuf'
import { describe, expect, it } from 'vitest'
import { crc32c } from './crc32c.ts'
import { record } from './record.ts'
import { crc32cBitwise, fieldsOf, recordsIn } from './tensorboard.testing.ts'

describe('CRC-32C', () => {
  const digits = Buffer.from('123456789')
  it('of "123456789" is the published 0xE3069283, here and in the reader', () => {
    expect(crc32c(digits)).toBe(0xe3069283)
    expect(crc32cBitwise(digits)).toBe(0xe3069283)
  })

  it('of 32 zeros and 32 ones is what RFC 3720 says', () => {
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa)
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43)
  })
})

describe('a record', () => {
  it('is read as it was written, and known to be damaged wherever a byte has changed', () => {
    const bytes = Buffer.from(record(Buffer.from('some data')))
    expect(recordsIn(bytes).map(String)).toEqual(['some data'])
    for (let at = 8; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes)
      damaged[at] ^= 4
      expect(() => recordsIn(damaged)).toThrow('damaged')
    }
  })
})

describe('a protobuf message', () => {
  it('has whole numbers of any size', () => {
    for (const value of [0, 1, 127, 128, 300, 2 ** 31, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER]) {
      expect(fieldsOf(Buffer.from(uintField(2, value))).get(2)).toEqual([BigInt(value)])
    }
  })

  it('is its fields, one after the other: the example of the documentation', () => {
    expect([...uintField(1, 150)]).toEqual([0x08, 0x96, 0x01])
    const both = fieldsOf(Buffer.from(concatBytes([uintField(1, 150), doubleField(3, -0.5)])))
    expect([...both]).toEqual([
      [1, [150n]],
      [3, [-0.5]],
    ])
  })
})
