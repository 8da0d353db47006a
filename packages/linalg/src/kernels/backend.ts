/**
 * The interface between operations and kernels. It imports no implementation: `js/` and `wasm/` implement it, `registry.ts`
 * chooses among them.
 */
import type { CompressedRows } from '../sparse/csr-matrix.ts'
import type { DType, FloatArray } from '../tensor/shape.ts'

/** Elementwise operations on one operand. */
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

/** Elementwise operations on two operands; `maskPositive` is a if b > 0, else 0. */
export type BinaryOperation = 'add' | 'sub' | 'mul' | 'div' | 'maskPositive'

/** Reductions along one axis. */
export type Reduction = 'sum' | 'max'

/** Distance in elements between neighbouring rows and columns of a matrix operand; 0 repeats the same row or column. */
export interface OperandStrides {
  readonly row: number
  readonly column: number
}

/** Sizes of a matrix product: A is (m, k), B (k, n), C (m, n). */
export interface ProductSize {
  readonly m: number
  readonly k: number
  readonly n: number
}

/** Sizes of images (N, C, H, W), and of the windows that slide over them. */
export interface WindowSizes {
  readonly N: number
  readonly C: number
  readonly H: number
  readonly W: number
  /** Number of positions of the window, vertical and horizontal. */
  readonly OH: number
  readonly OW: number
  /** Size of the window in pixels. */
  readonly height: number
  readonly width: number
  /** Step of the window in pixels, vertical and horizontal. */
  readonly strideY: number
  readonly strideX: number
  /** Width of the border of zeros around each image, above and on the left. */
  readonly padY: number
  readonly padX: number
}

/**
 * The kernels under all operations. They take flat arrays of one dtype, whose shapes the operation has already checked,
 * and write into a flat array, which shares no element with an operand unless the kernel says so. `js/` is the readable
 * reference; any other backend must agree with it.
 */
export interface Backend {
  readonly name: string

  /** `out (m, n) = A (m, k) · B (k, n)`; a transposed operand is stored as (k, m) or (n, k). */
  matmul(
    a: FloatArray,
    b: FloatArray,
    out: FloatArray,
    size: ProductSize,
    transpose: { readonly a: boolean; readonly b: boolean },
  ): void

  /**
   * The same product for an A in compressed sparse rows (of Aᵀ if `transposed`). Returns whether it was computed: a
   * backend may lack this kernel or decline a product, and `matmul` is called instead.
   */
  matmulCsr?(
    a: CompressedRows,
    b: FloatArray,
    out: FloatArray,
    size: ProductSize,
    transposed: boolean,
  ): boolean

  /** `out[i] = operation(x[i])`. `out` may be `x`. */
  unary(operation: UnaryOperation, x: FloatArray, out: FloatArray): void

  /**
   * `out[r, c] = operation(a[r, c], b[r, c])` for a row-major `out` of `rows × columns` elements. The operands are read
   * with the given strides, so that a row, a column or a number can be repeated. `out` may be an operand of its size.
   */
  binary(
    operation: BinaryOperation,
    a: FloatArray,
    aStrides: OperandStrides,
    b: FloatArray,
    bStrides: OperandStrides,
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
   * `out[r, c] = (x[r, c] − m) − log Σ_c e^{x[r, c] − m}` with m the maximum of row r, in float64, rounded
   * once: NaN for all of the row if m is NaN or infinite. `out` may be `x`.
   */
  logSoftmax(x: FloatArray, out: FloatArray, size: { readonly rows: number; readonly columns: number }): void

  /** `y[i] += alpha·x[i]`. `y` may be `x`. */
  axpy(alpha: number, x: FloatArray, y: FloatArray): void

  /**
   * Writes the windows of images `x` (N, C, H, W) as the rows of `out` (N·OH·OW, C·height·width), one row for each
   * position of the window, in the order image, line, column; zeros for pixels of the border.
   */
  im2col(x: FloatArray, out: FloatArray, sizes: WindowSizes): void

  /**
   * Creates a memory of the given number of bytes, whose arrays the kernels use in place, without copying. Optional;
   * returns `undefined` if no such memory is available.
   */
  createMemory?(bytes: number): KernelMemory | undefined

  /**
   * Returns the memory in which an operation on an array computes. Optional: kernels of further modules work there, such as
   * those of `@gosa/linalg/images`, whose references are used without it.
   */
  memoryFor?(x: FloatArray): KernelMemory
}

/** Allocates arrays in one memory, which lives as long as any of them, or any view of one. */
export interface KernelMemory {
  /** Returns an array of `length` elements, or `undefined` if the memory is full. */
  allocate(length: number, dtype: DType): FloatArray | undefined
}
