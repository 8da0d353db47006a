import type { DType, Parameter, Shape, Tensor } from '@gosa/linalg'
import { checkTensor } from '@gosa/linalg/options'
import { checkDoutLike, checkSampleShape, stored } from './checks.ts'
import type { Layer, LayerData } from './layer.ts'

/**
 * Flattens each sample to a vector: `y[n] = x[n]`, its elements in row-major order.
 *
 *     x (N, …)    y (N, D), D the number of elements of a sample    dx = dout in the shape of x
 *
 * `y` and `dx` are views: they share their elements with `x` and `dout`. `Affine` flattens by itself; other layers, such as
 * `BatchNormalization` per feature, need this one after images.
 */
export class Flatten implements Layer {
  #x?: Tensor
  #y?: Tensor

  forward(x: Tensor): Tensor {
    checkTensor('Flatten', 'x', x)
    if (x.rank === 0) throw new RangeError('Flatten: x is a scalar, but it takes samples (N, …)')
    this.#x = x
    this.#y = x.reshape([x.shape[0], elementsOf(x.shape.slice(1))])
    return this.#y
  }

  backward(dout: Tensor): Tensor {
    const { shape } = stored(this.#x, 'Flatten: backward called before forward')
    checkDoutLike(dout, this.#y as Tensor, 'Flatten')
    return dout.reshape(shape)
  }

  describe(): LayerData {
    return { type: 'flatten' }
  }

  parameters(): Parameter[] {
    return []
  }

  /** (D): the answer to which size goes into the Affine layer after it. */
  outputShape(inputShape: Shape): Shape {
    return [elementsOf(checkSampleShape(inputShape, 'Flatten'))]
  }

  /** Returns a new layer of the same class; it holds nothing that has a dtype. */
  astype(_dtype?: DType): Flatten {
    return new (this.constructor as typeof Flatten)()
  }
}

const elementsOf = (sample: Shape): number => sample.reduce((product, length) => product * length, 1)
