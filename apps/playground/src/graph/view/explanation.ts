import { type Graph, type GraphStep, showNumber } from '@gosa/graph'
import { type Child, el } from '../../dom/el.ts'
import { computation, products, summands } from '../model/explain.ts'
import { matricesOf } from './matrices.ts'
import type { Voice } from './voice.ts'

/** What happens in a step, in numbers or in pictures. */
export function explanationOf(step: GraphStep, graph: Graph, voice: Voice): Child[] {
  const { node } = step
  if (node.kind === 'output') return [el('p', {}, voice.t.begins(node.label))]
  const formula = computation(step)
  if (formula !== undefined) return ofNumbers(step, graph, formula, voice)
  return matricesOf(step, voice)
}

function ofNumbers(step: GraphStep, graph: Graph, formula: string, { t }: Voice): Child[] {
  if (step.direction === 'forward') return [el('p', { class: 'graph-formula forward' }, formula)]
  const parts = summands(graph, step.node.id)
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
