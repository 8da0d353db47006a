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
  /** A number, a loss, is taken to come from numbers around 1, such as probabilities, even where it is next to 0 itself. */
  readonly #smallest: number
  #base!: Float64Array
  /** The outputs that have changed since `startLine`. */
  #moved!: Uint8Array
  #noise = 0
  #sensitivity = 0

  constructor(operation: Operation, dout: Value, { accumulates = false } = {}) {
    this.operation = operation
    this.dout = dout
    this.#accumulates = accumulates
    this.#weights = Float64Array.from(numbersOf(dout))
    this.#smallest = typeof dout === 'number' ? 1 : 0
    const coarse = operation.variables.some(({ value }) => value.dtype === 'float32')
    this.#rounding = ROUNDINGS * epsilonOf(coarse ? 'float32' : 'float64')
    this.rebase()
  }

  readonly #accumulates: boolean

  /** Takes the present values of the variables for the base point. */
  rebase(): void {
    this.#base = Float64Array.from(numbersOf(this.operation.forward()))
    this.#moved = new Uint8Array(this.#base.length)
  }

  /** Says that other outputs may change from now on than did before. */
  startLine(): void {
    this.#moved.fill(0)
  }

  /** By how much L has changed since the base point. */
  change(): number {
    const output = this.operation.forward()
    this.#noise = 0
    if (typeof output === 'number') return this.#changeOf(output, 0)
    let total = 0
    const { data } = output
    for (let k = 0; k < data.length; k++) {
      if (data[k] !== this.#base[k] || this.#moved[k] === 1) total += this.#changeOf(data[k], k)
    }
    return total
  }

  /**
   * By how much the latest change may be off from rounding: of the outputs that this or an earlier step along the line has
   * changed, since one that stands still at a tiny step may do so by rounding alone.
   */
  get noise(): number {
    return this.#noise
  }

  /**
   * What the rounding of L is in proportion to: `Σ |dout ⊙ forward(…)|`, and, since values in between are rounded too, how
   * L changes where everything changes in proportion to itself, `√Σ (g·x)²`.
   */
  get magnitude(): number {
    return this.#base.reduce(
      (total, output, k) => total + Math.abs(this.#weights[k]) * Math.max(Math.abs(output), this.#smallest),
      this.#sensitivity,
    )
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
    this.#sensitivity = sensitivityOf(claims, before)
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
    const [before, weight] = [this.#base[k], this.#weights[k]]
    if (now !== before) this.#moved[k] = 1
    if (this.#moved[k] === 1) {
      this.#noise +=
        this.#rounding * Math.abs(weight) * Math.max(Math.abs(now), Math.abs(before), this.#smallest)
    }
    return weight * (now - before)
  }
}

function sensitivityOf(claims: readonly Claim[], values: readonly ArrayLike<number>[]): number {
  let total = 0
  for (const [i, { numbers = [] }] of claims.entries()) {
    for (let k = 0; k < numbers.length; k++) total += (numbers[k] * values[i][k]) ** 2
  }
  return Math.sqrt(total) || 0
}
