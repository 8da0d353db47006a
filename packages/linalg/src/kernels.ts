/**
 * `@gosa/linalg/kernels`: for authors of backends and of layers that skip work. It holds the interface of a backend, the
 * compressed matrices that speed up products, and the promises and fused operations that only make things faster:
 * a program that uses none of them computes the same results.
 */

export type {
  Backend,
  BinaryOperation,
  KernelMemory,
  OperandStrides,
  ProductSize,
  Reduction,
  UnaryOperation,
  WindowSizes,
} from './kernels/backend.ts'
export { maskPositive } from './operations/arithmetic.ts'
export { assumeFinite, type CompressedRows, compressCodes, isCompressed } from './sparse/csr-matrix.ts'
