import type { DType, FloatArray } from '@gosa/linalg'
import { sizeOfValue } from '../numeric/step.ts'
import type { Variable } from '../subject/operation.ts'
import type { Scalar } from '../subject/scalar.ts'
import type { Lines } from './lines.ts'
import { typicalSize } from './typical-size.ts'

/** Lines along single entries of a variable. One object for all of them, since there may be very many. */
export class EntryLines implements Lines {
  readonly scalar: Scalar
  readonly dtype: DType
  readonly count: number
  moved = 0
  noise = 0
  latestNoise = 0
  readonly #entries: ArrayLike<number>
  readonly #data: FloatArray
  readonly #typical: number
  #at = 0
  #start: number

  constructor(scalar: Scalar, { value }: Variable, entries: ArrayLike<number>) {
    this.scalar = scalar
    this.dtype = value.dtype
    this.count = entries.length
    this.#entries = entries
    this.#data = value.data
    this.#typical = typicalSize(value.data)
    this.#start = this.#data[0]
  }

  aim(k: number): void {
    this.putBack()
    this.#at = this.#entries[k]
    this.#start = this.#data[this.#at]
    this.noise = 0
    this.scalar.startLine()
  }

  putBack(): void {
    if (this.#at < this.#data.length) this.#data[this.#at] = this.#start
  }

  at(t: number): number {
    this.#data[this.#at] = this.#start + t
    // Read back, since float32 keeps less than what was added.
    this.moved = this.#data[this.#at] - this.#start
    const change = this.scalar.change()
    this.latestNoise = this.scalar.noise
    if (this.latestNoise > this.noise) this.noise = this.latestNoise
    return change
  }

  size(k: number): number {
    return Math.max(Math.abs(this.#data[this.#entries[k]]), this.#typical) || 1
  }

  finest(k: number): number {
    return Math.abs(this.#data[this.#entries[k]]) / 16 || Infinity
  }

  ownSize(k: number): number {
    return sizeOfValue(this.#data[this.#entries[k]])
  }
}
