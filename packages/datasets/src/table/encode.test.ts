import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import {
  decodeTargets,
  encodedNames,
  encodeFeatures,
  encodeTargets,
  parseCsv,
  type TablePreprocessing,
  tableFromArrays,
  tableFromRows,
} from '../index.ts'

const WINE: TablePreprocessing = {
  features: [
    { kind: 'number', name: 'alcohol', mean: 10, std: 2 },
    { kind: 'category', name: 'colour', categories: ['red', 'white'], fill: 'red' },
    { kind: 'category', name: 'year', categories: ['2019', '2020'], unseen: 'zeros' },
  ],
  target: { kind: 'class', name: 'quality', classes: ['3', 'good'] },
}
const PRICE: TablePreprocessing = {
  ...WINE,
  target: { kind: 'number', name: 'price', mean: 100, std: 50 },
}

describe('encodeFeatures', () => {
  it('encodes an object, objects, and a table, by the names of columns', () => {
    const row = { year: 2020, alcohol: 12, colour: 'white', other: 'x' }
    expect(encodeFeatures(WINE, row).toArray()).toEqual([[1, 0, 1, 0, 1]])
    expect(encodeFeatures(WINE, [row, row], { dtype: 'float64' })).toMatchObject({
      shape: [2, 5],
      dtype: 'float64',
    })
    const table = parseCsv('colour,alcohol,year\nwhite,12,2020.0\nred,10,2019\n')
    expect(encodeFeatures(WINE, table).toArray()).toEqual([
      [1, 0, 1, 0, 1],
      [0, 1, 0, 1, 0],
    ])
    expect(encodedNames(WINE)).toEqual(['alcohol', 'colour=red', 'colour=white', 'year=2019', 'year=2020'])
    expect(encodeFeatures(WINE, []).shape).toEqual([0, 5])
  })

  it('fills what is to be filled, takes unseen categories as told, and texts of forms as numbers', () => {
    const row = { alcohol: ' 8.0 ', year: 1990 }
    expect(encodeFeatures(WINE, row).toArray()).toEqual([[-1, 1, 0, 0, 0]])
    expect(encodeFeatures(WINE, { ...row, colour: null, year: '2019' }).toArray()).toEqual([[-1, 1, 0, 1, 0]])
  })

  it.each([
    [{ colour: 'red', year: 2019 }, 'column "alcohol": a value is missing'],
    [{ alcohol: Number.NaN, colour: 'red', year: 2019 }, 'column "alcohol": a value is missing'],
    [{ alcohol: 'strong', colour: 'red', year: 2019 }, 'column "alcohol": "strong" is not a number'],
    [{ alcohol: 9, colour: 'pink', year: 2019 }, 'column "colour": "pink" is not one of the 2 categories'],
    [
      { alcohol: Infinity, colour: 'red', year: 2019 },
      '"alcohol" of row 0 must be a finite number, not Infinity',
    ],
    [
      { alcohol: [9], colour: 'red', year: 2019 },
      '"alcohol" of row 0 must be a number or a text, not an array',
    ],
    [[3], 'row 0 must be an object of named values, not 3'],
    ['alcohol', 'rows must be a table or objects of named values'],
  ])('refuses %j', (row, message) => {
    expect(() => encodeFeatures(WINE, row as never)).toThrow(message)
  })

  it('refuses a table without a column, and names lines', () => {
    expect(() => encodeFeatures(WINE, parseCsv('alcohol,colour\n1,red\n'))).toThrow(
      'there is no column "year"',
    )
    const table = parseCsv('alcohol,colour,year\n1,red,2019\n\n2,pink,2019\n', { file: 'new.csv' })
    expect(() => encodeFeatures(WINE, table)).toThrow(/^new.csv: column "colour": "pink" .* \(line 4\)$/)
  })
})

describe('encodeTargets', () => {
  it('gives class indices, or standardized numbers (N, 1)', () => {
    expect(encodeTargets(WINE, [{ quality: 'good' }, { quality: '3.0' }])).toEqual(Int32Array.of(1, 0))
    const t = encodeTargets(PRICE, [{ price: 150 }, { price: 0 }])
    expect(t).toMatchObject({ shape: [2, 1], dtype: 'float32' })
    expect([...(t as typeof t & { data: Float32Array }).data]).toEqual([1, -2])
  })

  it('refuses a class that is not known, and missing ones', () => {
    expect(() => encodeTargets(WINE, { quality: 'bad' })).toThrow(
      'column "quality": "bad" is not one of the 2 classes',
    )
    expect(() => encodeTargets(WINE, {})).toThrow('the class is missing')
    expect(() => encodeTargets(PRICE, { price: null })).toThrow('column "price": the value is missing')
  })
})

describe('decodeTargets', () => {
  it('names classes by index or by the largest logit, and returns numbers in their own unit', () => {
    expect(decodeTargets(WINE, Int32Array.of(1, 0))).toEqual(['good', '3'])
    const logits = tensor([
      [-1, 4],
      [2, 0],
    ])
    expect(decodeTargets(WINE, logits)).toEqual(['good', '3'])
    expect(decodeTargets(PRICE, tensor([[1], [-2]]))).toEqual(Float64Array.of(150, 0))
  })

  it('refuses other shapes and indices', () => {
    expect(() => decodeTargets(WINE, tensor([[1, 2, 3]]))).toThrow('have shape (1, 3), but (N, 2) is needed')
    expect(() => decodeTargets(WINE, Int32Array.of(2))).toThrow('2 of row 0 is not one of the 2 classes')
    expect(() => decodeTargets(PRICE, tensor([[1, 2]]))).toThrow('(N, 1)')
  })
})

describe('tableFromRows and tableFromArrays', () => {
  it('count what their columns hold', () => {
    const { columns } = tableFromRows([{ a: 1, b: 'x' }, { a: '2' }, { b: '', c: 'nan' }])
    expect(columns.map(({ name, counts }) => [name, counts])).toEqual([
      ['a', { numbers: 2, texts: 0, missing: 1 }],
      ['b', { numbers: 0, texts: 1, missing: 2 }],
      ['c', { numbers: 0, texts: 0, missing: 3 }],
    ])
    const x = tensor([
      [1, Number.NaN],
      [3, 4],
    ])
    expect(tableFromArrays({ x, y: tensor([5, 6]) }).columns.map(({ counts }) => counts.missing)).toEqual([
      0, 1, 0,
    ])
  })

  it('refuse shapes, names and numbers that do not fit', () => {
    const x = tensor([[1, 2]])
    expect(() => tableFromArrays({ x, y: tensor([1, 2]) })).toThrow('x must be (N, D) and y (N) or (N, 1)')
    expect(() => tableFromArrays({ x, y: tensor([1]) }, { names: ['a'] })).toThrow(
      '1 names were given for the 2',
    )
    expect(() => tableFromArrays({ x, y: tensor([Infinity]) })).toThrow('"y" of row 0 is Infinity')
    expect(() => tableFromRows({} as never)).toThrow('rows must be an array of objects')
  })
})
