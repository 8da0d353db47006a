import type { Point } from '@gosa/training'
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

type Scale = (at: number) => number

const [HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [220, 42, 12, 10, 26]

/** A chart of lines that can be drawn anew as often as there is something new. */
export function lineChart({ title, range, value, count }: ChartOptions) {
  const picture = svg('svg', { height: HEIGHT, role: 'img', 'aria-label': title })
  const legend = el('p', { class: 'legend', 'aria-hidden': 'true' })
  const element = el('figure', { class: 'chart' }, el('figcaption', {}, el('h3', {}, title), legend), picture)

  const axes = svg('g')
  const lines = svg('g')
  picture.append(axes, lines)
  let drawn = ''
  /** As wide as there is room, so that letters have their size. */
  let width = 420
  let latest: ChartState | undefined
  new ResizeObserver(([{ contentRect }]) => {
    width = Math.max(200, contentRect.width)
    if (latest) update(latest)
  }).observe(picture)

  function update(state: ChartState): void {
    latest = state
    const { series, end, words } = state
    const values = series.flatMap(({ points }) => points.map(([, y]) => y))
    const [low, high] = range ?? [0, Math.max(0.1, ...values)]
    const x = (at: number) => LEFT + ((width - LEFT - RIGHT) * at) / Math.max(1, end)
    const y = (at: number) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (at - low)) / (high - low)
    const wanted = [low, high, end, width].join(' ')
    if (drawn !== wanted) drawAxes(low, high, end, x, y)
    drawn = wanted
    lines.replaceChildren(
      ...series.flatMap(({ kind, points }) => {
        const places = points.map(([i, v]) => [x(i), y(Math.min(high, v))].map((at) => at.toFixed(1)))
        const last = places.at(-1)
        const line = svg('polyline', { class: `line ${kind}`, points: places.map(String).join(' ') })
        return last
          ? [line, svg('circle', { class: `dot ${kind}`, r: 3.5, cx: last[0], cy: last[1] })]
          : [line]
      }),
    )
    picture.setAttribute('aria-label', `${title}. ${words}`)
    legend.replaceChildren(
      ...series.map(({ name, kind, points }) => {
        const last = points.at(-1)
        return el('span', { class: `key ${kind}` }, name, ' ', el('b', {}, last ? value(last[1]) : '–'))
      }),
    )
  }

  function drawAxes(low: number, high: number, end: number, x: Scale, y: Scale): void {
    axes.replaceChildren(
      ...niceTicks(low, high, 4).flatMap((tick) => [
        svg('line', { class: 'rule', x1: LEFT, x2: width - RIGHT, y1: y(tick), y2: y(tick) }),
        svg('text', { x: LEFT - 6, y: y(tick) + 4, 'text-anchor': 'end' }, value(tick)),
      ]),
      ...niceTicks(0, Math.max(1, end), 4).map((tick) => {
        const anchor = tick === 0 ? 'start' : tick > 0.95 * end ? 'end' : 'middle'
        return svg('text', { x: x(tick), y: HEIGHT - 6, 'text-anchor': anchor }, count(tick))
      }),
    )
  }
  return { element, update }
}
