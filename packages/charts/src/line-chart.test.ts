import { describe, expect, it } from 'vitest'
import { type ChartPoint, type LineChart, lineChart } from './line-chart.ts'

const chart = (points: readonly ChartPoint[], change: Partial<LineChart> = {}): string =>
  String(
    lineChart({
      ...{ title: 'Loss', xLabel: 'epochs', yLabel: 'nats', yRange: { low: 0 } },
      format: (value) => value.toFixed(2),
      series: [{ kind: 'train', name: 'training images', points }],
      ...change,
    }),
  )

/** The positions of a curve. */
const positionsOf = (svg: string) =>
  (/<path class="curve train" d="M([^"]*)"/.exec(svg)?.[1] ?? '')
    .split('L')
    .map((position) => position.split(' ').map(Number))

describe('lineChart', () => {
  it('draws larger values higher, and larger x further right', () => {
    const [first, second, third] = positionsOf(
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

  it('takes the description, the labels of ticks and the text without points', () => {
    const svg = chart([[0, 0.5]], {
      description: '0.5 after 1 step',
      yRange: { low: 0, high: 1 },
      yTick: (share) => `${100 * share} %`,
      xTick: (x) => `#${x}`,
    })
    expect(svg).toContain('aria-label="Loss: 0.5 after 1 step"')
    expect(svg).toContain('>100 %</text>')
    expect(svg).toContain('>#0</text>')
    expect(chart([], { empty: 'まだありません' })).toContain('<p>まだありません</p>')
  })

  it('escapes names', () => {
    const svg = chart([[1, 2]], { title: '<b>', xLabel: '"x"' })
    expect(svg).not.toContain('<b>:')
    expect(svg).toContain('aria-label="&#60;b&#62;:')
  })

  it('shows a single point as a dot', () => {
    expect(chart([[1, 2]]).match(/<circle/g)).toHaveLength(1)
    const batch = chart([], { series: [{ kind: 'batch', name: 'batches', points: [[1, 2]] }] })
    expect(batch.match(/<circle/g)).toHaveLength(1)
  })

  it('leaves out points that are not finite, and says so if none is left', () => {
    const svg = chart([
      [1, 2],
      [2, Number.NaN],
      [3, Infinity],
      [4, 1],
    ])
    expect(svg).not.toMatch(/NaN|Infinity/)
    expect(positionsOf(svg)).toHaveLength(2)
    expect(chart([[1, Number.NaN]])).toContain('No measurements yet.')
  })

  it('has no dots if they could not be told apart', () => {
    expect(chart(Array.from({ length: 200 }, (_, i): ChartPoint => [i, i]))).not.toContain('<circle')
  })

  it('draws a bounded number of points, the last one always', () => {
    const svg = chart(Array.from({ length: 10_000 }, (_, i): ChartPoint => [i, 1 / (i + 1)]))
    expect(positionsOf(svg).length).toBeLessThanOrEqual(300)
    expect(svg.length).toBeLessThan(10_000)
    expect(positionsOf(svg).at(-1)?.[0]).toBe(352)
  })

  it('stays inside its picture for values of any magnitude', () => {
    for (const size of [1e-30, 1, 1e30]) {
      for (const [x, y] of positionsOf(chart([1, 2, 3].map((i): ChartPoint => [i, i * size])))) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(360)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(y).toBeLessThanOrEqual(220)
      }
    }
  })

  it('fills the width and height that it is given', () => {
    const svg = chart(
      [
        [0, 0],
        [1, 1],
      ],
      { width: 600, height: 300 },
    )
    expect(svg).toContain('viewBox="0 0 600 300"')
    expect(positionsOf(svg)).toEqual([
      [48, 262],
      [592, 10],
    ])
  })

  it('has no inline styles, which the policy of a page may forbid', () => {
    expect(chart([[1, 2]])).not.toMatch(/style=|<style/)
  })
})
