import type { Point } from '@gosa/training-kit'
import { el, svg } from '../dom/el.ts'
import { niceTicks } from './ticks.ts'

export interface Series {
  readonly name: string
  /** The class of its line, which gives it its colour. */
  readonly kind: string
  readonly points: readonly Point[]
}

export interface ChartState {
  readonly series: readonly Series[]
  /** Where the axis ends. */
  readonly end: number
  /** The whole chart in words. */
  readonly words: string
}

export interface ChartOptions {
  readonly title: string
  /** From where to where the values are drawn; by default from 0 to the largest. */
  readonly range?: readonly [number, number]
  readonly value: (y: number) => string
  readonly count: (x: number) => string
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [420, 220, 42, 12, 10, 26]

/** A chart of lines that can be drawn anew as often as there is something new. */
export function lineChart({ title, range, value, count }: ChartOptions) {
  const picture = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': title })
  const legend = el('p', { class: 'legend', 'aria-hidden': 'true' })
  const element = el('figure', { class: 'chart' }, el('figcaption', {}, el('h3', {}, title), legend), picture)

  function update({ series, end, words }: ChartState): void {
    const values = series.flatMap(({ points }) => points.map(([, y]) => y))
    const [low, high] = range ?? [0, Math.max(0.1, ...values)]
    const x = (at: number) => LEFT + ((WIDTH - LEFT - RIGHT) * at) / Math.max(1, end)
    const y = (at: number) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (at - low)) / (high - low)
    const across = niceTicks(low, high, 4).map((tick) => [
      svg('line', { class: 'rule', x1: LEFT, x2: WIDTH - RIGHT, y1: y(tick), y2: y(tick) }),
      svg('text', { x: LEFT - 6, y: y(tick) + 4, 'text-anchor': 'end' }, value(tick)),
    ])
    const down = niceTicks(0, Math.max(1, end), 4).map((tick) =>
      svg(
        'text',
        {
          x: x(tick),
          y: HEIGHT - 6,
          'text-anchor': tick === 0 ? 'start' : tick > 0.95 * end ? 'end' : 'middle',
        },
        count(tick),
      ),
    )
    const lines = series.map(({ kind, points }) =>
      svg('polyline', {
        class: `line ${kind}`,
        points: points.map(([i, v]) => `${x(i).toFixed(1)},${y(Math.min(high, v)).toFixed(1)}`).join(' '),
      }),
    )
    const dots = series.flatMap(({ kind, points }) => {
      const last = points.at(-1)
      return last
        ? [svg('circle', { class: `dot ${kind}`, r: 3.5, cx: x(last[0]), cy: y(Math.min(high, last[1])) })]
        : []
    })
    picture.replaceChildren(...across.flat(), ...down, ...lines, ...dots)
    picture.setAttribute('aria-label', `${title}. ${words}`)
    legend.replaceChildren(
      ...series.flatMap(({ name, kind, points }) => {
        const last = points.at(-1)
        return [el('span', { class: `key ${kind}` }, name, ' ', el('b', {}, last ? value(last[1]) : '–'))]
      }),
    )
  }
  return { element, update }
}
