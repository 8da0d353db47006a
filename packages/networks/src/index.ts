export { ACTIVATIONS, type Activation } from './activation.ts'
export { MultiLayerNet, type MultiLayerNetOptions, type MultiLayerNetTensors } from './multi-layer-net.ts'
export { TwoLayerNet, type TwoLayerNetOptions, type TwoLayerNetTensors } from './two-layer-net.ts'
