import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatAccuracy,
  formatCount,
  formatDuration,
  formatEpoch,
  formatLoss,
  formatNumber,
  formatPercent,
  formatSignificant,
  formatTypeset,
  textTable,
  textWidth,
} from './text.ts'

describe('formatSignificant', () => {
  it('rounds to significant digits without trailing zeros', () => {
    expect([0, 2, 0.14742, -0.00012345678].map((value) => formatSignificant(value))).toEqual([
      '0',
      '2',
      '0.147',
      '-0.000123',
    ])
    expect(formatSignificant(-0.00012345678, 5)).toBe('-0.00012346')
  })
})

describe('formatNumber', () => {
  it('writes three significant digits, in scientific notation far from 1', () => {
    expect([2.8167e-12, 0.1468, 2, 0, -999.4, 1000, Number.NaN].map(formatNumber)).toEqual([
      '2.82e-12',
      '0.147',
      '2',
      '0',
      '-999',
      '1.00e+3',
      'NaN',
    ])
  })
})

describe('formatTypeset', () => {
  it.each([
    [220.00000000000003, '220'],
    [1.1, '1.1'],
    [-2.5, '−2.5'],
    [-0, '0'],
    [1 / 3, '0.333333'],
    [123456.7, '123457'],
    [1234567.8, '1234568'],
    [0.00001234, '1.23e−5'],
    [5e12, '5.00e+12'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('writes %d as %s', (value, text) => expect(formatTypeset(value)).toBe(text))

  it('takes the number of significant digits', () => {
    expect([-0.16666, 1234.5].map((value) => formatTypeset(value, 3))).toEqual(['−0.167', '1235'])
  })
})

describe('formatCount', () => {
  it('rounds and separates thousands', () => {
    expect([7, 999, 312_000.4, -1234, 1e9].map(formatCount)).toEqual([
      ...['7', '999', '312,000', '-1,234', '1,000,000,000'],
    ])
  })

  it('agrees with Intl on integers', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(formatCount(value)).toBe(value.toLocaleString('en-US').replace(/^-0$/, '0'))
      }),
    )
  })
})

describe('formatPercent', () => {
  it('has one decimal unless told otherwise', () => {
    expect([0, 0.5, 0.97129].map((share) => formatPercent(share))).toEqual(['0.0 %', '50.0 %', '97.1 %'])
    expect(formatPercent(0.97129, 2)).toBe('97.13 %')
  })

  it('writes 100 % only if it is exact', () => {
    expect([1, 0.9996, 0.9994].map((share) => formatPercent(share))).toEqual(['100 %', '> 99.9 %', '99.9 %'])
    expect([0.99999, 0.9999].map((share) => formatPercent(share, 2))).toEqual(['> 99.99 %', '99.99 %'])
    expect(formatPercent(0.999, 0)).toBe('> 99 %')
  })
})

describe('formatAccuracy', () => {
  it('has four decimals', () => {
    expect([0, 0.97129, 1].map(formatAccuracy)).toEqual(['0.0000', '0.9713', '1.0000'])
  })
})

describe('formatLoss', () => {
  it('has four decimals, or scientific notation where these would say nothing', () => {
    expect([0, 2.71, 1e-5, 123456.7, Number.NaN].map(formatLoss)).toEqual([
      ...['0.0000', '2.7100', '1.00e-5', '1.23e+5', 'NaN'],
    ])
  })
})

describe('formatDuration', () => {
  it('has as many digits as matter', () => {
    expect([0.44, 9.96, 200, 3900].map(formatDuration)).toEqual(['0.4 s', '10 s', '3 min 20 s', '1 h 05 min'])
  })
})

describe('formatEpoch', () => {
  it('is an integer, or has one decimal', () => {
    expect([3, 16.67].map(formatEpoch)).toEqual(['3', '16.7'])
  })
})

describe('textTable', () => {
  const rows = [
    ['rule', 'missed', 'alarms'],
    ['gosa', '0', '12'],
  ]

  it('aligns columns to the left, without trailing spaces', () => {
    expect(textTable(rows)).toEqual(['rule  missed  alarms', 'gosa  0       12'])
    expect(textTable([['a', ''], ['bb', 'c'], []])).toEqual(['a', 'bb  c', ''])
  })

  it('aligns columns to the right, the rest as the last that is listed', () => {
    expect(textTable(rows, { align: 'right' })[1]).toBe('gosa       0      12')
    expect(textTable(rows, { align: ['left', 'right'] })).toEqual([
      'rule  missed  alarms',
      'gosa       0      12',
    ])
  })

  it('takes the gap and the smallest width of columns', () => {
    expect(textTable([['a', 'b']], { align: 'right', gap: 1, minWidth: 3 })).toEqual(['  a   b'])
  })

  it('paints cells after they have been padded', () => {
    const paint = (cell: string, row: number, column: number) => (row + column === 2 ? `<${cell}>` : cell)
    expect(textTable(rows, { align: 'right', paint })[1]).toBe('gosa  <     0>      12')
  })

  it('has no lines for no rows', () => {
    expect(textTable([])).toEqual([])
  })
})

describe('textWidth', () => {
  it.each([
    ['', 0],
    ['loss 0.25', 9],
    ['é', 1],
    ['e\u0301', 1],
    ['━╌ × ∂', 6],
    ['損失', 4],
    ['ﾛｽ', 2],
    ['（ネットワーク）', 16],
    ['𠮷野家', 6],
    ['한국', 4],
    ['🎉', 2],
  ])('%j takes %i columns of a terminal', (text, width) => expect(textWidth(text)).toBe(width))
})

describe('textTable with Japanese', () => {
  it('aligns columns by the width of their letters', () => {
    const lines = textTable([
      ['損失', 'x'],
      ['a', '精度'],
    ])
    expect(lines).toEqual(['損失  x', 'a     精度'])
    expect(textTable([['損失'], ['a']], { align: 'right' })).toEqual(['損失', '   a'])
  })
})
