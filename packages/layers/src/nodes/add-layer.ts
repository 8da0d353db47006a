import { add, type NumberOrTensor, Tensor } from '@gosa/linalg'
import { checkPair, stored } from '../checks.ts'

/**
 * Addition node of a computational graph: `z = x + y`, of two numbers or two tensors of one shape.
 *
 *     dx = dout    dy = dout
 *
 * The two gradients are separate copies, so that changing one changes neither the other nor `dout`.
 *
 * Source: Deep Learning from Scratch, section 5.4.2.
 */
export class AddLayer<T extends NumberOrTensor = number> {
  #x?: T

  forward(x: T, y: T): T {
    checkPair(x, y, 'AddLayer')
    this.#x = x
    return plus(x, y)
  }

  backward(dout: T): [dx: T, dy: T] {
    checkPair(dout, stored(this.#x, 'AddLayer: backward called before forward'), 'AddLayer')
    return [copy(dout), copy(dout)]
  }
}

function plus<T extends NumberOrTensor>(a: T, b: T): T
function plus(a: NumberOrTensor, b: NumberOrTensor): NumberOrTensor {
  return typeof a === 'number' && typeof b === 'number' ? a + b : add(a, b)
}

function copy<T extends NumberOrTensor>(value: T): T
function copy(value: NumberOrTensor): NumberOrTensor {
  return value instanceof Tensor ? value.clone() : value
}
