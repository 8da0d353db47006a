import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDecimal } from './decimal.ts'

const read = (digits: string, exponent = 0) => readDecimal(digits, 0, digits.length, exponent)

describe('readDecimal', () => {
  it('returns what Number returns, or NaN, for any decimal number', () => {
    const digits = (maxLength: number) =>
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength }).map((all) => all.join(''))
    fc.assert(
      fc.property(digits(24), digits(24), fc.integer({ min: -30, max: 30 }), (whole, decimals, exponent) => {
        fc.pre(whole !== '' || decimals !== '')
        const text = `${whole}.${decimals}`
        const found = read(text, exponent)
        if (!Number.isNaN(found)) expect(found).toBe(Number(`${text}e${exponent}`))
      }),
      { numRuns: 20_000 },
    )
  })

  it('finds nearly all numbers as JavaScript writes them', () => {
    const values = fc.sample(fc.double({ min: 1e-5, max: 1e5, noNaN: true }), { numRuns: 10_000, seed: 1 })
    const texts = values.map((value) => Math.abs(value).toFixed(16))
    const found = texts.filter((text) => read(text) === Number(text))
    expect(found.length).toBeGreaterThan(9_900)
    expect(
      texts.filter((text) => read(text) !== Number(text)).every((text) => Number.isNaN(read(text))),
    ).toBe(true)
  })

  it('leaves the middle between two float64 to Number, and decides right beside it', () => {
    expect(read('9007199254740993')).toBeNaN()
    expect(read('9007199254740993.0000')).toBeNaN()
    expect(read('9007199254740993.00001')).toBe(9007199254740994)
    expect(read('9007199254740992.99999')).toBe(9007199254740992)
    // 2^-1 + 2^-54 exactly is a middle, but takes more digits than it reads.
    expect(read('0.500000000000000055511151231257827')).toBeNaN()
  })

  it('reads commas as points, and leading zeros as none', () => {
    expect(read('0000000000000000000000000000001,5')).toBe(1.5)
    expect(read('0.0000000000000000012345', 19)).toBe(12.345)
  })
})
