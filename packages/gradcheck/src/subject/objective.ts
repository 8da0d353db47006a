import type { NumberOrTensor } from '@gosa/linalg'
import { machineEpsilon } from '../numeric/finite-differences.ts'
import { type AnalyticGradient, type Operation, runBackward } from './operation.ts'
import { otherDout } from './test-values.ts'
import { elementsOf } from './values.ts'

/**
 * The scalar objective of a check: the weighted output of an operation, its rounding error, and its analytic
 * gradients.
 */

/** What an objective is made of. */
export interface ObjectiveParts {
  readonly operation: Operation
  readonly dout: NumberOrTensor
  /** Whether `backward` adds to the gradients of the weights. */
  readonly accumulates?: boolean
  /** The relative rounding error of the operation, if it is more than that of the dtype of the variables. */
  readonly resolution?: number
}

/** Roundings assumed in each output; the real noise is measured if it matters. */
const EPSILONS_PER_OUTPUT = 16

/** The binary digits of f that the smallest step of a search leaves to a difference. */
const SMALLEST_STEP_BITS = 8

/**
 * The scalar whose gradient is checked: the output of an operation, weighted by `dout`,
 *
 *     L = Σ dout ⊙ forward(…)
 *
 * It is computed as the change since a base point, output by output. Outputs that do not depend on a perturbed entry cancel
 * exactly, so that their rounding does not blur its derivative.
 */
export class ScalarObjective {
  readonly operation: Operation
  readonly dout: NumberOrTensor
  readonly #weights: Float64Array
  readonly #rounding: number
  readonly #halvings: number
  readonly #parts: ObjectiveParts
  /** The relative rounding error of an output. */
  readonly epsilon: number
  /** A loss is assumed to come from numbers around 1, such as probabilities, even if it is nearly 0 itself. */
  readonly #smallestOutput: number
  #base!: Float64Array
  /** Flags of the outputs that have changed since `startPerturbation`. */
  #changed!: Uint8Array
  #roundingError = 0
  #sensitivity = 0

  constructor(parts: ObjectiveParts) {
    const { operation, dout, resolution = 0 } = parts
    this.#parts = parts
    this.operation = operation
    this.dout = dout
    this.#weights = Float64Array.from(elementsOf(dout))
    this.#smallestOutput = typeof dout === 'number' ? 1 : 0
    const isFloat32 = operation.variables.some(({ value }) => value.dtype === 'float32')
    const ofDtype = machineEpsilon(isFloat32 ? 'float32' : 'float64')
    this.epsilon = Math.max(ofDtype, resolution)
    this.#halvings = Math.round(-Math.log2(ofDtype)) - SMALLEST_STEP_BITS
    this.#rounding = EPSILONS_PER_OUTPUT * this.epsilon
    this.#base = Float64Array.from(elementsOf(operation.forward()))
    this.#changed = new Uint8Array(this.#base.length)
  }

