export type { NumberOrTensor, Parameter } from '@gosa/linalg'
export { AddLayer } from './add-layer.ts'
export { Affine } from './affine.ts'
export {
  type BackwardOptions,
  type Buffer,
  type ForwardOptions,
  type Layer,
  parameter,
} from './layer.ts'
export { MulLayer } from './mul-layer.ts'
export { Relu } from './relu.ts'
export { outputShapes, Sequential } from './sequential.ts'
export { Sigmoid } from './sigmoid.ts'
export { Tanh } from './tanh.ts'
export type { WeightInit } from './weight-init.ts'
