import { encodeFeatures, type TablePreprocessing } from '@gosa/datasets'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeRows, type Row } from './rows.ts'

const COLOURS = ['red', 'green', '1', '2', 'light blue']

/** A row of a table, whose entries may be missing, or numbers written in other ways. */
const randomRow = fc.record({
  size: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
    fc.constantFrom<number | string | null>(
      null,
      '',
      ' ',
      'nan',
      '+3.',
      '.5',
      ' 7 ',
      '1e2',
      '-0',
      'wide',
      '0x1',
    ),
  ),
  colour: fc.constantFrom<number | string | null>(
    ...COLOURS,
    'blue',
    '02',
    ' 1',
    '1.0',
    2,
    'Red',
    null,
    'NaN',
    '',
  ),
  weight: fc.integer({ min: 0, max: 1000 }),
})

/** What the training part of a random table teaches. */
const preprocessing = fc.record({
  mean: fc.double({ noNaN: true, min: -100, max: 100 }),
  std: fc.double({ noNaN: true, min: 0.01, max: 100 }),
  fill: fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined }),
  fillColour: fc.option(fc.constantFrom('red', 'green'), { nil: undefined }),
  unseen: fc.constantFrom('zeros' as const, undefined),
  categories: fc.subarray(COLOURS, { minLength: 1 }),
})

/** What came, or that it was refused. */
function outcome(encode: () => { shape: readonly number[]; data: ArrayLike<number> }): unknown {
  try {
    const { shape, data } = encode()
    return { shape, data: Array.from(data) }
  } catch {
    return 'refused'
  }
}

// The packages may not depend on each other, so that a model predicts rows without data sets: this holds them together.
describe('encodeRows', () => {
  it('gives the bits of encodeFeatures of @gosa/datasets, and refuses the same rows', () => {
    fc.assert(
      fc.property(
        fc.array(randomRow, { minLength: 1, maxLength: 6 }),
        preprocessing,
        fc.constantFrom('float32' as const, 'float64' as const),
        (rows, { mean, std, fill, fillColour, unseen, categories }, dtype) => {
          const filled = fillColour !== undefined && categories.includes(fillColour)
          const features: TablePreprocessing['features'] = [
            { kind: 'number', name: 'size', mean, std, ...(fill !== undefined && { fill }) },
            {
              ...{ kind: 'category', name: 'colour', categories },
              ...(filled && { fill: fillColour }),
              ...(unseen && { unseen }),
            },
            { kind: 'number', name: 'weight', mean: 500, std: 3 },
          ]
          expect(outcome(() => encodeRows({ features }, rows as Row[], dtype))).toEqual(
            outcome(() => encodeFeatures({ features }, rows, { dtype })),
          )
        },
      ),
      { numRuns: 300 },
    )
  })

  it('reads a text that is written as a number as that number, as a CSV file does', () => {
    const features: TablePreprocessing['features'] = [
      { kind: 'category', name: 'grade', categories: ['1', '2'] },
      { kind: 'number', name: 'size', mean: 0, std: 1 },
    ]
    expect(Array.from(encodeRows({ features }, [{ grade: ' 02', size: '1e1' }], 'float64').data)).toEqual([
      0, 1, 10,
    ])
  })
})
