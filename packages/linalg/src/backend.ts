import type { DType, FloatArray } from './dtype.ts'
import { js } from './js/index.ts'
import type { Lists } from './sparse.ts'
import { createWasm } from './wasm/index.ts'

/** Operations on one operand, element by element. */
export type UnaryOperation =
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'abs'
  | 'negate'
  | 'square'
  | 'tanh'
  | 'sigmoid'
  | 'relu'

/** Operations on two operands, element by element; `mask` is a where b > 0, else 0. */
export type BinaryOperation = 'add' | 'sub' | 'mul' | 'div' | 'mask'

/** What one axis is reduced by. */
export type Reduction = 'sum' | 'max'

/** How far apart in memory a matrix operand's rows and columns lie; 0 repeats the same one. */
export interface Step {
  readonly row: number
  readonly column: number
}

/**
 * The kernels that all of linalg stands on: flat arrays in, a flat array out, all of one dtype, shapes already
 * checked. This is the seam: a faster implementation replaces `js`, the readable reference, kernel by kernel,
 * and must agree with it (see `js/`).
 */
export interface Backend {
  readonly name: string

  /** `out (m, n) = A (m, k) · B (k, n)`; a transposed operand is stored as (k, m) or (n, k). */
  matmul(
    a: FloatArray,
    b: FloatArray,
    out: FloatArray,
    size: { readonly m: number; readonly k: number; readonly n: number },
    transpose: { readonly a: boolean; readonly b: boolean },
  ): void

  /**
   * The same with the nonzero elements of A alone, of its transpose if `transposed`; answers whether it has done so.
   * A backend may lack it, and decline it: then `matmul` is asked.
   */
  matmulLists?(
    a: Lists,
    b: FloatArray,
    out: FloatArray,
    size: { readonly m: number; readonly k: number; readonly n: number },
    transposed: boolean,
  ): boolean

  /** `out[i] = operation(x[i])`. `out` may be `x`. */
  unary(operation: UnaryOperation, x: FloatArray, out: FloatArray): void

  /**
   * `out[r, c] = operation(a[r, c], b[r, c])` for a row-major `out` of `rows × columns` elements; the operands
   * are read with the given steps, so that a row, a column or a number can be repeated.
   */
  binary(
    operation: BinaryOperation,
    a: FloatArray,
    aStep: Step,
    b: FloatArray,
    bStep: Step,
    out: FloatArray,
    size: { readonly rows: number; readonly columns: number },
  ): void

  /** `out[o, i] = reduction over l of x[o, l, i]`. */
  reduce(
    reduction: Reduction,
    x: FloatArray,
    out: FloatArray,
    size: { readonly outer: number; readonly length: number; readonly inner: number },
  ): void

  /**
   * `out[r, c] = (x[r, c] − m) − log Σ_c e^{x[r, c] − m}` with m the largest of row r (0 where that is not finite), in
   * float64, rounded once. `out` may be `x`.
   */
  logSoftmax(x: FloatArray, out: FloatArray, size: { readonly rows: number; readonly columns: number }): void

  /** `y[i] += alpha·x[i]`. */
  axpy(alpha: number, x: FloatArray, y: FloatArray): void

  /** Memory for so many bytes in arrays that the operations need not copy. A backend may lack it, or have no more. */
  arena?(bytes: number): Arena | undefined
}

/** Gives out arrays of one memory, which lives as long as any of them. */
export interface Arena {
  /** An array of so many elements; `undefined` where there is no more room. */
  allocate(length: number, dtype: DType): FloatArray | undefined
}

/** Each is made when it is first asked for; where the engine lacks WebAssembly SIMD, `wasm` is `js`. */
const builtIn: Record<string, () => Backend> = {
  js: () => js,
  wasm: once(() => createWasm() ?? js),
}
let current: Backend | undefined

/** The backend in use: `wasm`, unless `setBackend` chose another. */
export const backend = (): Backend => (current ??= builtIn.wasm())

/** The names of the backends that come with this package. */
export const backends = (): string[] => Object.keys(builtIn)

/**
 * Chooses the kernels for everything that follows, in this whole program: by name, or an implementation of
 * your own. Throws a `RangeError` for an unknown name.
 */
export function setBackend(choice: string | Backend): void {
  if (typeof choice !== 'string') {
    current = choice
  } else if (Object.hasOwn(builtIn, choice)) {
    current = builtIn[choice]()
  } else {
    throw new RangeError(`setBackend: there is no backend '${choice}': use ${backends().join(', ')}`)
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
