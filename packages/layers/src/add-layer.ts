import { add, Tensor } from '@gosa/linalg'
import { kept } from './kept.ts'
import { checkPair, type Value } from './value.ts'

/**
 * Addition node of a computational graph: `z = x + y`, of two numbers or two tensors of one shape.
 *
 *     dx = dout    dy = dout
 *
 * Two tensors of their own come back, so that changing one changes neither the other nor `dout`.
 *
 * Source: Deep Learning from Scratch, section 5.4.2.
 */
export class AddLayer<T extends Value = number> {
  #x?: T

  forward(x: T, y: T): T {
    checkPair(x, y, 'AddLayer')
    this.#x = x
    return plus(x, y)
  }

  backward(dout: T): [dx: T, dy: T] {
    checkPair(dout, kept(this.#x, 'AddLayer'), 'AddLayer')
    return [copy(dout), copy(dout)]
  }
}

function plus<T extends Value>(a: T, b: T): T
function plus(a: Value, b: Value): Value {
  return typeof a === 'number' && typeof b === 'number' ? a + b : add(a, b)
}

function copy<T extends Value>(value: T): T
function copy(value: Value): Value {
  return value instanceof Tensor ? value.clone() : value
}
