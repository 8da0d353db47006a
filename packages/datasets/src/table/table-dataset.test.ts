import { createRng, sub, type Tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import {
  DataError,
  encodeFeatures,
  encodeTargets,
  parseCsv,
  type TableDatasetOptions,
  tableDataset,
  tableFromArrays,
  tableFromRows,
} from '../index.ts'

const kinds = ['small', 'medium', 'large']

/** 60 rows: a number, a text of three kinds, a number that is a category, a class, and a price. */
const CSV = [
  'size,kind,zone,class,price',
  ...Array.from(
    { length: 60 },
    (_, i) => `${i / 4},${kinds[i % 3]},${[7, 12][i % 2]},${['yes', 'no'][i % 4 && 1]},${3 * i + 5}`,
  ),
].join('\n')
const table = parseCsv(CSV, { file: 'goods.csv' })

const errorOf = (text: string, options: Partial<TableDatasetOptions> = {}): Error => {
  const all = { target: 'y', task: 'regression', test: 0.25, ...options } as TableDatasetOptions
  try {
    tableDataset(parseCsv(text, { file: 'bad.csv' }), all)
  } catch (error) {
    return error as Error
  }
  throw new Error('tableDataset accepted it')
}

const sum = (values: number[]) => values.reduce((a, b) => a + b)

/** The column with index `index` of x. */
const columnOf = ({ data, shape }: Tensor, index: number) =>
  Array.from({ length: shape[0] }, (_, n) => data[n * shape[1] + index])

describe('tableDataset', () => {
  it('standardizes numbers on the training part alone, and makes texts one-hot', () => {
    const { train, test, names, classes, preprocessing } = tableDataset(table, {
      target: 'class',
      task: 'classification',
      features: ['size', 'kind'],
      dtype: 'float64',
    })
    expect(names).toEqual(['size', 'kind=large', 'kind=medium', 'kind=small'])
    expect(classes).toEqual(['no', 'yes'])
    expect([train.x.shape, test.x.shape]).toEqual([
      [48, 4],
      [12, 4],
    ])
    const sizes = columnOf(train.x, 0)
    expect(sizes.reduce((a, b) => a + b)).toBeCloseTo(0, 10)
    expect(sizes.reduce((a, b) => a + b * b, 0) / 48).toBeCloseTo(1, 10)
    const [size] = preprocessing.features
    if (size.kind !== 'number') throw new Error('size is a number')
    const raw = [...train.x.data.filter((_, i) => i % 4 === 0), ...test.x.data.filter((_, i) => i % 4 === 0)]
      .map((value) => value * size.std + size.mean)
      .sort((a, b) => a - b)
    for (const [i, value] of raw.entries()) expect(value).toBeCloseTo(i / 4, 10)
    for (let n = 0; n < 48; n++) expect(sum([...train.x.data.subarray(4 * n + 1, 4 * n + 4)])).toBe(1)
  })

  it('keeps each row together: features, class and number', () => {
    const options = { target: 'class', task: 'classification', dtype: 'float64' } as const
    const { train, preprocessing } = tableDataset(table, { ...options, features: ['price', 'kind'] })
    const [price] = preprocessing.features
    if (price.kind !== 'number') throw new Error('price is a number')
    for (let n = 0; n < train.t.length; n++) {
      const i = Math.round((train.x.at(n, 0) * price.std + price.mean - 5) / 3)
      expect(train.t[n]).toBe(i % 4 === 0 ? 1 : 0)
      expect(train.x.at(n, 1 + ['large', 'medium', 'small'].indexOf(kinds[i % 3]))).toBe(1)
    }
  })

  it('splits each class in proportion, into three parts, by a seed or a generator', () => {
    const options = { target: 'class', task: 'classification', validation: 0.2, test: 0.2 } as const
    const { train, validation, test } = tableDataset(table, options)
    const yes = [train, validation, test].map(({ t }) => t.filter((label) => label === 1).length)
    expect(yes).toEqual([9, 3, 3])
    const again = tableDataset(table, { ...options, rng: createRng(0) })
    expect(again.train.x.data).toEqual(train.x.data)
    expect(tableDataset(table, { ...options, seed: 1 }).train.x.data).not.toEqual(train.x.data)
  })

  it('standardizes the target of a regression, as (N, 1)', () => {
    const { train, test, classes, preprocessing } = tableDataset(table, {
      target: -1,
      task: 'regression',
      dtype: 'float64',
    })
    expect([train.t.shape, test.t.shape, classes]).toEqual([[48, 1], [12, 1], []])
    expect(preprocessing.target).toMatchObject({ kind: 'number', name: 'price' })
    expect(sum([...train.t.data])).toBeCloseTo(0, 10)
  })

  it('describes everything in JSON, with which other rows are treated alike', () => {
    const all = tableDataset(table, {
      target: 'price',
      task: 'regression',
      categories: ['zone'],
      test: 0,
      dtype: 'float64',
    })
    const preprocessing = JSON.parse(JSON.stringify(all.preprocessing))
    expect(preprocessing).toEqual(all.preprocessing)
    expect(preprocessing.features[2]).toEqual({ kind: 'category', name: 'zone', categories: ['7', '12'] })
    const x = encodeFeatures(preprocessing, table, { dtype: 'float64' })
    const t = encodeTargets(preprocessing, table, { dtype: 'float64' }) as Tensor
    const rowsOf = (x: Tensor, t: Tensor) =>
      columnOf(t, 0)
        .map((value, n) => [value, ...x.row(n).data])
        .sort((a, b) => a[0] - b[0])
    expect(rowsOf(x, t)).toEqual(rowsOf(all.train.x, all.train.t))
  })

  it('takes tables of objects and of arrays as well', () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ a: i, b: `${i % 5}.0`, y: i % 2 ? 'odd' : 'even' }))
    const { names, classes } = tableDataset(tableFromRows(rows), { target: 'y', task: 'classification' })
    expect([names, classes]).toEqual([
      ['a', 'b'],
      ['even', 'odd'],
    ])
    const arrays = {
      x: { shape: [10, 2], data: Float32Array.from({ length: 20 }, (_, i) => i * i) },
      y: { shape: [10], data: Int32Array.from({ length: 10 }, (_, i) => i) },
    }
    expect(tableDataset(tableFromArrays(arrays), { target: 'y', task: 'regression' }).names).toEqual([
      'x0',
      'x1',
    ])
  })

  it('names columns by their index if there is no header', () => {
    const { names, preprocessing } = tableDataset(parseCsv('1,2,3\n4,5,6\n7,8,10\n'), {
      target: 1,
      task: 'regression',
      test: 0,
    })
    expect([names, preprocessing.target.name]).toEqual([['0', '2'], '1'])
  })
})

