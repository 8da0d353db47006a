/** The text beside the graph: what a step computes, in numbers or as heat maps, or a summary of all gradients. */
import { asNumber, type Graph, type GraphEdge, type GraphNode, type GraphStep, showNumber } from '@gosa/graph'
import { argmax, type NumberOrTensor, type Tensor } from '@gosa/linalg'
import type { GraphTexts } from '../../i18n/graph.ts'
import { type Child, el } from '../../ui/el.ts'
import { type ColorTables, paintImages } from '../../ui/pixels.ts'
import { computation, inParentheses, layerFormulas, products, summands } from '../formulas.ts'
import { tensorImage } from '../tensor-image.ts'

/** The texts and colours to render with. */
export interface RenderContext {
  readonly t: GraphTexts
  readonly colors: ColorTables
}

/** What a step computes, in numbers or as heat maps. */
export function explainStep(step: GraphStep, graph: Graph, context: RenderContext): Child[] {
  const { node } = step
  if (node.kind === 'output') return [el('p', {}, context.t.outputGradient(node.label))]
  const formula = computation(step)
  if (formula !== undefined) return explainNumbers(step, graph, formula, context)
  return explainMatrices(step, context)
}

function explainNumbers(step: GraphStep, graph: Graph, formula: string, { t }: RenderContext): Child[] {
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
        el('thead', {}, el('tr', {}, ...[t.into, t.upstream, t.local, t.downstream].map(columnHeader))),
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

const columnHeader = (text: string) => el('th', { scope: 'col' }, text)

/** The formulas of a layer, and its inputs and outputs, forward or backward, as heat maps. */
function explainMatrices(step: GraphStep, context: RenderContext): Child[] {
  const { t } = context
  const { node, inputs, direction } = step
  const formulas = layerFormulas(node.label)?.[direction] ?? []
  const lines = formulas.map((line) => el('p', { class: `graph-formula ${direction}` }, line))
  const result = node.label === 'SoftmaxWithLoss' ? 'L' : 'y'
  if (direction === 'forward') {
    const incoming = inputs.map((edge) => valueFigure(nameOf(edge, node.id), edge.value, context))
    return [
      ...lines,
      groups(group(t.input, incoming), group(t.output, [valueFigure(result, node.value, context)])),
    ]
  }
  // What the gradients need of the forward pass: all inputs but the bias.
  const saved = inputs
    .filter(({ from }) => !from.endsWith('.b'))
    .map((edge) => valueFigure(nameOf(edge, node.id), edge.value, context))
  const back = inputs.filter(({ gradient }) => gradient !== undefined)
  const outgoing = back.map((edge) =>
    valueFigure(`d${nameOf(edge, node.id)}`, edge.gradient as NumberOrTensor, context),
  )
  return [
    ...lines,
    groups(
      group(t.upstreamGradient, [valueFigure(`d${result}`, step.upstream, context)]),
      group(t.saved, saved),
      group(t.passedDownstream, outgoing),
    ),
    back.some(({ value }) => typeof value === 'object' && value.shape[0] === 784) &&
      el('p', { class: 'note' }, t.tilesHint),
  ]
}

/** The name of an input within a layer: a weight's own name, t for labels, x for anything else. */
const nameOf = ({ from }: GraphEdge, node: string): string =>
  from === 't' ? 't' : from.startsWith(`${node}.`) ? from.slice(node.length + 1) : 'x'

/** A value as a heat map, or as a number if it is one. */
function valueFigure(name: string, value: NumberOrTensor, context: RenderContext): HTMLElement {
  const number = asNumber(value)
  if (typeof value === 'object' && number === undefined) return heatMap(name, value, context)
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

/** The result, and its gradient with respect to each variable or weight. */
export function summarize(graph: Graph, context: RenderContext): Child[] {
  const { nodes } = graph
  const result = nodes[nodes.length - 1]
  const leaves = nodes.filter(
    ({ kind, gradient }) => gradient !== undefined && kind !== 'operation' && kind !== 'output',
  )
  const [name, value] = [result.label, showNumber(asNumber(result.value) ?? Number.NaN)]
  if (leaves.every(({ value }) => asNumber(value) !== undefined)) {
    return [el('p', {}, context.t.meaning(name, value)), gradientTable(leaves, graph, context)]
  }
  const logits = nodes.filter(({ kind }) => kind === 'operation').at(-2)?.value as Tensor
  const predicted = String(argmax(logits))
  return [
    el('p', {}, context.t.networkMeaning(value, predicted)),
    el('div', { class: 'heat-groups' }, ...leaves.map((node) => weightAndGradient(node, context))),
    el('p', { class: 'note' }, context.t.tilesHint),
  ]
}

const gradientTable = (leaves: readonly GraphNode[], graph: Graph, { t }: RenderContext) =>
  el(
    'table',
    { class: 'graph-products' },
    el(
      'thead',
      {},
      el('tr', {}, ...[t.variable, t.value, `∂${graph.nodes.at(-1)?.label}/∂…`].map(columnHeader)),
    ),
    el(
      'tbody',
      {},
      ...leaves.map(({ id, label, value, gradient }) =>
        el(
          'tr',
          {},
          el('th', { scope: 'row' }, label),
          el('td', { class: 'forward' }, showNumber(asNumber(value) ?? 0)),
          el(
            'td',
            { class: 'backward' },
            // The gradients of a value that is used more than once are added.
            summands(graph, id)
              .map((x) => inParentheses(showNumber(x)))
              .join(' + '),
            summands(graph, id).length > 0 && ' = ',
            el('b', {}, showNumber(asNumber(gradient) ?? 0)),
          ),
        ),
      ),
    ),
  )

const weightAndGradient = ({ id, value, gradient }: GraphNode, context: RenderContext) =>
  el(
    'div',
    { class: 'heats' },
    heatMap(id, value as Tensor, context),
    heatMap(`d ${id}`, gradient as Tensor, context),
  )

/** The maximum size of a heat map and of its cells, in pixels. */
const MAX_SIZE = { width: 290, height: 170, cell: 22 }
/** The minimum width and height of a heat map, in pixels. */
const MIN_SIDE = 8

/** A tensor as a heat map with its name, shape and range. */
function heatMap(name: string, tensor: Tensor, { t, colors }: RenderContext): HTMLElement {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const x of tensor.data) [low, high] = [Math.min(low, x), Math.max(high, x)]
  const [from, to] = [low, high].map((x) => showNumber(Number(x.toPrecision(3))))
  const shape = `(${tensor.shape.join(', ')})`
  const canvas = el('canvas', {
    class: 'pixels',
    role: 'img',
    'aria-label': t.heatMap(name, shape, from, to),
  })
  const { levels, width, height, perRow } = tensorImage(tensor)
  paintImages(canvas, levels, colors.diverging, { width, height, perRow })
  const cell = Math.min(MAX_SIZE.cell, MAX_SIZE.width / canvas.width, MAX_SIZE.height / canvas.height)
  canvas.style.width = `${Math.max(MIN_SIDE, Math.round(canvas.width * cell))}px`
  canvas.style.height = `${Math.max(MIN_SIDE, Math.round(canvas.height * cell))}px`
  return el(
    'figure',
    { class: 'heat' },
    el('figcaption', {}, el('b', {}, name), ' ', el('span', { class: 'number' }, shape)),
    canvas,
    el('span', { class: 'note number' }, t.range(from, to)),
  )
}
