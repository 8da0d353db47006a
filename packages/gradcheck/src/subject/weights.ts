import { type LayerLike, Tensor } from '@gosa/linalg'
import { arrayOf } from './restore.ts'

/**
 * The weights of a layer and where their gradients are: in `parameters()`, or by the conventions of code that was not written
 * for this checker.
 */

/** A weight, with a way to look up its latest gradient. */
export interface Weight {
  readonly name: string
  readonly value: Tensor
  readonly gradient: () => unknown
}

/** The passes that the search for weights runs. */
export interface Passes {
  /** Runs forward and backward at other inputs, since some layers make their weights and gradients in it. */
  readonly probe: () => void
  /** Runs forward and returns the elements of the output. */
  readonly output: () => ArrayLike<number>
}

/**
 * The weights of a layer: those of `parameters()`, else `params` beside `grads` (arrays, or objects by name), and any tensor or
 * typed array with an influence on the output beside its gradient (`W` and `dW`), also inside of other objects.
 */
export function findWeights(layer: LayerLike, { probe, output }: Passes): Weight[] {
  if (layer.parameters && layer.parameters().length > 0) return listedWeights(layer as Required<LayerLike>)
  probe()
  if (layer.parameters) return listedWeights(layer as Required<LayerLike>)
  const paired = holdersOf(layer).flatMap(({ path, holder }) => pairedWeights(holder, path))
  if (paired.length === 0) return []
  const before = Array.from(output())
  const seen = new Set<unknown>()
  return paired.filter(({ value }) => {
    const isNew = !seen.has(value.data)
    seen.add(value.data)
    return isNew && hasInfluence(value.data as Float64Array, before, output)
  })
}

/** Gradients are looked up in a new list after each pass: a list that is made when asked for holds those of its time. */
const listedWeights = (layer: Required<LayerLike>): Weight[] =>
  layer.parameters().map(({ name, value }, i) => ({
    name,
    value,
    gradient: () => {
      const now = layer.parameters()
      return (now[i]?.name === name ? now[i] : now.find((one) => one.name === name))?.grad
    },
  }))

type Properties = Readonly<Record<string, unknown>>

interface Holder {
  /** The names that lead to it, with a dot at the end: `layers.0.`. */
  readonly path: string
  readonly holder: Properties
}

const MAX_DEPTH = 4

/** An object and all objects in its properties that may hold weights. */
function holdersOf(root: object): Holder[] {
  const seen = new Set<object>()
  const visit = (holder: object, path: string, depth: number): Holder[] => {
    if (seen.has(holder) || depth > MAX_DEPTH) return []
    seen.add(holder)
    const own: Holder = { path, holder: holder as Properties }
    const inner = namesOf(holder).flatMap((name) => {
      const value = read(own.holder, name)
      const isHolder = typeof value === 'object' && value !== null && !arrayOf(value) && !isNumeric(value)
      return isHolder ? visit(value, `${path}${name}.`, depth + 1) : []
    })
    return [own, ...inner]
  }
  return visit(root, '', 0)
}

const isNumeric = (value: object): boolean => Array.isArray(value) && typeof value[0] === 'number'

/** The names of the properties of an object, those of getters of its classes included. */
function namesOf(object: object): string[] {
  const names = new Set(Object.keys(object))
  for (let type = object; type && type !== Object.prototype; type = Object.getPrototypeOf(type)) {
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(type))) {
      if (get) names.add(name)
    }
  }
  return [...names]
}

function read(holder: Properties, name: string): unknown {
  try {
    return holder[name]
  } catch {
    return undefined
  }
}

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '')

/** The names under which code keeps the gradient of `W`: dW, d_W, gradW, W_grad, … */
export const gradientNames = (name: string): string[] =>
  ['d', 'grad', 'gradient', 'dl', 'dld']
    .map((prefix) => prefix + plain(name))
    .concat(['grad', 'grads', 'gradient'].map((suffix) => plain(name) + suffix))

/** Lists of weights and of their gradients, by the names that code gives them. */
const LISTS = [
  ['params', 'grads'],
  ['weights', 'gradients'],
  ['parameters', 'gradients'],
  ['weights', 'grads'],
] as const

function pairedWeights(holder: Properties, path: string): Weight[] {
  const lists = LISTS.map(([weights, gradients]) => [read(holder, weights), gradients] as const)
  for (const [weights, gradients] of lists) {
    if (typeof weights !== 'object' || weights === null || typeof read(holder, gradients) !== 'object')
      continue
    return namesOf(weights).flatMap((name) =>
      weightOf(
        `${path}${Array.isArray(weights) ? `params.${name}` : name}`,
        (weights as Properties)[name],
        () => read(read(holder, gradients) as Properties, name),
      ),
    )
  }
  const names = namesOf(holder)
  return names.flatMap((name) => {
    const gradientName = names.find((other) => other !== name && gradientNames(name).includes(plain(other)))
    return gradientName === undefined
      ? []
      : weightOf(path + name, read(holder, name), () => read(holder, gradientName))
  })
}

function weightOf(name: string, value: unknown, gradient: () => unknown): Weight[] {
  if (value instanceof Tensor) return [{ name, value, gradient }]
  const isTyped = value instanceof Float64Array || value instanceof Float32Array
  return isTyped ? [{ name, value: new Tensor(value, [value.length]), gradient }] : []
}

/**
 * The names of the tensors and typed arrays of a layer that have an influence on its output, but are neither checked, as weights,
 * inputs and labels are, nor in `buffers()`. `output` runs `forward` and returns the elements of the output.
 */
export function findUncheckedWeights(
  layer: LayerLike,
  checked: readonly unknown[],
  output: () => ArrayLike<number>,
): string[] {
  const buffers = (layer as { buffers?: () => readonly { value?: unknown }[] }).buffers?.() ?? []
  const known = new Set([...checked, ...buffers.map(({ value }) => value)].map(arrayOf))
  const before = Array.from(output())
  return holdersOf(layer).flatMap(({ path, holder }) =>
    namesOf(holder).flatMap((name) => {
      const array = floatsOf(read(holder, name))
      if (!array || known.has(array)) return []
      known.add(array)
      return hasInfluence(array, before, output) ? [path + name] : []
    }),
  )
}

/** The floats behind a tensor or a typed array; undefined for anything else: arrays of numbers tend to be settings. */
function floatsOf(value: unknown): Float64Array | undefined {
  const array = arrayOf(value)
  return array instanceof Float64Array || (array as unknown) instanceof Float32Array ? array : undefined
}

function hasInfluence(
  array: Float64Array,
  before: readonly number[],
  output: () => ArrayLike<number>,
): boolean {
  const start = array.slice()
  try {
    for (let i = 0; i < array.length; i++) array[i] += 2 ** -10 * (1 + Math.abs(array[i]))
    const after = output()
    return before.some((value, i) => !Object.is(value, after[i]))
  } catch {
    return false
  } finally {
    for (let i = 0; i < array.length; i++) array[i] = start[i]
  }
}
