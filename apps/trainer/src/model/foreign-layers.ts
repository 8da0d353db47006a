import { printable } from '@gosa/cli-kit'

/** The fully connected layers in a file of another program: which tensors they are, and in which order they come. */

/** What is wrong with weights, to be appended to the name of their file. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError'
}

/** Neither numbers nor sizes tell the order of the layers, or `--order` does not name them: to be asked for. */
export class OrderError extends WeightsError {}

/** A layer by the names of its tensors. */
export interface ForeignLayer {
  /** What its tensors' names have in common: `fc1`. */
  readonly name: string
  readonly weight: string
  readonly bias: string
  /** Keras's kernels are (inputs, units); PyTorch's weights are (units, inputs). */
  readonly style: 'keras' | 'pytorch'
}

/** A layer with the lengths that its weight has. */
export interface SizedLayer extends Pick<ForeignLayer, 'name' | 'style'> {
  readonly inputs: number
  readonly units: number
}

/** How a bias is called, by how its weight is: of PyTorch, and of Keras with or without TensorFlow's `:0`, and Keras 3. */
const BIAS_OF: Readonly<Record<string, string>> = {
  weight: 'bias',
  kernel: 'bias',
  'kernel:0': 'bias:0',
  'vars/0': 'vars/1',
}

/** The layers whose weight and bias are among the names: `fc1.weight` and `fc1.bias`, `dense/kernel:0` and `dense/bias:0`. */
export function findLayers(names: readonly string[]): ForeignLayer[] {
  const known = new Set(names)
  return names.flatMap((weight) => {
    const [, prefix, kind] = /^((?:.*[./])?)(weight|kernel|kernel:0|vars\/0)$/s.exec(weight) ?? []
    if (kind === undefined) return []
    const bias = `${prefix}${BIAS_OF[kind]}`
    const style = kind === 'weight' ? 'pytorch' : 'keras'
    return known.has(bias) ? [{ name: prefix.slice(0, -1), weight, bias, style }] : []
  })
}

/** Beyond these, layers are not ordered by their sizes: the search could take long. */
const MAX_LAYERS_TO_SEARCH = 64
const MAX_SEARCH_STEPS = 10_000

const MAX_LISTED_LAYERS = 20

/**
 * The layers in the order in which they follow one another: that of `order`, if given; else the only one that agrees with the
 * numbers in names that are alike but for them (`fc1`, `fc2`, or Keras's `dense`, `dense_1`) and with the sizes, where each
 * layer takes as many inputs as the one before has units. Nothing else in a name is taken for a hint.
 *
 * Throws an `OrderError` if there is no such order or more than one.
 */
export function orderLayers<Layer extends SizedLayer>(
  layers: readonly Layer[],
  order?: readonly string[],
): Layer[] {
  const names = layers.map(({ name }) => name)
  const repeated = names.find((name, i) => names.indexOf(name) !== i)
  if (repeated !== undefined) throw new WeightsError(`two of its layers are called ${shortName(repeated)}`)
  if (order) return orderAsGiven(layers, order)
  const found = findOrders(layers)
  if (found.length === 1) return found[0]
  const reason =
    found.length === 0
      ? 'the numbers in the names of its layers and their sizes do not give an order in which they fit'
      : 'the order of its layers cannot be known from the numbers in their names, nor from their sizes'
  throw new OrderError(
    `${reason}: add --order with their names, from the first to the last, separated by commas: ${listLayers(layers)}`,
  )
}

function orderAsGiven<Layer extends SizedLayer>(layers: readonly Layer[], order: readonly string[]): Layer[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]))
  const isComplete =
    order.length === layers.length &&
    new Set(order).size === order.length &&
    order.every((name) => byName.has(name))
  if (!isComplete) {
    throw new OrderError(
      `--order ${shortName(order.join(','))} must name each of its layers once: ${listLayers(layers)}`,
    )
  }
  return order.flatMap((name) => byName.get(name) ?? [])
}

/** At most two orders of layers that agree with numbers and sizes; more than one if the search is too long. */
function findOrders<Layer extends SizedLayer>(layers: readonly Layer[]): Layer[][] {
  const numbered = layers.map((layer) => ({ layer, ...splitNumbers(layer) }))
  numbered.sort((a, b) => compareNumbers(a.numbers, b.numbers))
  const isOrderedByNumbers = numbered.every(
    ({ stem, numbers }, i) =>
      i === 0 || (stem === numbered[0].stem && compareNumbers(numbered[i - 1].numbers, numbers) < 0),
  )
  if (isOrderedByNumbers) {
    const sorted = numbered.map(({ layer }) => layer)
    return sorted.every(({ inputs }, i) => i === 0 || inputs === sorted[i - 1].units) ? [sorted] : []
  }
  if (layers.length > MAX_LAYERS_TO_SEARCH) return [[], []]
  const earlier = numbered.map(({ stem, numbers }) =>
    numbered.flatMap((other, i) =>
      other.stem === stem && compareNumbers(other.numbers, numbers) < 0 ? [i] : [],
    ),
  )
  const orders: Layer[][] = []
  const used: number[] = []
  let steps = 0
  const extend = (): void => {
    if (used.length === layers.length) orders.push(used.map((i) => numbered[i].layer))
    const last = used.length > 0 ? numbered[used[used.length - 1]].layer : undefined
    for (const [i, { layer }] of numbered.entries()) {
      if (orders.length > 1 || ++steps > MAX_SEARCH_STEPS) return
      const fits = last === undefined || layer.inputs === last.units
      if (!fits || used.includes(i) || !earlier[i].every((other) => used.includes(other))) continue
      used.push(i)
      extend()
      used.pop()
    }
  }
  extend()
  return steps > MAX_SEARCH_STEPS ? [[], []] : orders
}

/**
 * A name without its numbers, and these: layers of the same stem are in the order of their numbers. Keras gives the first
 * layer of a kind no number, so `dense` counts as `dense_0`.
 */
function splitNumbers({ name, style }: SizedLayer): { stem: string; numbers: number[] } {
  const numbers: number[] = []
  const withoutNumbers = (text: string) =>
    text.replace(/\d+/g, (digits) => {
      numbers.push(Number(digits))
      return '#'
    })
  if (style === 'pytorch') return { stem: withoutNumbers(name), numbers }
  const parts = name.split(/[./]/).map((part) => {
    const suffix = /_(\d+)$/.exec(part)
    const stem = withoutNumbers(suffix ? part.slice(0, suffix.index) : part)
    numbers.push(Number(suffix?.[1] ?? 0))
    return stem
  })
  return { stem: parts.join('/'), numbers }
}

/** Negative if the first differing number of a is the smaller one, 0 if all are equal. */
function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, i) => value !== b[i])
  return i < 0 || i >= b.length ? 0 : a[i] - b[i]
}

function listLayers(layers: readonly SizedLayer[]): string {
  const shown = layers
    .slice(0, MAX_LISTED_LAYERS)
    .map(({ name, inputs, units }) => `${shortName(name)} (${inputs} → ${units})`)
  if (layers.length > shown.length) shown.push(`and ${layers.length - shown.length} more`)
  return shown.join(', ')
}

/** The most characters of a name that a message shows. */
const MAX_NAME_LENGTH = 60

/** A name from a file for a message: short, and without control characters. */
export const shortName = (name: string): string =>
  printable(name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name)
