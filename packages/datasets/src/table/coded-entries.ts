/** The entries of a column as codes into a dictionary of the distinct ones. */

/** A growing array of integers; `fill` stands where none was set. */
export class GrowingInts {
  #data: Int32Array
  readonly #fill: number

  constructor({ fill = 0 }: { fill?: number } = {}) {
    this.#data = new Int32Array(64).fill(fill)
    this.#fill = fill
  }

  set(index: number, value: number): void {
    if (index >= this.#data.length) this.#data = this.slice(0, 2 * index)
    this.#data[index] = value
  }

  /** A copy of the integers from `start` to `end`, without `end`. */
  slice(start: number, end: number): Int32Array {
    const copy = new Int32Array(end - start).fill(this.#fill)
    copy.set(this.#data.subarray(start, end))
    return copy
  }
}

/** A growing column: of each row that has an entry, the index of its value in `values`; −1 of the others. */
export class CodedEntries<T extends number | string> {
  readonly values: T[] = []
  readonly #codeOf = new Map<T, number>()
  readonly #codes = new GrowingInts({ fill: -1 })

  set(row: number, value: T): void {
    let code = this.#codeOf.get(value)
    if (code === undefined) {
      const kept = detached(value)
      code = this.values.push(kept) - 1
      this.#codeOf.set(kept, code)
    }
    this.#codes.set(row, code)
  }

  /** The codes of rows `start` to `end`, without `end`. */
  codes(start: number, end: number): Int32Array {
    return this.#codes.slice(start, end)
  }
}

/** A slice of a string keeps all of it in memory, here a part of the file; a slice of a new short string does not. */
const detached = <T extends number | string>(value: T): T =>
  typeof value === 'string' ? (` ${value}`.slice(1) as T) : value
