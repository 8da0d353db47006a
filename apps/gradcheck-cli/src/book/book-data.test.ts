import { describe, expect, it } from 'vitest'
import type { EntryResult } from '../cases/case-result.ts'
import { joinSlices, weightSlices } from './book-data.ts'

const entry = (rows: number, more: Partial<EntryResult> = {}): EntryResult => ({
  name: 'W1',
  shape: [rows, 2],
  verdict: 'pass',
  mode: 'full',
  compared: 2 * rows,
  wrong: 0,
  unclear: 0,
  kinks: 0,
  meanAbsoluteDifference: 0,
  maxRelativeError: 0,
  maxNumericalError: 0,
  worst: { index: [0, 1], analytic: 1, numerical: 1 },
  ...more,
})
const join = (...entries: EntryResult[]) => {
  let from = 0
  return joinSlices(
    entries.map((each) => ({ slice: { name: 'W1', from, to: (from += each.shape[0]) }, entry: each })),
  )
}

describe('joinSlices', () => {
  it('weights means by the number of entries, and counts the worst index from the start of the weight', () => {
    const [joined] = join(
      entry(1, { meanAbsoluteDifference: 3, kinks: 1 }),
      entry(3, { meanAbsoluteDifference: 1, maxRelativeError: 0.5 }),
    )
    expect(joined).toMatchObject({ shape: [4, 2], compared: 8, kinks: 1, maxRelativeError: 0.5 })
    expect(joined.meanAbsoluteDifference).toBeCloseTo((3 * 1 + 1 * 6) / 7, 15)
    expect(joined.worst?.index).toEqual([1, 1])
  })

  it('reports a wrong entry rather than a correct one with a larger error, and the worst verdict', () => {
    const [joined] = join(
      entry(1, { maxRelativeError: 0.1 }),
      entry(1, { maxRelativeError: 0.01, wrong: 1, verdict: 'fail', cause: 'sign' }),
      entry(1, { verdict: 'inconclusive' }),
    )
    expect(joined).toMatchObject({ verdict: 'fail', wrong: 1, cause: 'sign' })
    expect(joined.worst?.index).toEqual([1, 1])
  })

  it('is inconclusive if an entry is unclear, or if the loss depends on no slice', () => {
    const unclear = entry(1, { verdict: 'inconclusive', unclear: 1 })
    const withoutInfluence = entry(1, { verdict: 'inconclusive' })
    expect(join(entry(1), unclear)[0].verdict).toBe('inconclusive')
    expect(join(withoutInfluence, entry(1), withoutInfluence)[0].verdict).toBe('pass')
    expect(join(withoutInfluence, withoutInfluence)[0].verdict).toBe('inconclusive')
  })

  it('treats NaN as the largest error', () => {
    const [joined] = join(entry(1, { maxRelativeError: Number.NaN }), entry(1, { maxRelativeError: 9 }))
    expect(joined.maxRelativeError).toBeNaN()
  })

  it('keeps the order of the weights, and concatenates gradients', () => {
    const b = { slice: { name: 'b1' as const, from: 0, to: 2 }, entry: entry(2, { name: 'b1' }) }
    const a = (from: number) => ({
      slice: { name: 'W1' as const, from, to: from + 1 },
      entry: entry(1, { analytic: Float64Array.of(from, 1), numerical: Float64Array.of(from, 2) }),
    })
    const [first, second] = joinSlices([a(0), a(1), b])
    expect([first.name, second.name]).toEqual(['W1', 'b1'])
    expect(first.analytic).toEqual(Float64Array.of(0, 1, 1, 1))
    expect(second.analytic).toBeUndefined()
  })
})

describe('weightSlices', () => {
  it('cuts every row of every weight into exactly one slice', () => {
    const slices = weightSlices({ inputSize: 784, classes: 10 })
    for (const [name, rows] of Object.entries({ W1: 784, b1: 50, W2: 50, b2: 10 })) {
      const covered = slices
        .filter((slice) => slice.name === name)
        .flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i))
      expect(covered).toEqual(Array.from({ length: rows }, (_, i) => i))
    }
  })
})
