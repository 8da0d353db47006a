import type { DType, FloatArray, Rng } from '@gosa/linalg'
import type { Variable } from '../subject/operation.ts'
import type { Scalar } from '../subject/scalar.ts'
import type { Lines } from './lines.ts'
import { typicalSize } from './typical-size.ts'

/**
 * Lines along which all entries of a variable move at once, each up or down at random, by as much as they are large:
 *
 *     x + t·v,   vᵢ = ± typical size
 */
export class DirectionLines implements Lines {
  readonly scalar: Scalar
  readonly dtype: DType
  readonly count: number
  moved = 0
  noise = 0
  latestNoise = 0
  readonly #data: FloatArray
  readonly #start: FloatArray
  readonly #directions: readonly Float64Array[]
  #at = 0

  constructor(scalar: Scalar, { value }: Variable, count: number, rng: Rng) {
    this.scalar = scalar
    this.dtype = value.dtype
    this.count = count
    this.#data = value.data
    this.#start = value.data.slice()
    this.#directions = Array.from({ length: count }, () => randomSigns(value.data, rng))
  }

  /** What a gradient says of the slopes along the lines: `Σ gᵢ·vᵢ`. */
  slopesFrom(gradient: Float64Array): Float64Array {
    return Float64Array.from(this.#directions, (v) => gradient.reduce((sum, g, i) => sum + g * v[i], 0))
  }

  aim(k: number): void {
    this.putBack()
    this.#at = k
    this.noise = 0
    this.scalar.startLine()
  }

  putBack(): void {
    this.#data.set(this.#start)
  }

  at(t: number): number {
    const direction = this.#directions[this.#at]
    for (let i = 0; i < direction.length; i++) this.#data[i] = this.#start[i] + t * direction[i]
    this.moved = t
    const change = this.scalar.change()
    this.latestNoise = this.scalar.noise
    if (this.latestNoise > this.noise) this.noise = this.latestNoise
    return change
  }

  size(): number {
    return 1
  }

  finest(): number {
    return Infinity
  }

  ownSize(): number {
    return 1
  }
}

/** For each number its typical size, with a random sign. */
function randomSigns(numbers: ArrayLike<number>, rng: Rng): Float64Array {
  const size = typicalSize(numbers) || 1
  return Float64Array.from(numbers, () => (rng.integer(2) === 0 ? size : -size))
}
