import { describe, expect, it } from 'vitest'
import { formatAddress, parseAddress } from '../shell/router.ts'
import { numberFrom, paramsOf, stateFrom } from './state.ts'

describe('stateFrom', () => {
  it('returns the defaults for an empty address, and paramsOf leaves defaults out', () => {
    expect(formatAddress('graph', paramsOf(stateFrom({})))).toBe('#graph')
    expect(stateFrom({})).toMatchObject({ example: 'apples', values: [100, 2, 1.1], step: undefined })
  })

  it.each([
    '#graph?apple=120&tax=1.08&step=3',
    '#graph?example=fruit&orange=-0.5&step=0',
    '#graph?example=network&digit=7&sample=4&trained=1&step=9',
  ])('reads what paramsOf writes: %s', (address) => {
    expect(formatAddress('graph', paramsOf(stateFrom(parseAddress(address).params)))).toBe(address)
  })

  it('returns the defaults for invalid values', () => {
    expect(stateFrom({ example: 'cake', apple: 'many', step: '-1', digit: '12' })).toEqual(stateFrom({}))
    expect(stateFrom({ example: '__proto__' }).example).toBe('apples')
  })
})

describe('numberFrom', () => {
  it.each([
    ['100', 100],
    [' 1.5 ', 1.5],
    ['1,1', 1.1],
    ['−2', -2],
    ['１２０', 120],
    ['1e3', 1000],
    ['', undefined],
    ['two', undefined],
    ['Infinity', undefined],
    ['1.2.3', undefined],
  ])('%j gives %s', (text, number) => expect(numberFrom(text)).toBe(number))
})
