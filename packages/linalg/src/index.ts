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
export { argmax } from './operations/argmax.ts'
export { argsort } from './operations/argsort.ts'
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
} from './operations/elementwise.ts'
export { concat, type JoinOptions, stack } from './operations/join.ts'
export { logSoftmax } from './operations/log-softmax.ts'
export { type MatmulOptions, matmul } from './operations/matmul.ts'
export type { OutOption } from './operations/operand.ts'
export { type PadWidth, pad } from './operations/pad.ts'
export { permute, transpose } from './operations/permute.ts'
export { type AxisOptions, max, mean, sum } from './operations/reduce.ts'
export { type SliceRange, slice } from './operations/slice.ts'
export { takeRows } from './operations/take-rows.ts'
export { allClose, axpy, dot, norm } from './operations/vector.ts'
export { where } from './operations/where.ts'
export { Workspace } from './operations/workspace.ts'
export { compress } from './sparse/compress.ts'
export { arange, eye, full, ones, randomNormal, randomUniform, tensor, zeros } from './tensor/create.ts'
export type { DType, FloatArray } from './tensor/dtype.ts'
export { createRng, type Rng, type RngState } from './tensor/rng.ts'
export { type Shape, sameShape, showShape } from './tensor/shape.ts'
export { type NestedArray, Tensor } from './tensor/tensor.ts'
