import { type FloatArray, sameShape, showShape, Tensor, zeros } from '@gosa/linalg'
import { checkParameters } from './check.ts'
import type { OptimizerState, Parameter } from './optimizer.ts'

/** Element by element: `w` the weight, `g` its gradient, both of the same length. */
export type Update = (w: FloatArray, g: FloatArray, slot: (quantity: string) => FloatArray) => void

/**
 * What an optimizer remembers from step to step: the number of steps, and quantities such as the velocity, each a
 * tensor in the shape of its parameter, zero at first, kept under the parameter's name.
 */
export class Memory {
  readonly #optimizer: string
  readonly #slots = new Map<string, Map<string, Tensor>>()
  #steps = 0

  constructor(optimizer: string, quantities: readonly string[] = []) {
    this.#optimizer = optimizer
    for (const quantity of quantities) this.#slots.set(quantity, new Map())
  }

  /** How many steps were taken, the current one included. */
  get steps(): number {
    return this.#steps
  }

  /** One step: checks all parameters, then updates each. */
  step(parameters: readonly Parameter[], update: Update): void {
    checkParameters(parameters, this.#optimizer)
    for (const { name, value } of parameters) this.#checkRemembered(name, value)
    this.#steps++
    for (const { name, value, grad } of parameters) {
      update(value.data, grad.data, (quantity) => this.#slot(quantity, name, value).data)
    }
  }

  state(): OptimizerState {
    const slots = [...this.#slots].map(([quantity, tensors]) => {
      const copies = [...tensors].map(([name, tensor]) => [name, tensor.clone()] as const)
      return [quantity, Object.fromEntries(copies)] as const
    })
    return { optimizer: this.#optimizer, steps: this.#steps, slots: Object.fromEntries(slots) }
  }

  load(state: OptimizerState): void {
    const own = [...this.#slots.keys()]
    if (state?.optimizer !== this.#optimizer || !own.every((quantity) => state.slots?.[quantity])) {
      throw new TypeError(
        `${this.#optimizer}.load: this is the state of ${state?.optimizer ?? 'no optimizer'}`,
      )
    }
    const tensors = own.flatMap((quantity) => Object.values(state.slots[quantity]))
    if (!Number.isSafeInteger(state.steps) || state.steps < 0 || !tensors.every((x) => x instanceof Tensor)) {
      throw new TypeError(
        `${this.#optimizer}.load: a state holds the number of steps and a tensor for each parameter`,
      )
    }
    this.#steps = state.steps
    for (const quantity of own) {
      const copies = Object.entries(state.slots[quantity]).map(
        ([name, tensor]) => [name, tensor.clone()] as const,
      )
      this.#slots.set(quantity, new Map(copies))
    }
  }

  #slot(quantity: string, name: string, value: Tensor): Tensor {
    const tensors = this.#slots.get(quantity) as Map<string, Tensor>
    const remembered = tensors.get(name) ?? zeros(value.shape, { dtype: value.dtype })
    tensors.set(name, remembered)
    return remembered
  }

  #checkRemembered(name: string, value: Tensor): void {
    for (const [quantity, tensors] of this.#slots) {
      const remembered = tensors.get(name)
      if (remembered && (!sameShape(remembered.shape, value.shape) || remembered.dtype !== value.dtype)) {
        throw new RangeError(
          `${this.#optimizer}: the ${quantity} of ${name} is ${showShape(remembered.shape)} ${remembered.dtype}, ` +
            `but ${name} is now ${showShape(value.shape)} ${value.dtype}; use a new optimizer for a new network`,
        )
      }
    }
  }
}
