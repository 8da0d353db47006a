import { type NumberOrTensor, Tensor } from '@gosa/linalg'
import { toFloat64 } from '../subject/values.ts'
import { inFormOf, type Leaf, type PlainValue, readPlainValue } from './plain-values.ts'

/** A function of plain values at a point: its arguments, its output as one tensor, and what it is called. */

/** A function with the value to differentiate it at. */
export interface FunctionSubject {
  readonly name: string
  readonly f: (x: unknown) => unknown
  readonly x: PlainValue
  /** The leaves of x to differentiate by, with their positions among all leaves. */
  readonly differentiable: readonly (Leaf & { readonly tensor: Tensor; readonly position: number })[]
  /** What the gradients are not compared for, in words. */
  readonly notes: readonly string[]
}

/**
 * Reads the arguments of a check. Throws a `TypeError` that begins with `caller` if f is no function or there is nothing to
 * differentiate by.
 */
export function readSubject(
  caller: string,
  f: unknown,
  x: unknown,
  { name, notDifferentiable = [] }: { name?: string; notDifferentiable?: readonly string[] },
): FunctionSubject {
  checkFunction(caller, 'f', f)
  const plain = readPlainValue(x, 'x')
  const isDeclared = ({ name }: Leaf): boolean =>
    notDifferentiable.some((one) => name === one || name.startsWith(`${one}.`) || name.startsWith(`${one}[`))
  const unknown = notDifferentiable.find((one) => !plain.leaves.some((leaf) => isUnder(leaf.name, one)))
  if (unknown !== undefined) {
    const names = plain.leaves.map((leaf) => leaf.name).join(', ')
    throw new RangeError(`${caller}: notDifferentiable names ${unknown}, but the inputs are ${names}`)
  }
  const differentiable = plain.leaves.flatMap((leaf, position) =>
    leaf.tensor && !isDeclared(leaf) ? [{ ...leaf, tensor: leaf.tensor, position }] : [],
  )
  if (differentiable.length === 0) {
    throw new TypeError(
      `${caller}: x holds nothing to differentiate by: expected a number, an array of numbers, a Float64Array, a ` +
        'Tensor, or these by name in an object',
    )
  }
  const left = plain.leaves.filter((leaf) => !leaf.tensor || isDeclared(leaf))
  const notes = left.map((leaf) => `not differentiated by ${leaf.name}: ${reasonOf(leaf)}`)
  return { name: name ?? (f.name || 'f'), f: f as FunctionSubject['f'], x: plain, differentiable, notes }
}

const isUnder = (path: string, name: string): boolean =>
  path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)

const reasonOf = ({ tensor, value }: Leaf): string =>
  tensor
    ? 'declared as not differentiable'
    : `it holds no floating-point numbers (${typeof value === 'object' && value !== null ? value.constructor?.name : typeof value})`

/** Throws a `TypeError` that begins with `caller` unless `value` is a function that can be called without `new`. */
export function checkFunction(
  caller: string,
  name: string,
  value: unknown,
): asserts value is (...args: never[]) => unknown {
  if (typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value))) return
  const what =
    typeof value === 'function' ? `the class ${value.name}` : value === null ? 'null' : typeof value
  throw new TypeError(`${caller}: ${name} must be a function, not ${what}`)
}

/** The argument of the function with the given tensors in place of what it is differentiated by. */
export const argumentOf = ({ x, differentiable }: FunctionSubject, tensors: readonly Tensor[]): unknown =>
  x.build((i) => {
    const k = differentiable.findIndex(({ position }) => position === i)
    return k < 0 ? x.leaves[i].value : inFormOf(x.leaves[i].value, tensors[k])
  })

/** The output of a function: all its numbers in one tensor, and its form. */
export interface FunctionOutput {
  readonly tensor: Tensor
  readonly form: PlainValue
}

/** Reads what a function returned. Throws a `TypeError` if it holds no number. */
export function readOutput(name: string, returned: unknown): FunctionOutput {
  const form = readPlainValue(returned, 'output')
  const tensors = form.leaves.flatMap(({ tensor }) => (tensor ? [toFloat64(tensor)] : []))
  if (tensors.length === 0) {
    throw new TypeError(
      `${name} returned ${describe(returned)}, where a number or an array of numbers is expected`,
    )
  }
  if (tensors.length === 1) return { tensor: tensors[0], form }
  const elements = Float64Array.from(tensors.flatMap(({ data }) => Array.from(data)))
  return { tensor: new Tensor(elements, [elements.length]), form }
}

const describe = (value: unknown): string =>
  value === undefined ? 'undefined' : value === null ? 'null' : `a ${typeof value}`

/** A `dout` in the form of the output. */
export function inFormOfOutput({ form, tensor }: FunctionOutput, dout: NumberOrTensor): unknown {
  const elements = dout instanceof Tensor ? dout.data : new Float64Array(tensor.size).fill(dout)
  let from = 0
  const parts = form.leaves.map((leaf) => {
    if (!leaf.tensor) return leaf.value
    const part = new Tensor(
      Float64Array.from(elements.slice(from, from + leaf.tensor.size)),
      leaf.tensor.shape,
    )
    from += leaf.tensor.size
    return inFormOf(leaf.value, part)
  })
  return form.build((i) => parts[i])
}
