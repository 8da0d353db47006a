/** The base of all optimizers: checks of the parameters, the state from step to step, saving and loading. */
import { type Parameter, sameShape, showShape, Tensor, zeros } from '@gosa/linalg'
import { showValue } from '@gosa/linalg/options'
import type { Optimizer, OptimizerState } from './optimizer.ts'

/**
 * An optimizer with its state: the number of steps, and for each quantity, for example the velocity, a tensor per parameter,
 * in its shape and dtype, stored under its name and zero at first. A subclass lists the quantities and updates one parameter.
 */
export abstract class StatefulOptimizer implements Optimizer {
  learningRate: number
  /** The name in errors and states; passed in, since bundlers shorten the names of classes. */
  readonly #name: string
  readonly #quantities: readonly string[]
  /** For each quantity its tensors by the parameters' names. */
  #slots: readonly Map<string, Tensor>[]
  #steps = 0

  constructor(name: string, learningRate: number, quantities: readonly string[] = []) {
    this.#name = name
    this.learningRate = checkRange(`${name}: learningRate`, learningRate, 0)
    this.#quantities = quantities
    this.#slots = quantities.map(() => new Map())
  }

  /** The number of steps taken, the current one included. */
  protected get steps(): number {
    return this.#steps
  }

  /** Writes one step into `value`, in place; `quantities` are in the order of the constructor's list. */
  protected abstract update(value: Tensor, grad: Tensor, ...quantities: Tensor[]): void

  step(parameters: readonly Parameter[]): void {
    checkParameters(parameters, this.#name)
    for (const { name, value } of parameters) this.#checkSlots(name, value)
    this.#steps++
    for (const { name, value, grad } of parameters) {
      this.update(value, grad, ...this.#slots.map((tensors) => slot(tensors, name, value)))
    }
  }

  state(): OptimizerState {
    const slots = this.#quantities.map((quantity, i) => [
      quantity,
      Object.fromEntries(copies(this.#slots[i])),
    ])
    return { optimizer: this.#name, steps: this.#steps, slots: Object.fromEntries(slots) }
  }

  load(state: OptimizerState): void {
    const quantities = this.#quantities
    if (state?.optimizer !== this.#name || !quantities.every((quantity) => state.slots?.[quantity])) {
      throw new TypeError(`${this.#name}.load: this is the state of ${state?.optimizer ?? 'no optimizer'}`)
    }
    const tensors = quantities.flatMap((quantity) => Object.values(state.slots[quantity]))
    if (!Number.isSafeInteger(state.steps) || state.steps < 0 || !tensors.every((x) => x instanceof Tensor)) {
      throw new TypeError(
        `${this.#name}.load: a state holds the number of steps and a tensor for each parameter`,
      )
    }
    this.#steps = state.steps
    this.#slots = quantities.map((quantity) => new Map(copies(Object.entries(state.slots[quantity]))))
  }

  #checkSlots(name: string, value: Tensor): void {
    for (const [i, quantity] of this.#quantities.entries()) {
      const stored = this.#slots[i].get(name)
      if (stored && (!sameShape(stored.shape, value.shape) || stored.dtype !== value.dtype)) {
        throw new RangeError(
          `${this.#name}: the ${quantity} of ${name} is ${showShape(stored.shape)} ${stored.dtype}, ` +
            `but ${name} is now ${showShape(value.shape)} ${value.dtype}; use a new optimizer for a new network`,
        )
      }
    }
  }
}

/** The tensor of a quantity for one parameter, zeros at first. */
function slot(tensors: Map<string, Tensor>, name: string, value: Tensor): Tensor {
  const stored = tensors.get(name) ?? zeros(value.shape, { dtype: value.dtype })
  tensors.set(name, stored)
  return stored
}

const copies = (tensors: Iterable<readonly [string, Tensor]>): (readonly [string, Tensor])[] =>
  Array.from(tensors, ([name, tensor]) => [name, tensor.clone()])

/** Throws a `RangeError` if names repeat or a gradient does not fit its value. */
function checkParameters(parameters: readonly Parameter[], optimizer: string): void {
  if (!Array.isArray(parameters)) {
    throw new TypeError(
      `${optimizer}.step: parameters must be an array such as network.parameters(), not ${showValue(parameters)}`,
    )
  }
  const names = new Set<string>()
  for (const one of parameters) {
    const { name, value, grad } = one ?? {}
    if (!(value instanceof Tensor && grad instanceof Tensor)) {
      throw new TypeError(
        `${optimizer}.step: a parameter is { name, value, grad } with two tensors, not ${showValue(one)}`,
      )
    }
    if (names.has(name))
      throw new RangeError(`${optimizer}: two parameters are called ${name}; names must differ`)
    names.add(name)
    if (!sameShape(value.shape, grad.shape) || value.dtype !== grad.dtype) {
      throw new RangeError(
        `${optimizer}: ${name} is ${showShape(value.shape)} ${value.dtype}, ` +
          `but its gradient is ${showShape(grad.shape)} ${grad.dtype}`,
      )
    }
  }
}

/** Returns `value`, or throws a `RangeError` that begins with `name` unless `low ≤ value < high`. */
export function checkRange(name: string, value: number, low: number, high = Infinity): number {
  if (typeof value === 'number' && value >= low && value < high) return value
  const range = high === Infinity ? `a number of at least ${low}` : `from ${low} to below ${high}`
  throw new RangeError(`${name} must be ${range}, not ${showValue(value)}`)
}
