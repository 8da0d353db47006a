import { asNumber, type GraphEdge, type GraphStep, showNumber } from '@gosa/graph'
import type { NumberOrTensor } from '@gosa/linalg'
import { type Child, el } from '../../dom/el.ts'
import { layerFormulas } from '../model/explain.ts'
import { heat } from './heat.ts'
import type { Voice } from './voice.ts'

/** What goes into a layer and comes out of it, forwards or backwards, as heat maps below its formulas. */
export function matricesOf(step: GraphStep, voice: Voice): Child[] {
  const { t } = voice
  const { node, inputs, direction } = step
  const formulas = layerFormulas(node.label)?.[direction] ?? []
  const lines = formulas.map((line) => el('p', { class: `graph-formula ${direction}` }, line))
  const result = node.label === 'SoftmaxWithLoss' ? 'L' : 'y'
  if (direction === 'forward') {
    const incoming = inputs.map((edge) => shown(nameOf(edge, node.id), edge.value, voice))
    return [
      ...lines,
      groups(group(t.comesIn, incoming), group(t.goesOut, [shown(result, node.value, voice)])),
    ]
  }
  // What the formulas need of the way forwards: all but the bias, whose gradient does not depend on it.
  const kept = inputs
    .filter(({ from }) => !from.endsWith('.b'))
    .map((edge) => shown(nameOf(edge, node.id), edge.value, voice))
  const back = inputs.filter(({ gradient }) => gradient !== undefined)
  const outgoing = back.map((edge) =>
    shown(`d${nameOf(edge, node.id)}`, edge.gradient as NumberOrTensor, voice),
  )
  return [
    ...lines,
    groups(
      group(t.fromBehind, [shown(`d${result}`, step.upstream, voice)]),
      group(t.kept, kept),
      group(t.passedOn, outgoing),
    ),
    back.some(({ value }) => typeof value === 'object' && value.shape[0] === 784) &&
      el('p', { class: 'note' }, t.tilesHint),
  ]
}

/** What a layer calls what comes in: its weights by name, labels t, anything else x. */
const nameOf = ({ from }: GraphEdge, node: string): string =>
  from === 't' ? 't' : from.startsWith(`${node}.`) ? from.slice(node.length + 1) : 'x'

/** A value in a group: a heat map, or the number that it is. */
function shown(name: string, value: NumberOrTensor, { t, colours }: Voice): HTMLElement {
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

const groups = (...all: HTMLElement[]) => el('div', { class: 'heat-groups' }, ...all)
