/** `@gosa/linalg`: tensors, their operations, random numbers, the choice of the kernels that compute. */

export type {
  LayerLike,
  LossLike,
  NetworkLike,
  NumberOrTensor,
  Parameter,
  ParameterLike,
} from './interfaces.ts'
export { backend, backends, setBackend } from './kernels/registry.ts'
export { add, div, mul, scale, sub } from './operations/arithmetic.ts'
export {
  abs,
  clip,
  exp,
  log,
  map,
  negate,
  relu,
  sigmoid,
  sqrt,
  square,
  tanh,
  where,
} from './operations/elementwise.ts'
export {
  concat,
  type JoinOptions,
  type PadWidth,
  pad,
  permute,
  type SliceRange,
  slice,
  stack,
  takeRows,
  transpose,
} from './operations/layout.ts'
export { type MatmulOptions, matmul } from './operations/matmul.ts'
export type { OutOption } from './operations/operand.ts'
export { type AxisOptions, argmax, argsort, logSoftmax, max, mean, sum } from './operations/reduce.ts'
export { allClose, axpy, dot, norm } from './operations/vector.ts'
export { empty, Workspace, type WorkspaceOptions } from './operations/workspace.ts'
export { compress } from './sparse/csr-matrix.ts'
export { arange, eye, full, ones, randomNormal, randomUniform, tensor, zeros } from './tensor/create.ts'
export { createRng, type Rng, type RngState } from './tensor/rng.ts'
export type { DType, FloatArray } from './tensor/shape.ts'
export { type Shape, sameShape, showShape } from './tensor/shape.ts'
export { type NestedArray, Tensor } from './tensor/tensor.ts'
