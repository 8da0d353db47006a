import { relu, type Tensor } from '@gosa/linalg'
import { maskPositive } from '@gosa/linalg/kernels'
import { checkDout } from './check-dout.ts'
import { kept } from './kept.ts'
import type { Layer, Parameter } from './layer.ts'

/**
 * Rectified linear unit: `y = max(0, x)`, in any shape.
 *
 *     dx = dout where x > 0, else 0
 *
 * At the kink, x = 0, the derivative is taken as 0. NaN passes through, forwards and backwards.
 *
 * Source: Deep Learning from Scratch, section 5.5.1 (whose `backward` writes into the caller's `dout`; ours does not).
 */
export class Relu implements Layer {
  #x?: Tensor

  forward(x: Tensor): Tensor {
    this.#x = x
    return relu(x)
  }

  backward(dout: Tensor): Tensor {
    const x = kept(this.#x, 'Relu')
    checkDout(dout, x.shape, 'Relu')
    return maskPositive(dout, x)
  }

  parameters(): Parameter[] {
    return []
  }
}
