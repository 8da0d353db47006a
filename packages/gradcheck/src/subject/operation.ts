import { type DType, type NumberOrTensor, type Shape, Tensor, tensor } from '@gosa/linalg'

/**
 * The subject of a check as all checks see it: layers, losses and networks become one kind of operation, with variables
 * and analytic gradients.
 */

/** A tensor that an operation depends on: one of its inputs, or a weight. */
export interface Variable {
  readonly name: string
  readonly value: Tensor
  readonly kind: 'input' | 'parameter'
}

/** An output that depends on variables, and the analytic gradients of these variables. */
export interface Operation {
  /** The name in reports. */
  readonly name: string
  /** What the reader of the report should know besides the notes of the check. */
  readonly notes?: readonly string[]
  readonly variables: readonly Variable[]
  /** Further arguments of `forward`, labels for instance, which it must not change. */
  readonly constants: readonly unknown[]
  /** Whether `backward` takes a `dout`; the gradient of a network is that of its loss, with `dout = 1`. */
  readonly takesDout: boolean
  /** Returns the output for the present values of the variables. */
  forward(): NumberOrTensor
  /** Returns what came back as the gradient of each variable after the latest forward pass, unchecked. */
  backward(dout: NumberOrTensor): unknown[]
  /** Returns the same operation, with the same weights, at transformed inputs. */
  withInputs(transform: (x: Tensor) => Tensor): Operation
  /** Returns the same operation with other labels; undefined if it has none. */
  withOtherLabels?(): Operation | undefined
  /** Runs a forward pass with other inputs and labels, so that anything kept from it shows in the next pass. Returns its output. */
  forwardOtherInputs(): NumberOrTensor
  /** The names of weights that have an influence on the output but no gradient that the check can find. */
  findUncheckedWeights(): string[]
  /** Writes the present weights to where the code keeps them, if that is no tensor. */
  storeWeights?(): void
  /** Sets gradients that `backward` adds to back to 0. */
  zeroGradients(): void
}

/** What came back as the gradient of a variable. */
export interface AnalyticGradient {
  /** A copy in float64, in the size of the variable; undefined if the size is another one or there is no gradient. */
  readonly values?: Float64Array
  /** The copy in whatever size came back. */
  readonly returnedValues?: Float64Array
  readonly shape?: Shape
  readonly dtype?: DType
  /** What came back instead of a gradient, in words. */
  readonly instead?: string
}

/** Returned in place of a gradient that cannot be read: what came back, in words. */
export class NoGradient {
  readonly instead: string

  constructor(instead: string) {
    this.instead = instead
  }
}

/**
 * Reads what `backward` returned as the gradient of a variable: a tensor, a number for a number, nested arrays, or a typed
 * array, which is taken in the shape of the variable.
 */
export function readGradient(returned: unknown, { value }: Variable): AnalyticGradient {
  const withValues = (returnedValues: Float64Array, shape: Shape): AnalyticGradient => ({
    returnedValues,
    shape,
    values: returnedValues.length === value.size ? returnedValues : undefined,
  })
  if (returned instanceof NoGradient) return { instead: returned.instead }
  if (typeof returned === 'number') return withValues(Float64Array.of(returned), [])
  if (returned instanceof Tensor) {
    return { ...withValues(Float64Array.from(returned.data), returned.shape), dtype: returned.dtype }
  }
  if (returned instanceof Float64Array || returned instanceof Float32Array) {
    const shape = returned.length === value.size ? value.shape : [returned.length]
    return withValues(Float64Array.from(returned), shape)
  }
  const nested = Array.isArray(returned) ? tensorOf(returned) : undefined
  return nested ? withValues(nested.data as Float64Array, nested.shape) : { instead: describe(returned) }
}

function tensorOf(nested: unknown[]): Tensor | undefined {
  try {
    return tensor(nested as number[])
  } catch {
    return undefined
  }
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof (value as { then?: unknown }).then === 'function')
    return 'a promise, but backward must be synchronous'
  if (Array.isArray(value)) return 'an array that is not one of numbers'
  if (typeof value !== 'object') return `a ${typeof value}`
  const [name, keys] = [value.constructor?.name, Object.keys(value).slice(0, 5)]
  if (name && name !== 'Object') return `a ${name}`
  return keys.length > 0 ? `an object with ${keys.join(', ')}` : 'an empty object'
}

/** Runs `backward` and reads the gradient of each variable. `dout` is copied, in case it is written into. */
export const runBackward = (operation: Operation, dout: NumberOrTensor): AnalyticGradient[] =>
  operation
    .backward(dout instanceof Tensor ? dout.clone() : dout)
    .map((returned, i) => readGradient(returned, operation.variables[i]))

/** Whether an operation runs: one that holds float32 weights which it does not show may refuse float64 inputs. */
export function acceptsInputs(operation: Operation): boolean {
  try {
    operation.forward()
    return true
  } catch {
    return false
  }
}
