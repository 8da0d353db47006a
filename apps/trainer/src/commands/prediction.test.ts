import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { drawImage } from './draw-image.ts'
import { epochTable } from './epoch-table.ts'
import { probabilityBars } from './probability-bars.ts'

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

  it('has a column for images that are set aside', () => {
    const { head, row } = epochTable(80, { aside: true })
    expect([head, row({ ...metrics, validationAccuracy: 0.7 })]).toEqual([
      'epoch      loss   train    test  set aside  iterations   samples/s',
      '    2    0.2500  0.9000  0.8000     0.7000       1,200     312,000',
    ])
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