describe('missing values', () => {
  const text = 'a,k,y\n1,p,1\n3,q,2\n5,q,3\n,q,4\n7,,5\n'
  const fill = (choice: TableDatasetOptions['fill'], options: Partial<TableDatasetOptions> = {}) =>
    tableDataset(parseCsv(text), {
      target: 'y',
      task: 'regression',
      test: 0,
      dtype: 'float64',
      fill: choice,
      ...options,
    })

  it('are refused, with the line, unless there is a choice', () => {
    expect(errorOf(text, { test: 0 })).toMatchObject({
      name: 'DataError',
      code: 'value',
      line: 5,
      file: 'bad.csv',
    })
    expect(errorOf(text, { test: 0 }).message).toBe(
      'bad.csv: column "a": a value is missing: fill it in, remove the row, or train with the option fill (line 5)',
    )
    expect(errorOf(text, { test: 0, features: ['k'] })).toMatchObject({ line: 6 })
  })

  it('are filled by the mean or median of the others, texts by the most frequent one', () => {
    expect(fill('mean').preprocessing.features).toMatchObject([
      { mean: 4, fill: 4 },
      { categories: ['p', 'q'], fill: 'q' },
    ])
    const { train } = fill('median')
    expect(columnOf(train.x, 0).filter((value) => value === 0)).toHaveLength(1)
    expect(columnOf(train.x, 2).reduce((a, b) => a + b)).toBe(4)
  })

  it('are filled by values of columns, which may be a category of their own', () => {
    const { preprocessing, names } = fill({ a: -1, k: 'unknown' })
    expect(preprocessing.features[0]).toMatchObject({ mean: 4, fill: -1 })
    expect(names).toEqual(['a', 'k=p', 'k=q', 'k=unknown'])
    expect(() => fill({ k: 'unknown' })).toThrow('column "a": a value is missing')
    expect(() => fill({ a: 'none', k: 'q' })).toThrow('fill of "a" must be a finite number, not "none"')
  })

  it('are never filled in the target', () => {
    const error = errorOf('a,y\n1,2\n3,\n5,6\n', { fill: 'mean' })
    expect(error).toMatchObject({ line: 3 })
    expect(error.message).toContain('column "y": the value to predict is missing')
    expect(errorOf('a,y\n1,b\n3,nan\n5,c\n', { task: 'classification' })).toMatchObject({ line: 3 })
  })
})

