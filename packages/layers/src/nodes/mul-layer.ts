import { mul, type NumberOrTensor } from '@gosa/linalg'
import { checkPair, stored } from '../checks.ts'

/**
 * Multiplication node of a computational graph: `z = x·y`, of two numbers or two tensors of one shape.
 *
 *     dx = dout·y    dy = dout·x      (each side gets the other's value)
 *
 * Source: Deep Learning from Scratch, section 5.4.1.
 */
export class MulLayer<T extends NumberOrTensor = number> {
  #inputs?: readonly [x: T, y: T]

  forward(x: T, y: T): T {
    checkPair(x, y, 'MulLayer')
    this.#inputs = [x, y]
    return times(x, y)
  }

  backward(dout: T): [dx: T, dy: T] {
    const [x, y] = stored(this.#inputs, 'MulLayer: backward called before forward')
    checkPair(dout, x, 'MulLayer')
    return [times(dout, y), times(dout, x)]
  }
}

function times<T extends NumberOrTensor>(a: T, b: T): T
function times(a: NumberOrTensor, b: NumberOrTensor): NumberOrTensor {
  return typeof a === 'number' && typeof b === 'number' ? a * b : mul(a, b)
}
