import { describe, expect, it } from 'vitest'
import { realNumber, wholeNumber } from './number-option.ts'

describe('wholeNumber', () => {
  it('reads what stands for a whole number', () => {
    expect(['0', '12', '1e4', '-3', '+5'].map(wholeNumber())).toEqual([0, 12, 10_000, -3, 5])
  })

  it.each(['', ' ', '1.5', 'x', '0x10', '1e400', '9007199254740993', 'NaN'])('refuses %j', (text) => {
    expect(() => wholeNumber()(text)).toThrow('It must be a whole number.')
  })

  it('says which range is allowed', () => {
    expect(() => wholeNumber({ min: 1 })('0')).toThrow('It must be a whole number from 1 up.')
    expect(() => wholeNumber({ min: 1, max: 9 })('10')).toThrow('It must be a whole number from 1 to 9.')
    expect(wholeNumber({ min: 1, max: 9 })('9')).toBe(9)
  })
})

describe('realNumber', () => {
  it('reads decimals and powers of ten', () => {
    expect(['0.1', '1e-3', '2'].map(realNumber())).toEqual([0.1, 0.001, 2])
  })

  it.each(['', '1,5', 'Infinity', 'NaN'])('refuses %j', (text) => {
    expect(() => realNumber()(text)).toThrow('It must be a number.')
  })

  it('can leave out its lower end', () => {
    expect(() => realNumber({ min: 0, above: true })('0')).toThrow('It must be a number above 0.')
    expect(realNumber({ min: 0 })('0')).toBe(0)
    expect(() => realNumber({ max: 1 })('2')).toThrow('It must be a number to 1.')
  })
})
