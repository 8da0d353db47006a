import { epsilonOf } from '../numeric/step.ts'
import { type Claim, claimOf } from './claim.ts'
import type { Operation } from './operation.ts'
import type { Value } from './types.ts'
import { copyOf, numbersOf } from './values.ts'

/** How many roundings of an output entry are taken for granted; what really happens is measured where it matters. */
const ROUNDINGS = 16

/**
 * The scalar whose gradient is checked: the output of an operation, weighted,
 *
 *     L = Σ dout ⊙ forward(…)
 *
 * and taken as the change since a base point, output by output: what does not depend on an entry cancels exactly, so
 * that its rounding does not blur the slopes.
 */
export class Scalar {
  readonly operation: Operation
  readonly dout: Value
  readonly #weights: Float64Array
  readonly #rounding: number
  #base!: Float64Array
  #noise = 0

  constructor(operation: Operation, dout: Value, { accumulates = false } = {}) {
    this.operation = operation
    this.dout = dout
    this.#accumulates = accumulates
    this.#weights = Float64Array.from(numbersOf(dout))
    const coarse = operation.variables.some(({ value }) => value.dtype === 'float32')
    this.#rounding = ROUNDINGS * epsilonOf(coarse ? 'float32' : 'float64')
    this.rebase()
  }

  readonly #accumulates: boolean

  /** Takes the present values of the variables for the base point. */
  rebase(): void {
    this.#base = Float64Array.from(numbersOf(this.operation.forward()))
  }

  /** By how much L has changed since the base point. */
  change(): number {
    const output = this.operation.forward()
    if (typeof output === 'number') return this.#changeOf(output, 0)
    let [total, noise] = [0, 0]
    const { data } = output
    for (let k = 0; k < data.length; k++) {
      if (data[k] === this.#base[k]) continue
      total += this.#changeOf(data[k], k)
      noise += this.#noise
    }
    this.#noise = noise
    return total
  }

  /** By how much the latest change may be off from rounding, of the outputs that changed alone. */
  get noise(): number {
    return this.#noise
  }

  /** `Σ |dout ⊙ forward(…)|` at the base point: what L is made of. */
  get magnitude(): number {
    return this.#base.reduce((total, output, k) => total + Math.abs(output * this.#weights[k]), 0)
  }

  /**
   * The gradients that the operation claims for the present values, which it leaves as they are. Other inputs have passed
   * through it before, forwards and backwards, so that a gradient that is left over from them shows.
   */
  claims(dout: Value = this.dout): Claim[] {
    const { operation } = this
    const before = operation.variables.map(({ value }) => value.data.slice())
    this.claimsOfOther(dout)
    if (this.#accumulates) operation.clear()
    operation.forward()
    const claims = operation.backward(copyOf(dout)).map((given, i) => claimOf(given, operation.variables[i]))
    for (const [i, { value }] of operation.variables.entries()) value.data.set(before[i])
    return claims
  }

  /** The gradients that it claims for other inputs; none where it does not take those. */
  claimsOfOther(dout: Value = this.dout): Claim[] {
    const { operation } = this
    try {
      operation.forwardOther()
      return operation.backward(copyOf(dout)).map((given, i) => claimOf(given, operation.variables[i]))
    } catch {
      return []
    }
  }

  #changeOf(now: number, k: number): number {
    const before = this.#base[k]
    const weight = this.#weights[k]
    this.#noise =
      now === before ? 0 : this.#rounding * Math.abs(weight) * Math.max(Math.abs(now), Math.abs(before))
    return weight * (now - before)
  }
}
