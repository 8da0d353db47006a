import { stripVTControlCharacters } from 'node:util'
import { createPaint } from '@gosa/cli-kit'
import type { Point } from '@gosa/training'
import { describe, expect, it } from 'vitest'
import { progressLine } from './progress-line.ts'

const half = {
  iteration: 5000,
  iterations: 10_000,
  perEpoch: 600,
  loss: 0.25,
  samplesPerSecond: 100_000,
  batchSize: 100,
  testAccuracy: 0.95,
  losses: Array.from({ length: 100 }, (_, i): Point => [i, 100 - i]),
}
const plain = createPaint({}, {})
const line = (columns: number, change: Partial<typeof half> = {}) =>
  progressLine({ ...half, ...change }, columns, plain)

describe('the line of progress', () => {
  it('has a bar, epoch, loss, time left, accuracy, a learning curve and the speed', () => {
    expect(line(120)).toBe(
      '━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌  50 %  epoch 9/17  loss 0.2500  5.0 s left  test 0.9500  █▇▆▆▅▄▃▃▂▁  100,000 samples/s',
    )
  })

  it('leaves out the last of these first where it is narrow', () => {
    expect([79, 58, 44, 40, 39, 24, 17, 5].map((columns) => line(columns))).toEqual([
      '━━━━━╌╌╌╌╌╌  50 %  epoch 9/17  loss 0.2500  5.0 s left  test 0.9500  █▇▆▆▅▄▃▃▂▁',
      '━━━━━━━╌╌╌╌╌╌╌╌  50 %  epoch 9/17  loss 0.2500  5.0 s left',
      '━━━━━━╌╌╌╌╌╌╌  50 %  epoch 9/17  loss 0.2500',
      '━━━━╌╌╌╌╌  50 %  epoch 9/17  loss 0.2500',
      '━━━━╌╌╌╌  50 %  epoch 9/17  loss 0.2500',
      '━━━╌╌╌  50 %  epoch 9/17',
      '━━━━━╌╌╌╌╌╌  50 %',
      '50 %',
    ])
  })

  it('fits into any width, colours not counted', () => {
    const colours = createPaint({ isTTY: true }, {})
    for (let columns = 1; columns < 140; columns++) {
      const painted = progressLine(half, columns, colours)
      expect(stripVTControlCharacters(painted)).toBe(line(columns))
      expect(line(columns).length).toBeLessThanOrEqual(Math.max(4, columns))
      expect(line(columns)).toContain('50 %')
    }
    expect(progressLine(half, 80, colours)).toMatch('\x1b[36m━')
  })

  it('is empty at first and full at the end, in the last epoch', () => {
    expect(line(80, { iteration: 1, losses: [] })).toMatch(/^╌+ {3}0 % {2}epoch 1\/17 /)
    expect(line(80, { iteration: 10_000 })).toMatch(/^━+ 100 % {2}epoch 17\/17 /)
  })
})
