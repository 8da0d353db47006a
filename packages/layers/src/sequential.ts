import type { Tensor } from '@gosa/linalg'
import type { ForwardOptions, Layer, Parameter } from './layer.ts'
import { parameter } from './parameter.ts'

/**
 * Layers in a row, itself a layer: walked forwards, then backwards.
 *
 *     y = fₙ(… f₁(f₀(x)))      dx = f₀′ᵀ·(f₁′ᵀ·(… fₙ′ᵀ·dout))
 *
 * Parameters are named by position: `0.W`, `0.b`, `2.W`, …
 */
export class Sequential implements Layer {
  readonly layers: readonly Layer[]

  /** Throws a `RangeError` where one layer stands twice: it can keep only one `forward`, so a gradient would be lost. */
  constructor(layers: readonly Layer[]) {
    if (new Set(layers).size !== layers.length) {
      throw new RangeError(
        'Sequential: a layer stands twice in the row; make a second one, each keeps its own forward',
      )
    }
    this.layers = [...layers]
  }

  forward(x: Tensor, options?: ForwardOptions): Tensor {
    return this.layers.reduce((value, layer) => layer.forward(value, options), x)
  }

  backward(dout: Tensor, options?: { inputGradient?: true }): Tensor
  backward(dout: Tensor, options?: { inputGradient?: boolean }): Tensor | undefined
  backward(dout: Tensor, options?: { inputGradient?: boolean }): Tensor | undefined {
    const [first, ...rest] = this.layers
    const dFirst = rest.reduceRight((value, layer) => layer.backward(value), dout)
    return first ? first.backward(dFirst, options) : dFirst
  }

  parameters(): Parameter[] {
    return this.layers.flatMap((layer, position) =>
      layer.parameters().map((own) => parameter(`${position}.${own.name}`, own.value, () => own.grad)),
    )
  }
}
