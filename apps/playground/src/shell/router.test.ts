import { describe, expect, it } from 'vitest'
import { formatAddress, parseAddress } from './router.ts'

describe('parseAddress', () => {
  it('returns the page and its parameters, and reads what formatAddress writes', () => {
    expect(parseAddress('#train?hidden=50&x=a%26b%3Fc')).toEqual({
      page: 'train',
      params: { hidden: '50', x: 'a&b?c' },
    })
    expect(parseAddress(formatAddress('draw', { s: 'a=b', none: undefined, empty: '' }))).toEqual({
      page: 'draw',
      params: { s: 'a=b' },
    })
    expect([parseAddress(''), parseAddress('#/check')]).toEqual([
      { page: '', params: {} },
      { page: 'check', params: {} },
    ])
    expect(formatAddress('draw')).toBe('#draw')
  })
})