describe('tableDataset refuses', () => {
  const numbers = 'a,y\n1,1\n2,2\n3,3\n4,4\n'
  it.each<[string, string, Partial<TableDatasetOptions>, RegExp, number?]>([
    ['an empty table', 'a,y\n', {}, /the table holds no rows/],
    ['one class', 'a,y\n1,x\n2,x\n', { task: 'classification' }, /column "y": all rows have the class "x"/],
    ['a constant target', 'a,y\n1,5\n2,5\n3,5\n4,5\n', {}, /column "y": all rows .* have the value 5/],
    [
      'a constant column',
      'a,b,y\n14.62,1,1\n14.62,2,2\n14.62,3,3\n',
      {},
      /column "a": all rows .* 14.62: leave it out/,
    ],
    ['a column of one text', 'a,y\nx,1\nx,2\nx,3\n', {}, /column "a": all rows .* "x": leave it out/],
    [
      'a text among numbers',
      'a,y\n1,1\nx7,2\n3,3\n',
      {},
      /column "a": "x7" is not a number: correct it, or name/,
      3,
    ],
    ['a text in a target of numbers', 'a,y\n1,1\n2,high\n', {}, /column "y": "high" is not a number/, 3],
    ['a target that is not there', numbers, { target: 'z' }, /there is no column "z": there are "a", "y"/],
    ['an index that is not there', numbers, { target: 2 }, /there is no column 2 of the 2/],
    ['a feature that is not there', numbers, { features: ['b'] }, /there is no column "b"/],
    ['the target as a feature', numbers, { features: ['a', 'y'] }, /the target "y" cannot be a feature/],
    ['no features', 'y\n1\n2\n', {}, /there is no feature/],
    [
      'categories that are no features',
      numbers,
      { categories: ['y'] },
      /"y" of categories is not one of the features/,
    ],
    ['two columns of a name', 'a,a,y\n1,2,3\n2,3,4\n', {}, /two columns are called "a"/, 1],
    ['two columns with the name of the target', 'y,a,y\n1,2,3\n2,3,4\n', {}, /two columns are called "y"/, 1],
    [
      'another task',
      numbers,
      { task: 'clustering' as 'regression' },
      /task must be 'classification' or 'regression'/,
    ],
    ['fractions that leave nothing', numbers, { validation: 0.5, test: 0.5 }, /leave rows for training/],
    ['a part without rows', numbers, { test: 0.1 }, /4 rows are too few: there is none for the test part/],
    ['an option that does not exist', numbers, { targets: 'y' } as never, /there is no option targets/],
  ])('%s', (_what, text, options, message, line) => {
    const error = errorOf(text, options)
    expect(error.message).toMatch(message)
    expect(error).toMatchObject({ ...(line && { line }) })
    expect(error).toSatisfy(
      (one) => one instanceof RangeError || one instanceof DataError || one instanceof TypeError,
    )
  })

  it('a category that only the test part has, and says how to allow for it', () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i < 20 ? 'a' : i < 39 ? 'b' : 'rare'},${i}`)
    const text = ['k,y', ...rows].join('\n')
    const seeds = Array.from({ length: 20 }, (_, seed) => seed)
    const seed = seeds.find((one) => {
      try {
        return !tableDataset(parseCsv(text), { target: 'y', task: 'regression', seed: one })
      } catch {
        return true
      }
    })
    const error = errorOf(text, { test: 0.2, seed })
    expect(error).toMatchObject({ code: 'value', line: 41 })
    expect(error.message).toContain(
      `column "k": "rare" is not one of the 2 categories of the training part; unseen: 'zeros'`,
    )
    const { preprocessing, test } = tableDataset(parseCsv(text), {
      target: 'y',
      task: 'regression',
      seed,
      unseen: 'zeros',
    })
    expect(preprocessing.features[0]).toMatchObject({ unseen: 'zeros' })
    expect(sum([...test.x.data])).toBe(7)
  })

  it('more than a thousand categories or classes', () => {
    const names = ['name,y', ...Array.from({ length: 1500 }, (_, i) => `n${i},${i}`)].join('\n')
    expect(errorOf(names, { test: 0 }).message).toContain(
      'column "name": it has 1500 categories, more than 1000',
    )
    const many = ['a,y', ...Array.from({ length: 1500 }, (_, i) => `${i},${i}`)].join('\n')
    expect(errorOf(many, { task: 'classification' }).message).toContain("task: 'regression' predicts numbers")
  })
})

describe('columns of numbers', () => {
  const standardized = (values: readonly number[], options: Partial<TableDatasetOptions> = {}) => {
    const text = ['a,y', ...values.map((value, i) => `${value},${i}`)].join('\n')
    const all = {
      target: 'y',
      task: 'regression',
      test: 0,
      dtype: 'float64',
      ...options,
    } as TableDatasetOptions
    return columnOf(tableDataset(parseCsv(text), all).train.x, 0).sort((a, b) => a - b)
  }

  it.each([1e-200, 1, 1e150, 1e300])('of any size are standardized: %d', (size) => {
    const expected = [-1.3416407864998738, -0.4472135954999579, 0.4472135954999579, 1.3416407864998738]
    for (const [i, value] of standardized([size, 2 * size, 3 * size, 4 * size]).entries()) {
      expect(value).toBeCloseTo(expected[i], 12)
    }
  })

  it('keep the bits that a large offset would take from float32', () => {
    const values = [1.7e9, 1.7e9 + 1, 1.7e9 + 2, 1.7e9 + 3]
    const seconds = standardized(values, { dtype: 'float32' })
    for (const [i, value] of standardized([0, 1, 2, 3]).entries()) expect(seconds[i]).toBeCloseTo(value, 6)
  })

  it('of equal values become 0 if they are kept', () => {
    expect(new Set(standardized(new Array(1000).fill(14.62), { constant: 'keep' }))).toEqual(new Set([0]))
  })

  it('are standardized as the difference from the training mean', () => {
    const { train } = tableDataset(parseCsv('a,y\n1,1\n3,2\n'), {
      target: 'y',
      task: 'regression',
      test: 0,
      dtype: 'float64',
    })
    expect(sub(train.x, train.t).data).toEqual(Float64Array.of(0, 0))
  })
})
