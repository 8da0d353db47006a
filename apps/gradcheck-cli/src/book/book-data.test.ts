import { describe, expect, it } from 'vitest'
import type { PackedEntry } from '../jobs/pack-report.ts'
import { joinEntries } from './join-entries.ts'

const entry = (rows: number, more: Partial<PackedEntry> = {}): PackedEntry => ({
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
const join = (...entries: PackedEntry[]) => {
  let from = 0
  return joinEntries(
    entries.map((each) => ({ rows: { name: 'W1', from, to: (from += each.shape[0]) }, entry: each })),
  )
}

describe('joinEntries', () => {
  it('weights means by what was counted, and counts the index from the start of the weight', () => {
    const [joined] = join(
      entry(1, { meanAbsoluteDifference: 3, kinks: 1 }),
      entry(3, { meanAbsoluteDifference: 1, maxRelativeError: 0.5 }),
    )
    expect(joined).toMatchObject({ shape: [4, 2], compared: 8, kinks: 1, maxRelativeError: 0.5 })
    expect(joined.meanAbsoluteDifference).toBeCloseTo((3 * 1 + 1 * 6) / 7, 15)
    expect(joined.worst?.index).toEqual([1, 1])
  })

  it('shows a wrong entry before one with a larger error that agrees, and the gravest verdict', () => {
    const [joined] = join(
      entry(1, { maxRelativeError: 0.1 }),
      entry(1, { maxRelativeError: 0.01, wrong: 1, verdict: 'fail', cause: 'sign' }),
      entry(1, { verdict: 'inconclusive' }),
    )
    expect(joined).toMatchObject({ verdict: 'fail', wrong: 1, cause: 'sign' })
    expect(joined.worst?.index).toEqual([1, 1])
  })

  it('counts NaN as the largest error', () => {
    const [joined] = join(entry(1, { maxRelativeError: Number.NaN }), entry(1, { maxRelativeError: 9 }))
    expect(joined.maxRelativeError).toBeNaN()
  })

  it('keeps the order of the weights, and puts gradients together', () => {
    const b = { rows: { name: 'b1' as const, from: 0, to: 2 }, entry: entry(2, { name: 'b1' }) }
    const a = (from: number) => ({
      rows: { name: 'W1' as const, from, to: from + 1 },
      entry: entry(1, { analytic: Float64Array.of(from, 1), numerical: Float64Array.of(from, 2) }),
    })
    const [first, second] = joinEntries([a(0), a(1), b])
    expect([first.name, second.name]).toEqual(['W1', 'b1'])
    expect(first.analytic).toEqual(Float64Array.of(0, 1, 1, 1))
    expect(second.analytic).toBeUndefined()
  })
})
