import { type LayerLike, Tensor, tensor } from '@gosa/linalg'
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
  /** Writes the present value to where the layer keeps it, if that is no tensor or typed array. */
  readonly store?: () => void
}

/** The passes that the search for weights runs. */
export interface Passes {
  /** Runs forward and backward at other inputs, since some layers make their weights and gradients in it. */
  readonly probe: () => void
  /** Runs forward and returns the elements of the output. */
  readonly output: () => ArrayLike<number>
}

/**
 * The weights of a layer: those of `parameters()`, else `params` beside `grads` (arrays, objects or maps by name), and any tensor,
 * array or number with an influence on the output beside its gradient (`W` and `dW`), also inside of other objects.
 */
export function findWeights(layer: LayerLike, { probe, output }: Passes): Weight[] {
  if (layer.parameters && layer.parameters().length > 0) return listedWeights(layer as Required<LayerLike>)
  const find = (): Weight[] => holdersOf(layer).flatMap(({ path, holder }) => pairedWeights(holder, path))
  const earlier = new Map(find().map(({ name, gradient }) => [name, gradient()]))
  probe()
  if (layer.parameters) return listedWeights(layer as Required<LayerLike>)
  // A number beside another may be anything, such as t and dt, unless backward changes it.
  const paired = find().filter(({ name, gradient }) => {
    const now = gradient()
    return typeof now !== 'number' || now !== earlier.get(name)
  })
  if (paired.length === 0) return []
  const before = Array.from(output())
  const seen = new Set<unknown>()
  return paired.filter(({ value, store }) => {
    const isNew = !seen.has(value.data)
    seen.add(value.data)
    return isNew && hasInfluence(value.data as Float64Array, before, output, store)
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
  if (object instanceof Map) return [...object.keys()].map(String)
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
    return holder instanceof Map ? holder.get(name) : holder[name]
  } catch {
    return undefined
  }
}

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '')

const PREFIXES = ['d', 'grad', 'gradient', 'dl', 'dld', 'g', 'delta', 'nabla']
const SUFFIXES = ['grad', 'grads', 'gradient']

/** The names under which code keeps the gradient of `W`: dW, d_W, gradW, W_grad, …; that of `value` is often just `grad`. */
export const gradientNames = (name: string): string[] => [
  ...PREFIXES.map((prefix) => prefix + plain(name)),
  ...SUFFIXES.map((suffix) => plain(name) + suffix),
  ...(NAMES_OF_VALUES.includes(plain(name)) ? SUFFIXES : []),
]

/** The names that objects give to the weight that they hold. */
const NAMES_OF_VALUES = ['value', 'data']

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
        { holder: weights as Properties, name },
        () => read(read(holder, gradients) as Properties, name),
      ),
    )
  }
  const names = namesOf(holder)
  return names.flatMap((name) => {
    const gradientName = names.find((other) => other !== name && gradientNames(name).includes(plain(other)))
    const fullName = NAMES_OF_VALUES.includes(plain(name)) && path ? path.slice(0, -1) : path + name
    return gradientName === undefined
      ? []
      : weightOf(fullName, { holder, name }, () => read(holder, gradientName))
  })
}

/** Where a layer keeps a value. */
interface Place {
  readonly holder: Properties
  readonly name: string
}

function weightOf(name: string, place: Place, gradient: () => unknown): Weight[] {
  const value = read(place.holder, place.name)
  if (value instanceof Tensor) return [{ name, value, gradient }]
  if (value instanceof Float64Array || value instanceof Float32Array) {
    return [{ name, value: new Tensor(value, [value.length]), gradient }]
  }
  const copy = tensorOf(value)
  return copy ? [{ name, value: copy, gradient, store: () => storeValue(place, copy) }] : []
}

/** A tensor of a number or of nested arrays of numbers; undefined for anything else. */
function tensorOf(value: unknown): Tensor | undefined {
  const isNumeric = typeof value === 'number' || (Array.isArray(value) && value.length > 0)
  try {
    return isNumeric ? tensor(value as number) : undefined
  } catch {
    return undefined
  }
}

/** Writes a tensor to where a number or nested arrays are, into these arrays. */
function storeValue({ holder, name }: Place, { data }: Tensor): void {
  let next = 0
  const write = (place: Record<string, unknown> | unknown[], key: string | number): void => {
    const old = (place as Record<string | number, unknown>)[key]
    if (Array.isArray(old)) for (const k of old.keys()) write(old, k)
    else (place as Record<string | number, unknown>)[key] = data[next++]
  }
  if (holder instanceof Map && !Array.isArray(holder.get(name))) holder.set(name, data[0])
  else if (holder instanceof Map) for (const k of holder.get(name).keys()) write(holder.get(name), k)
  else write(holder as Record<string, unknown>, name)
}

/**
 * The names of the tensors and typed arrays of a layer that have an influence on its output, but are neither checked, as weights,
 * inputs and labels are, nor in `buffers()`. `output` runs `forward` and returns the elements of the output; `weights` are the names of
 * those that are checked.
 */
export function findUncheckedWeights(
  layer: LayerLike,
  checked: readonly unknown[],
  output: () => ArrayLike<number>,
  weights: ReadonlySet<string>,
): string[] {
  const buffers = (layer as { buffers?: () => readonly { value?: unknown }[] }).buffers?.() ?? []
  const known = new Set([...checked, ...buffers.map(({ value }) => value)].map(arrayOf))
  const before = Array.from(output())
  return holdersOf(layer).flatMap(({ path, holder }) =>
    namesOf(holder).flatMap((name) => {
      const value = read(holder, name)
      const array = floatsOf(value)
      if (array && !known.has(array)) {
        known.add(array)
        return hasInfluence(array, before, output) ? [path + name] : []
      }
      const isMatrix = Array.isArray(value) && Array.isArray(value[0])
      const copy = isMatrix && !weights.has(path + name) ? tensorOf(value) : undefined
      const store = copy && (() => storeValue({ holder, name }, copy))
      return copy && hasInfluence(copy.data as Float64Array, before, output, store) ? [path + name] : []
    }),
  )
}

/** The floats behind a tensor or a typed array; undefined for anything else: flat arrays of numbers tend to be settings. */
function floatsOf(value: unknown): Float64Array | undefined {
  const array = arrayOf(value)
  return array instanceof Float64Array || (array as unknown) instanceof Float32Array ? array : undefined
}

function hasInfluence(
  array: Float64Array,
  before: readonly number[],
  output: () => ArrayLike<number>,
  store?: () => void,
): boolean {
  const start = array.slice()
  try {
    for (let i = 0; i < array.length; i++) array[i] += 2 ** -10 * (1 + Math.abs(array[i]))
    store?.()
    const after = output()
    return before.some((value, i) => !Object.is(value, after[i]))
  } catch {
    return false
  } finally {
    for (let i = 0; i < array.length; i++) array[i] = start[i]
    store?.()
  }
}