  /** The same objective for another `dout`, at other inputs, or with a known resolution. */
  at(others: Partial<ObjectiveParts>): ScalarObjective {
    return new ScalarObjective({ ...this.#parts, ...others })
  }

  /**
   * How often a step is halved in search of a neighbourhood without kinks: as long as the
   * rounding of the variables leaves differences.
   */
  get halvings(): number {
    return this.#halvings
  }

  /** Starts a new perturbation, which may change other outputs than the one before. */
  startPerturbation(): void {
    this.#changed.fill(0)
  }

  /** Returns the change of L since the base point. */
  change(): number {
    const output = this.operation.forward()
    this.#roundingError = 0
    if (typeof output === 'number') return this.#changeOf(output, 0)
    let total = 0
    const { data } = output
    for (let k = 0; k < data.length; k++) {
      if (data[k] !== this.#base[k] || this.#changed[k] === 1) total += this.#changeOf(data[k], k)
    }
    return total
  }

  /**
   * A bound of the rounding error of the latest change. It counts the outputs that this or an earlier step of the
   * perturbation has changed, since an output may stand still at a tiny step because of rounding alone.
   */
  get roundingError(): number {
    return this.#roundingError
  }

  /**
   * The magnitude to which the rounding error of L is proportional: `Σ |dout ⊙ forward(…)|`, and, since intermediate values
   * are rounded too, how L changes if every variable changes in proportion to itself, `√Σ (g·x)²`.
   */
  get magnitude(): number {
    return this.outputMagnitude + this.#sensitivity
  }

  /** `Σ |dout ⊙ forward(…)|`. */
  get outputMagnitude(): number {
    return this.#base.reduce(
      (total, output, k) =>
        total + Math.abs(this.#weights[k]) * Math.max(Math.abs(output), this.#smallestOutput),
      0,
    )
  }

  /** The magnitude to which the standard deviation of independent errors of the outputs adds up: `√Σ (dout ⊙ forward(…))²`. */
  get deviationScale(): number {
    const square = this.#base.reduce(
      (total, output, k) =>
        total + (this.#weights[k] * Math.max(Math.abs(output), this.#smallestOutput)) ** 2,
      0,
    )
    return Math.sqrt(square)
  }

  /**
   * The relative rounding error of the variables that the resolution shows: where L changes faster than in proportion to them, it
   * shows their rounding enlarged.
   */
  get inputEpsilon(): number {
    return this.epsilon / Math.max(1, this.#sensitivity / this.deviationScale || 0)
  }

  /** Whether all outputs are float32 numbers, most of which use all 24 bits, so that it is no coincidence. */
  get hasFloat32Outputs(): boolean {
    const long = this.#base.filter((output) => output !== roundToBits(output, MAX_BITS_BY_CHANCE))
    return 2 * long.length > this.#base.length && this.#base.every((output) => output === Math.fround(output))
  }

  /**
   * Returns the analytic gradients at the present values, which are left unchanged. Runs a pass with other inputs before,
   * so that a gradient kept from an earlier pass shows.
   */
  analyticGradients(dout: NumberOrTensor = this.dout): AnalyticGradient[] {
    const { operation } = this
    const before = operation.variables.map(({ value }) => value.data.slice())
    this.#passOtherInputs(dout)
    if (this.#parts.accumulates) operation.zeroGradients()
    operation.forward()
    const gradients = runBackward(operation, dout)
    for (const [i, { value }] of operation.variables.entries()) value.data.set(before[i])
    this.#sensitivity = sensitivityOf(gradients, before)
    return gradients
  }

  #passOtherInputs(dout: NumberOrTensor): void {
    const { operation } = this
    try {
      operation.forwardOtherInputs()
      runBackward(operation, otherDout(dout))
    } catch {
      // Not every operation accepts other inputs.
    }
  }

  #changeOf(output: number, k: number): number {
    const [before, weight] = [this.#base[k], this.#weights[k]]
    if (output !== before) this.#changed[k] = 1
    if (this.#changed[k] === 1) {
      this.#roundingError +=
        this.#rounding * Math.abs(weight) * Math.max(Math.abs(output), Math.abs(before), this.#smallestOutput)
    }
    return weight * (output - before)
  }
}

/** Numbers with fewer binary digits may be integers, or the values of a function of steps. */
const MAX_BITS_BY_CHANCE = 18

function roundToBits(value: number, bits: number): number {
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value) || 1)) - bits + 1)
  return Math.round(value / unit) * unit
}

/** `√Σ (g·x)²` over all variables. */
function sensitivityOf(gradients: readonly AnalyticGradient[], values: readonly ArrayLike<number>[]): number {
  let total = 0
  for (const [i, { values: gradient = [] }] of gradients.entries()) {
    for (let k = 0; k < gradient.length; k++) total += (gradient[k] * values[i][k]) ** 2
  }
  return Math.sqrt(total) || 0
}
