import { type NestedArray, type Shape, sameShape, Tensor, tensor } from '@gosa/linalg'
import { NoGradient } from '../subject/operation.ts'

/**
 * Plain values: numbers, nested arrays of numbers, typed arrays and tensors, alone or inside of objects and lists, read as
 * tensors and built again from other tensors in the form in which they came.
 */

/** A number, array or tensor inside of a value. */
export interface Leaf {
  /** The path to it: `x` for a value that is one array, `W` or `layer.W` inside of objects, `x[0]` inside of lists. */
  readonly name: string
  /** The keys of objects and lists that lead to it; none for a value that is one array. */
  readonly keys: readonly string[]
  /** Its numbers, copied; undefined for anything but floating-point numbers: labels, strings, functions. */
  readonly tensor?: Tensor
  readonly value: unknown
}

/** A value with its leaves. */
export interface PlainValue {
  readonly leaves: readonly Leaf[]
  /** The value with other leaves, which `leafAt` returns by position, each in the form of the original. */
  build(leafAt: (i: number) => unknown): unknown
}

/** Finds the leaves of a value. `name` is that of the value itself. */
export function readPlainValue(value: unknown, name: string): PlainValue {
  const leaves: Leaf[] = []
  const visit = (
    one: unknown,
    path: string,
    keys: readonly string[],
  ): ((leafAt: (i: number) => unknown) => unknown) => {
    const parts = partsOf(one)
    if (!parts) {
      const position = leaves.push({ name: path, keys, value: one, tensor: toTensor(one)?.clone() }) - 1
      return (leafAt) => leafAt(position)
    }
    const isList = Array.isArray(one)
    const builders = parts.map(([key, part]) => {
      const inner = isList ? `${path}[${key}]` : path === name ? key : `${path}.${key}`
      return [key, visit(part, inner, [...keys, key])] as const
    })
    return (leafAt) => {
      const built = builders.map(([key, build]) => [key, build(leafAt)] as const)
      return isList ? built.map(([, part]) => part) : Object.fromEntries(built)
    }
  }
  const build = visit(value, name, [])
  return { leaves, build }
}

/** The parts of a plain object, or of a list of anything but numbers in rows of equal length; undefined for a leaf. */
function partsOf(value: unknown): [string, unknown][] | undefined {
  if (Array.isArray(value)) return value.length > 0 && !toTensor(value) ? Object.entries(value) : undefined
  const isPlain =
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value)) &&
    !isForeignTensor(value)
  return isPlain ? Object.entries(value) : undefined
}

/** The numbers of a value as a tensor, possibly its own; undefined if it holds anything else, or whole numbers by type. */
export function toTensor(value: unknown): Tensor | undefined {
  if (typeof value === 'number') return tensor(value)
  if (value instanceof Tensor) return value
  if (isFloatArray(value)) return new Tensor(value, [value.length])
  if (Array.isArray(value)) return value.length > 0 ? nestedToTensor(value) : undefined
  if (isForeignTensor(value)) return new Tensor(value.data, value.shape)
  const nested = toNestedArray(value)
  return nested === undefined ? undefined : nestedToTensor(nested)
}

const isFloatArray = (value: unknown): value is Float64Array | Float32Array =>
  value instanceof Float64Array || value instanceof Float32Array

/** A tensor of another copy of `@gosa/linalg`, or anything else with elements and a shape. */
const isForeignTensor = (value: unknown): value is Pick<Tensor, 'data' | 'shape'> =>
  typeof value === 'object' &&
  value !== null &&
  isFloatArray((value as Partial<Tensor>).data) &&
  Array.isArray((value as Partial<Tensor>).shape) &&
  product((value as Tensor).shape) === (value as Tensor).data.length

const product = (shape: Shape): number => shape.reduce((total, length) => total * length, 1)

/** The methods by which tensors of other libraries become nested arrays: TensorFlow.js, jax-js, ml-matrix, mathjs, … */
const METHODS = ['arraySync', 'js', 'to2DArray', 'toArray', 'tolist']

function toNestedArray(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const method = METHODS.find((name) => typeof (value as Record<string, unknown>)[name] === 'function')
  return method && (value as Record<string, () => unknown>)[method]()
}

function nestedToTensor(nested: unknown): Tensor | undefined {
  if (!isNested(nested)) return undefined
  try {
    return tensor(nested as NestedArray)
  } catch {
    // Rows of different lengths are a list of arrays.
    return undefined
  }
}

const isNested = (value: unknown): boolean =>
  typeof value === 'number' || (Array.isArray(value) && value.length > 0 && value.every(isNested))

/** The numbers of a tensor in the form of `original`: a number, nested arrays, a typed array, or a tensor. */
export function inFormOf(original: unknown, { data, shape }: Tensor): unknown {
  if (typeof original === 'number') return data[0]
  if (original instanceof Tensor) return new Tensor(data.slice(), shape)
  if (isFloatArray(original)) return data.slice()
  if (isForeignTensor(original)) {
    return new (original.constructor as new (data: unknown, shape: Shape) => unknown)(data.slice(), shape)
  }
  return new Tensor(data, shape).toArray()
}

/**
 * Reads what came back as the gradient of a leaf: its elements in the order of the leaf. They may also come in one row, and axes
 * of length 1 may be missing or added. Returns numbers in another shape as a tensor.
 */
export function readGradientOf(leaf: Leaf & { readonly tensor: Tensor }, returned: unknown): unknown {
  const { shape, size } = leaf.tensor
  const read = toTensor(returned)
  if (!read) return new NoGradient(describeValue(returned))
  const isSame = sameShape(withoutOnes(read.shape), withoutOnes(shape))
  const isFlat = read.rank === 1 && read.size === size
  const elements = Float64Array.from(read.data)
  return isSame || isFlat ? elements : new Tensor(elements, read.shape)
}

const withoutOnes = (shape: Shape): number[] => shape.filter((length) => length !== 1)

/** What a value is, in words. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'undefined: is a return missing?'
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  if (Array.isArray(value)) {
    return value.length === 0
      ? 'an empty list'
      : `a list of ${value.slice(0, 4).map(nounOf).join(', ')}${value.length > 4 ? ', …' : ''}`
  }
  const [name, keys] = [value.constructor?.name, Object.keys(value)]
  if (name && name !== 'Object') return `a ${name}`
  return keys.length > 0 ? `an object with ${keys.slice(0, 5).join(', ')}` : 'an empty object'
}

function nounOf(value: unknown): string {
  if (typeof value === 'number') return 'a number'
  if (toTensor(value)) return 'an array'
  return describeValue(value)
}
