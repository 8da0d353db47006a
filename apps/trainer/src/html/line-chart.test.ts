import type { Point } from '@gosa/training'
import { describe, expect, it } from 'vitest'
import { type Chart, lineChart } from './line-chart.ts'

const chart = (points: readonly Point[], change: Partial<Chart> = {}): string =>
  String(
    lineChart({
      ...{ title: 'Loss', x: 'epochs', y: 'nats', from: 0, show: (value) => value.toFixed(2) },
      series: [{ kind: 'train', name: 'training images', points }],
      ...change,
    }),
  )

/** The places of a curve. */
const placesOf = (svg: string) =>
  (/<path class="curve train" d="M([^"]*)"/.exec(svg)?.[1] ?? '')
    .split('L')
    .map((place) => place.split(' ').map(Number))

describe('a line chart', () => {
  it('puts larger values higher, and later ones further right', () => {
    const [first, second, third] = placesOf(
      chart([
        [1, 2],
        [2, 1],
        [4, 0],
      ]),
    )
    expect(first[1]).toBeLessThan(second[1])
    expect(third[1] - second[1]).toBeCloseTo(second[1] - first[1])
    expect(third[0] - second[0]).toBeCloseTo(2 * (second[0] - first[0]))
  })

  it('names its axes with their units, and says in words and in the legend where each curve ends', () => {
    const svg = chart([
      [1, 2],
      [2, 1.234],
    ])
    expect(svg).toContain('>epochs</text>')
    expect(svg).toContain('>nats</text>')
    expect(svg).toContain('aria-label="Loss: training images ends at 1.23"')
    expect(svg).toContain('training images <b>1.23</b>')
    expect(svg).toContain('<title>training images, epochs 2: 1.23</title>')
  })

  it('shows a single point as a dot', () => {
    expect(chart([[1, 2]]).match(/<circle/g)).toHaveLength(1)
    const batch = chart([], { series: [{ kind: 'batch', name: 'batches', points: [[1, 2]] }] })
    expect(batch.match(/<circle/g)).toHaveLength(1)
  })

  it('leaves out what is no number, and says so where nothing is left', () => {
    const svg = chart([
      [1, 2],
      [2, Number.NaN],
      [3, Infinity],
      [4, 1],
    ])
    expect(svg).not.toMatch(/NaN|Infinity/)
    expect(placesOf(svg)).toHaveLength(2)
    expect(chart([[1, Number.NaN]])).toContain('Nothing was measured so far.')
  })

  it('has no dots where they could not be told apart', () => {
    expect(chart(Array.from({ length: 200 }, (_, i): Point => [i, i]))).not.toContain('<circle')
  })

  it('stays inside its picture, whatever the values', () => {
    for (const size of [1e-30, 1, 1e30]) {
      for (const [x, y] of placesOf(chart([1, 2, 3].map((i): Point => [i, i * size])))) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(360)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(y).toBeLessThanOrEqual(220)
      }
    }
  })
})
