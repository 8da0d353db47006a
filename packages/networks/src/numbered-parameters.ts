import { type Affine, type Parameter, parameter } from '@gosa/layers'

/** The weights of Affine layers with their gradients, numbered from 1: W1, b1, W2, b2, … */
export const numberedParameters = (layers: readonly Affine[]): Parameter[] =>
  layers.flatMap((layer, i) => [
    parameter(`W${i + 1}`, layer.W, () => layer.dW),
    parameter(`b${i + 1}`, layer.b, () => layer.db),
  ])
