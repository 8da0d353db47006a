import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { drawImage } from './draw-image.ts'
import { epochTable } from './epoch-table.ts'
import { probabilityBars } from './probability-bars.ts'
import { progressLine } from './progress-line.ts'

const metrics = {
  epoch: 2,
  iteration: 1200,
  loss: 0.25,
  trainAccuracy: 0.9,
  testAccuracy: 0.8,
  testLoss: 0.3,
  samplesPerSecond: 312_000,
}

describe('the table of epochs', () => {
  it('has its numbers below their titles', () => {
    const { head, row } = epochTable(80)
    expect([head, row(metrics)]).toEqual([
      'epoch      loss   train    test  iterations   samples/s',
      '    2    0.2500  0.9000  0.8000       1,200     312,000',
    ])
  })

  it('leaves out what does not fit into a narrow terminal', () => {
    for (const columns of [10, 20, 30, 40, 50, 60]) {
      expect(epochTable(columns).row(metrics).length).toBeLessThanOrEqual(columns)
    }
    expect(epochTable(32).head).toBe('epoch      loss   train    test')
  })
})

describe('the line of progress', () => {
  const half = {
    iteration: 5000,
    iterations: 10_000,
    perEpoch: 600,
    loss: 0.25,
    samplesPerSecond: 100_000,
    batchSize: 100,
  }

  it('has a bar and says how long it will take', () => {
    expect(progressLine(half, 80)).toBe(
      '━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌  50 %  epoch 9  loss 0.2500  5.0 s left  100,000 samples/s',
    )
  })

  it('fits into any width', () => {
    for (let columns = 1; columns < 100; columns++) {
      const line = progressLine(half, columns)
      expect(line.length).toBeLessThanOrEqual(Math.max(4, columns))
      expect(line).toContain('50 %')
    }
  })

  it('is empty at first and full at the end', () => {
    expect(progressLine({ ...half, iteration: 0 }, 80)).toMatch(/^╌+ {3}0 %/)
    expect(progressLine({ ...half, iteration: 10_000 }, 80)).toMatch(/^━+ 100 %/)
  })
})

describe('an image in characters', () => {
  const image = tensor([0, 0.5, 1, 0, 0, 0])

  it('has two for each pixel, and no trailing blanks', () => {
    expect(drawImage(image, { height: 2, width: 3 }, 80)).toEqual(['  ++@@', ''])
  })

  it('has one where lines are narrow, and is left out where they are too narrow', () => {
    expect(drawImage(image, { height: 2, width: 3 }, 4)).toEqual([' +@', ''])
    expect(drawImage(image, { height: 2, width: 3 }, 2)).toEqual([])
  })
})

it('probabilities have bars as long as there is room', () => {
  const paint = { bold: (text: string) => `<${text}>` } as never
  expect(probabilityBars([0.25, 0.75, 0], { columns: 14, paint })).toEqual([
    '0  0.2500 █',
    '<1  0.7500 ███>',
    '2  0.0000',
  ])
  expect(probabilityBars([1], { columns: 5, paint })).toEqual(['<0  1.0000>'])
})
