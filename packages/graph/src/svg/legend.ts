import type { Graph } from '../graph.ts'
import { cut, textWidth } from '../layout/text-size.ts'
import { asNumber } from '../value.ts'
import { drawHeat } from './draw-heat.ts'
import { LEVELS } from './heat-map.ts'
import { escapeXml, px } from './xml.ts'

const LEGEND = { size: 12, height: 30, left: 14, sample: 30 }

/** What the two kinds of arrows are, and the colours of heat maps, where there are some. */
export function legendOf({ nodes, edges }: Graph, top: number, paired: boolean) {
  const result = cut(nodes[nodes.length - 1].label, 24)
  const heat = edges.some(({ value }) => asNumber(value) === undefined)
  const entries: [kind: 'forward' | 'backward' | 'heat', text: string][] = [
    ['forward', 'value'],
    ...(paired ? ([['backward', `gradient, ∂${result}/∂value`]] as const) : []),
    ...(heat ? ([['heat', 'negative to positive']] as const) : []),
  ].map(([kind, text]) => [kind as 'forward' | 'backward' | 'heat', text])
  const y = top + LEGEND.height / 2 - 3
  let x = LEGEND.left
  const svg = entries.map(([kind, text]) => {
    const left = x
    x += LEGEND.sample + 8 + textWidth(text) * LEGEND.size + 20
    return (
      (kind === 'heat' ? heatSample(left, y) : arrowSample(kind, left, y)) +
      `<text class="g-legend" text-anchor="start" x="${px(left + LEGEND.sample + 8)}" y="${px(y + 4.2)}" font-size="${LEGEND.size}">${escapeXml(text)}</text>`
    )
  })
  return { width: x, height: LEGEND.height, svg: `<g>${svg.join('')}</g>` }
}

function arrowSample(kind: 'forward' | 'backward', left: number, y: number): string {
  const right = left + LEGEND.sample
  const head = kind === 'forward' ? `M${px(right)} ${px(y)}l-8 -4v8z` : `M${px(left)} ${px(y)}l8 -4v8z`
  const [from, to] = kind === 'forward' ? [left, right - 7] : [left + 7, right]
  return `<path class="g-${kind}" d="M${px(from)} ${px(y)}H${px(to)}"/><path class="g-${kind}-head" d="${head}"/>`
}

function heatSample(left: number, y: number): string {
  const levels = Array.from({ length: 2 * LEVELS + 1 }, (_, i) => i - LEVELS)
  const map = { rows: 1, columns: levels.length, levels, width: LEGEND.sample, height: 8 }
  return drawHeat({ map, x: left, y: y - 4, width: map.width, height: map.height })
}
