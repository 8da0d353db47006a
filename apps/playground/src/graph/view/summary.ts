import { asNumber, type Graph, type GraphNode, showNumber } from '@gosa/graph'
import { argmax, type Tensor } from '@gosa/linalg'
import { type Child, el } from '../../dom/el.ts'
import { inBrackets, summands } from '../model/explain.ts'
import { heat } from './heat.ts'
import type { Voice } from './voice.ts'

/** What has come of it all: what the result owes to each variable, to each weight. */
export function summaryOf(graph: Graph, voice: Voice): Child[] {
  const { nodes } = graph
  const result = nodes[nodes.length - 1]
  const given = nodes.filter(
    ({ kind, gradient }) => gradient !== undefined && kind !== 'operation' && kind !== 'output',
  )
  const [name, value] = [result.label, showNumber(asNumber(result.value) ?? Number.NaN)]
  if (given.every(({ value }) => asNumber(value) !== undefined)) {
    return [el('p', {}, voice.t.meaning(name, value)), table(given, graph, voice)]
  }
  const logits = nodes.filter(({ kind }) => kind === 'operation').at(-2)?.value as Tensor
  const guess = String(argmax(logits))
  return [
    el('p', {}, voice.t.networkMeaning(value, guess)),
    el('div', { class: 'heat-groups' }, ...given.map((node) => pair(node, voice))),
    el('p', { class: 'note' }, voice.t.tilesHint),
  ]
}

const table = (given: readonly GraphNode[], graph: Graph, { t }: Voice) =>
  el(
    'table',
    { class: 'graph-products' },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        ...[t.variable, t.value, `∂${graph.nodes.at(-1)?.label}/∂…`].map((text) =>
          el('th', { scope: 'col' }, text),
        ),
      ),
    ),
    el(
      'tbody',
      {},
      ...given.map(({ id, label, value, gradient }) =>
        el(
          'tr',
          {},
          el('th', { scope: 'row' }, label),
          el('td', { class: 'forward' }, showNumber(asNumber(value) ?? 0)),
          el(
            'td',
            { class: 'backward' },
            // Of a value used more than once, what came back is added.
            summands(graph, id)
              .map((x) => inBrackets(showNumber(x)))
              .join(' + '),
            summands(graph, id).length > 0 && ' = ',
            el('b', {}, showNumber(asNumber(gradient) ?? 0)),
          ),
        ),
      ),
    ),
  )

const pair = ({ id, value, gradient }: GraphNode, { t, colours }: Voice) =>
  el(
    'div',
    { class: 'heats' },
    heat(id, value as Tensor, colours, t),
    heat(`d ${id}`, gradient as Tensor, colours, t),
  )
