import type { Point } from '@gosa/training'
import { describe, expect, it } from 'vitest'
import { sparkline } from './sparkline.ts'

const curve = (...values: number[]) => values.map((y, x): Point => [x, y])

describe('a sparkline', () => {
  it('goes from the lowest value to the highest', () => {
    expect(sparkline(curve(7, 6, 5, 4, 3, 2, 1, 0), 8)).toBe('█▇▆▅▄▃▂▁')
  })

  it('takes means where there are more values than characters, all of them', () => {
    expect(sparkline(curve(4, 6, 0, 0, 10, 10, 10), 3)).toBe('▅▁█')
  })

  it('is flat where nothing changes, and short where little is known', () => {
    expect(sparkline(curve(2, 2, 2), 8)).toBe('▁▁▁')
    expect(sparkline([], 8)).toBe('')
    expect(sparkline(curve(1, 2), 0)).toBe('')
  })

  it('leaves out what is no number', () => {
    expect(sparkline(curve(1, Number.NaN, Infinity, 0), 8)).toBe('█▁')
  })
})
