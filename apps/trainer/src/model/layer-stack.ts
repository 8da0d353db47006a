import { type Affine, type Layer, type Parameter, parameter } from '@gosa/layers'
import { type Tensor, Workspace } from '@gosa/linalg'
import { type Labels, SoftmaxWithLoss } from '@gosa/losses'
import type { Classifier } from './classifier.ts'

/**
 * A classifier of any depth: Affine, activation, Affine, …, Affine, and SoftmaxWithLoss to learn. With two Affine layers
 * and ReLU between them it is TwoLayerNet, to the bit. Weights are named by their layer: W1, b1, W2, b2, …
 *
 *     x (N, D) → Affine (D, H) → activation → … → Affine (H, C) → logits (N, C)
 */
export class LayerStack implements Classifier {
  readonly lastLayer = new SoftmaxWithLoss()
  readonly #layers: readonly Layer[]
  readonly #parameters: readonly Parameter[]
  /** What a gradient computes in between is written to the same buffers each time. */
  readonly #workspace = new Workspace()

  /** The Affine layers, each to be followed by a new activation but the last one. */
  constructor(affine: readonly Affine[], activation: () => Layer) {
    this.#layers = affine.flatMap((layer, i) => (i === 0 ? [layer] : [activation(), layer]))
    this.#parameters = affine.flatMap((layer, i) => [
      parameter(`W${i + 1}`, layer.W, () => layer.dW),
      parameter(`b${i + 1}`, layer.b, () => layer.db),
    ])
  }

  predict(x: Tensor): Tensor {
    return this.#layers.reduce((value, layer) => layer.forward(value), x)
  }

  gradient(x: Tensor, t: Labels): void {
    this.#workspace.run(() => {
      this.lastLayer.forward(this.predict(x), t)
      const [first, ...rest] = this.#layers
      const dFirst = rest.reduceRight((dout, layer) => layer.backward(dout), this.lastLayer.backward())
      first.backward(dFirst, { inputGradient: false })
    })
  }

  parameters(): Parameter[] {
    return [...this.#parameters]
  }
}
