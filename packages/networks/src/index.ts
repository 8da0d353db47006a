export { accuracy } from './accuracy.ts'
export { ACTIVATIONS, type Activation } from './activation.ts'
export { buildLayers, type LayersDescription } from './build-layers.ts'
export { DeepConvNet, type DeepConvNetOptions, type DeepConvNetTensors } from './deep-conv-net.ts'
export type { LayerDescription } from './layer-types.ts'
export { createNetwork } from './model/architecture.ts'
export { loadModel, Model, type Prediction } from './model/load-model.ts'
export type { CategoryColumn, NumberColumn, Preprocessing, Row } from './model/rows.ts'
export { type SaveModelOptions, saveModel } from './model/save-model.ts'
export { decodeModel, encodeModel, type ModelLike } from './model-file.ts'
export { MultiLayerNet, type MultiLayerNetOptions, type MultiLayerNetTensors } from './multi-layer-net.ts'
export { type NamedTensors, Network, type NetworkData, type NetworkOptions } from './network.ts'
export {
  type FilterOptions,
  SimpleConvNet,
  type SimpleConvNetOptions,
  type SimpleConvNetTensors,
} from './simple-conv-net.ts'
export { TwoLayerNet, type TwoLayerNetOptions, type TwoLayerNetTensors } from './two-layer-net.ts'
export { layerSizes, weightsBytes } from './weights.ts'
