import { createColors, noColors } from '@gosa/cli-kit'
import { describe, expect, it } from 'vitest'
import type { EntryResult } from '../cases/case-result.ts'
import { entryTable } from './entry-table.ts'

const entry = (more: Partial<EntryResult> = {}): EntryResult => ({
  name: 'W1',
  shape: [784, 50],
  verdict: 'pass',
  mode: 'full',
  compared: 39200,
  wrong: 0,
  unclear: 0,
  kinks: 2,
  meanAbsoluteDifference: 2.8167e-12,
  maxRelativeError: 3.14159e-7,
  maxNumericalError: 1e-10,
  worst: { index: [403, 12], analytic: -0.00012345678, numerical: -0.00012345679 },
  ...more,
})
const b1 = entry({
  name: 'b1',
  shape: [50],
  verdict: 'fail',
  worst: { index: [7], analytic: 1, numerical: -1 },
})

describe('entryTable', () => {
  it('has a row for each entry; in 80 columns without the shapes', () => {
    expect(entryTable([entry(), b1], 80, noColors)).toEqual([
      '    mean diff  max rel  worst at   analytic     numerical    kinks  verdict',
      'W1  2.82e-12   3.14e-7  (403, 12)  -0.00012346  -0.00012346  2      pass',
      'b1  2.82e-12   3.14e-7  (7)        1            -1           2      fail',
    ])
  })

  it('shows the shapes if they fit', () => {
    const [head, first] = entryTable([entry()], 100, noColors)
    expect(head).toContain('shape')
    expect(first).toContain('(784, 50)')
  })

  it('has a block of lines for each entry in 40 columns, where rows do not fit', () => {
    const lines = entryTable([entry(), b1], 40, noColors)
    expect(lines.slice(8)).toEqual([
      'b1: fail',
      '  shape     (50)',
      '  mean diff 2.82e-12',
      '  max rel   3.14e-7',
      '  worst at  (7)',
      '  analytic  1',
      '  numerical -1',
      '  kinks     2',
    ])
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40)
  })

  it('leaves the cells of the worst entry empty if nothing was compared', () => {
    const [, row] = entryTable([entry({ worst: undefined })], 80, noColors)
    expect(row).toMatch(/^W1 {2}\(784, 50\) {2}2\.82e-12 {3}3\.14e-7 +2 {6}pass$/)
  })

  it('colours the verdicts on a terminal', () => {
    const colors = createColors({ isTTY: true }, { TERM: 'xterm' })
    expect(entryTable([b1], 80, colors)[1]).toContain('\x1b[31mfail\x1b[39m')
  })
})
