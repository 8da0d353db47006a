export { argmax } from './argmax.ts'
export { add, div, maskPositive, mul, type OutOption, scale, sub } from './arithmetic.ts'
export {
  type Arena,
  type Backend,
  type BinaryOperation,
  backend,
  backends,
  type Reduction,
  type Step,
  setBackend,
  type UnaryOperation,
} from './backend.ts'
export { compress, compressCodes } from './compress.ts'
export { arange, eye, full, ones, tensor, zeros } from './create.ts'
export type { DType, FloatArray } from './dtype.ts'
export { abs, exp, log, map, negate, relu, sigmoid, sqrt, square, tanh } from './elementwise.ts'
export { assumeFinite } from './finite.ts'
export type {
  LayerLike,
  LossLike,
  NetworkLike,
  NumberOrTensor,
  Parameter,
  ParameterLike,
} from './interfaces.ts'
export { logSoftmax } from './log-softmax.ts'
export { type MatmulOptions, matmul } from './matmul.ts'
export { randomNormal, randomUniform } from './random.ts'
export { type AxisOptions, max, mean, sum } from './reduce.ts'
export { createRng, type Rng, type RngState } from './rng.ts'
export { concat, takeRows } from './rows.ts'
export { type Shape, sameShape, showShape } from './shape.ts'
export { type NestedArray, Tensor } from './tensor.ts'
export { transpose } from './transpose.ts'
export { allClose, axpy, dot, norm } from './vector.ts'
export { Workspace } from './workspace.ts'
