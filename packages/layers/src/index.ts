export type { NumberOrTensor, Parameter } from '@gosa/linalg'
export { Elu } from './activations/elu.ts'
export { Gelu } from './activations/gelu.ts'
export { LeakyRelu } from './activations/leaky-relu.ts'
export { Relu } from './activations/relu.ts'
export { Sigmoid } from './activations/sigmoid.ts'
export { Softplus } from './activations/softplus.ts'
export { Tanh } from './activations/tanh.ts'
export { Affine } from './affine.ts'
export { Dropout, type DropoutOptions } from './dropout.ts'
export { Embedding } from './embedding.ts'
export { Flatten } from './flatten.ts'
export { AveragePooling } from './images/average-pooling.ts'
export { col2im } from './images/col2im.ts'
export { Convolution, type ConvolutionInit, type ConvolutionOptions } from './images/convolution.ts'
export { GlobalAveragePooling } from './images/global-average-pooling.ts'
export { im2col, type WindowOptions } from './images/im2col.ts'
export { MaxPooling } from './images/max-pooling.ts'
export type { PoolingOptions } from './images/pooling-window.ts'
export type { Pair } from './images/sliding-window.ts'
export {
  type BackwardOptions,
  type Buffer,
  type ForwardOptions,
  type Layer,
  type LayerData,
  parameter,
  type RandomState,
} from './layer.ts'
export { AddLayer } from './nodes/add-layer.ts'
export { MulLayer } from './nodes/mul-layer.ts'
export { BatchNormalization, type BatchNormalizationOptions } from './normalization/batch-normalization.ts'
export { LayerNormalization, type LayerNormalizationOptions } from './normalization/layer-normalization.ts'
export { assignRandomStates, outputShapes, randomStates, Sequential } from './sequential.ts'
export type { WeightInit } from './weight-init.ts'
