import type { FloatArray, Rng } from '@gosa/linalg'
import { magnitudeForStep, type PerturbedFunction } from '../numeric/finite-differences.ts'
import { rootMeanSquare } from '../numeric/magnitude.ts'
import type { ScalarObjective } from '../subject/objective.ts'
import type { Variable } from '../subject/operation.ts'

/**
 * The perturbations of a variable: of single entries, or of all entries along random directions. `select(k)` chooses one,
 * and `at(t)` evaluates the objective along it. One object serves all perturbations, since there may be millions.
 */
export abstract class Perturbations implements PerturbedFunction {
  readonly objective: ScalarObjective
  readonly count: number
  appliedStep = 0
  maxRoundingError = 0
  roundingError = 0

  constructor(objective: ScalarObjective, count: number) {
    this.objective = objective
    this.count = count
  }

  at(t: number): number {
    this.appliedStep = this.apply(t)
    const change = this.objective.change()
    this.roundingError = this.objective.roundingError
    if (this.roundingError > this.maxRoundingError) this.maxRoundingError = this.roundingError
    return change
  }

  /** Selects the k-th perturbation, after restoring the variable. */
  select(k: number): void {
    this.restore()
    this.moveTo(k)
    this.maxRoundingError = 0
    this.objective.startPerturbation()
  }

  /** Restores the variable bit for bit. */
  abstract restore(): void
  /** Perturbs the variable by t and returns the step applied. */
  protected abstract apply(t: number): number
  protected abstract moveTo(k: number): void

  /** The typical magnitude of the numbers that the k-th perturbation changes, in units of its step. */
  abstract magnitude(k: number): number
  /** The smallest step that the k-th perturbation may need: well within the distance to 0, where kinks tend to be. */
  abstract smallestStep(k: number): number
  /** The magnitude to which the step of a difference formula is proportional. */
  abstract magnitudeForStep(k: number): number
}

/** Perturbations of single entries of a variable. */
export class EntryPerturbations extends Perturbations {
  readonly #entries: ArrayLike<number>
  readonly #data: FloatArray
  readonly #typical: number
  #i = 0
  #start: number

  constructor(objective: ScalarObjective, { value }: Variable, entries: ArrayLike<number>) {
    super(objective, entries.length)
    this.#entries = entries
    this.#data = value.data
    this.#typical = rootMeanSquare(value.data)
    this.#start = this.#data[0]
  }

  restore(): void {
    if (this.#i < this.#data.length) this.#data[this.#i] = this.#start
  }

  protected moveTo(k: number): void {
    this.#i = this.#entries[k]
    this.#start = this.#data[this.#i]
  }

  protected apply(t: number): number {
    this.#data[this.#i] = this.#start + t
    // Read back, since the sum is rounded, in float32 by much.
    return this.#data[this.#i] - this.#start
  }

  magnitude(k: number): number {
    return Math.max(Math.abs(this.#data[this.#entries[k]]), this.#typical) || 1
  }

  smallestStep(k: number): number {
    return Math.abs(this.#data[this.#entries[k]]) / 256 || Infinity
  }

  magnitudeForStep(k: number): number {
    return magnitudeForStep(this.#data[this.#entries[k]])
  }
}

/**
 * Perturbations of all entries of a variable at once, each up or down at random by about its typical magnitude:
 *
 *     x + t·v,   vᵢ = ± (½ to 1½) · typical magnitude
 *
 * With signs alone, two exchanged entries would go unnoticed along every second direction.
 */
export class DirectionPerturbations extends Perturbations {
  readonly #data: FloatArray
  readonly #start: FloatArray
  readonly #directions: readonly Float64Array[]
  #k = 0

  constructor(objective: ScalarObjective, { value }: Variable, count: number, rng: Rng) {
    super(objective, count)
    this.#data = value.data
    this.#start = value.data.slice()
    this.#directions = Array.from({ length: count }, () => randomDirection(value.data, rng))
  }

  /** The directional derivatives that follow from a gradient: `Σ gᵢ·vᵢ` for each direction. */
  directionalDerivatives(gradient: Float64Array): Float64Array {
    return Float64Array.from(this.#directions, (v) => gradient.reduce((sum, g, i) => sum + g * v[i], 0))
  }

  restore(): void {
    this.#data.set(this.#start)
  }

  protected moveTo(k: number): void {
    this.#k = k
  }

  protected apply(t: number): number {
    const direction = this.#directions[this.#k]
    for (let i = 0; i < direction.length; i++) this.#data[i] = this.#start[i] + t * direction[i]
    return t
  }

  magnitude(): number {
    return 1
  }

  smallestStep(): number {
    return Infinity
  }

  magnitudeForStep(): number {
    return 1
  }
}

/** Numbers of about the typical magnitude of the given ones, with random signs. */
function randomDirection(numbers: ArrayLike<number>, rng: Rng): Float64Array {
  const size = rootMeanSquare(numbers) || 1
  return Float64Array.from(numbers, () => size * (rng.uniform() + 0.5) * (rng.integer(2) === 0 ? 1 : -1))
}
