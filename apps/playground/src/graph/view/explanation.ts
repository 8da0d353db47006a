import { asNumber, type Graph, type GraphEdge, type Step, showNumber, type Value } from '@gosa/graph'
import { type Child, el } from '../../dom/el.ts'
import type { GraphTexts } from '../../text/graph.ts'
import type { Palette } from '../../view/palette.ts'
import { computation, layerFormulas, products, summands } from '../model/explain.ts'
import { heat } from './heat.ts'

/** What is said with: the texts and the colours. */
export interface Voice {
  readonly t: GraphTexts
  readonly colours: Palette
}

/** What happens in a step, in numbers or in pictures. */
export function explanationOf(step: Step, graph: Graph, voice: Voice): Child[] {
  const { node } = step
  if (node.kind === 'output') return [el('p', {}, voice.t.begins(node.label))]
  const formula = computation(step)
  if (formula !== undefined) return ofNumbers(step, graph, formula, voice)
  return ofMatrices(step, voice)
}

function ofNumbers(step: Step, graph: Graph, formula: string, { t }: Voice): Child[] {
  if (step.direction === 'forward') return [el('p', { class: 'graph-formula forward' }, formula)]
  const parts = summands(step, graph)
  const rows = products(step, graph)
  return [
    parts.length > 1 && el('p', {}, t.sum(parts.map(showNumber).join(' + '), showNumber(rows[0].upstream))),
    el(
      'div',
      { class: 'scroller' },
      el(
        'table',
        { class: 'graph-products' },
        el('caption', { class: 'note' }, t.productCaption),
        el('thead', {}, el('tr', {}, ...[t.into, t.upstream, t.local, t.downstream].map(header))),
        el(
          'tbody',
          {},
          ...rows.map(({ into, value, upstream, local, downstream, rule }) =>
            el(
              'tr',
              {},
              el(
                'th',
                { scope: 'row' },
                into,
                el('span', { class: 'note' }, `${t.value} ${showNumber(value)}`),
              ),
              el('td', { class: 'backward' }, showNumber(upstream)),
              el('td', {}, `× ${showNumber(local)}`, el('span', { class: 'note' }, rule)),
              el('td', { class: 'backward' }, el('b', {}, `= ${showNumber(downstream)}`)),
            ),
          ),
        ),
      ),
    ),
  ]
}

const header = (text: string) => el('th', { scope: 'col' }, text)

function ofMatrices(step: Step, voice: Voice): Child[] {
  const { t } = voice
  const { node, inputs, direction } = step
  const formulas = layerFormulas(node.label)?.[direction] ?? []
  const lines = formulas.map((line) => el('p', { class: `graph-formula ${direction}` }, line))
  if (direction === 'forward') {
    return [
      ...lines,
      group(
        t.comesIn,
        inputs.map((edge) => shown(nameOf(edge, node.id), edge.value, voice)),
      ),
      group(t.goesOut, [shown('y', node.value, voice)]),
    ]
  }
  const back = inputs.filter(({ gradient }) => gradient !== undefined)
  return [
    ...lines,
    group(t.fromBehind, [shown('dy', step.upstream, voice)]),
    group(
      t.passedOn,
      back.map((edge) => shown(`d${nameOf(edge, node.id)}`, edge.gradient as Value, voice)),
    ),
    back.some(({ value }) => typeof value === 'object' && value.shape[0] === 784) &&
      el('p', { class: 'note' }, t.tilesHint),
  ]
}

/** What a layer calls what comes in: its weights by name, labels t, anything else x. */
const nameOf = ({ from }: GraphEdge, node: string): string =>
  from === 't' ? 't' : from.startsWith(`${node}.`) ? from.slice(node.length + 1) : 'x'

/** A value in a group: a heat map, or the number that it is. */
function shown(name: string, value: Value, { t, colours }: Voice): HTMLElement {
  const number = asNumber(value)
  if (typeof value === 'object' && number === undefined) return heat(name, value, colours, t)
  return el(
    'figure',
    { class: 'heat' },
    el('figcaption', {}, el('b', {}, name)),
    el('span', { class: 'graph-number' }, showNumber(number ?? Number.NaN)),
  )
}

const group = (title: string, figures: HTMLElement[]) =>
  el('div', { class: 'heat-group' }, el('h3', {}, title), el('div', { class: 'heats' }, ...figures))
