import { Relu, Sigmoid, Tanh } from '@gosa/layers'
import { exp, map, mul, square, sub, type Tensor, tensor } from '@gosa/linalg'
import type { Fault, RandomValues } from '../fault.ts'

/*
 * Faulty examples: common mistakes in ReLU, sigmoid and tanh, written out.
 */

/** A layer with the `forward` of a correct one and the given `backward`, which receives the latest input and output. */
const elementwise = (
  correct: { forward(x: Tensor): Tensor },
  backward: (dout: Tensor, x: Tensor, y: Tensor) => Tensor,
) => {
  let [x, y]: Tensor[] = []
  return {
    forward(input: Tensor) {
      x = input
      y = correct.forward(x)
      return y
    },
    backward: (dout: Tensor) => backward(dout, x, y),
  }
}

/** Entries at the kink itself, where the book's ReLU has the derivative from the left. */
const atKink = {
  x: tensor([
    [0, 1, -1, 2],
    [0.5, -0.5, 0, 0],
  ]),
  options: { atKink: 'left' as const },
}

const mask = (dout: Tensor, x: Tensor, passes: (x: number) => boolean): Tensor =>
  mul(
    dout,
    map(x, (each) => (passes(each) ? 1 : 0)),
  )

/** Common mistakes in ReLU, sigmoid and tanh. */
export const faultyActivations = ({ values }: RandomValues): Fault[] => {
  const relu = (
    name: string,
    backward: Parameters<typeof elementwise>[1],
    more: object = { x: values(3, 4) },
  ) => ({
    name: `Relu: ${name}`,
    case: { name, layer: elementwise(new Relu(), backward), ...more },
  })
  const sigmoid = (name: string, slope: (y: Tensor, x: Tensor) => Tensor) => ({
    name: `Sigmoid: ${name}`,
    case: {
      name,
      layer: elementwise(new Sigmoid(), (dout, x, y) => mul(dout, slope(y, x))),
      x: values(3, 4),
    },
  })
  const tanh = (name: string, slope: (y: Tensor, x: Tensor) => Tensor) => ({
    name: `Tanh: ${name}`,
    case: { name, layer: elementwise(new Tanh(), (dout, x, y) => mul(dout, slope(y, x))), x: values(3, 4) },
  })
  return [
    relu('the mask is missing', (dout) => dout.clone()),
    relu('the mask is inverted', (dout, x) => mask(dout, x, (each) => each < 0)),
    relu('the mask is that of dout, not of x', (dout) => mask(dout, dout, (each) => each > 0)),
    relu('masked entries leak, as in leaky ReLU', (dout, x) =>
      mul(
        dout,
        map(x, (each) => (each > 0 ? 1 : 0.01)),
      ),
    ),
    relu('the threshold of the mask is 1', (dout, x) => mask(dout, x, (each) => each > 1)),
    relu('relu(x) in place of the mask', (dout, x) =>
      mul(
        dout,
        map(x, (each) => Math.max(0, each)),
      ),
    ),
    relu('the mask is x >= 0', (dout, x) => mask(dout, x, (each) => each >= 0), atKink),
    relu(
      'the derivative at the kink is 1/2',
      (dout, x) =>
        mul(
          dout,
          map(x, (each) => (Math.sign(each) + 1) / 2),
        ),
      atKink,
    ),
    sigmoid('the factor 1 − y is missing', (y) => y),
    sigmoid('the factor y is missing', (y) => sub(1, y)),
    sigmoid('1 + y in place of 1 − y', (y) =>
      mul(
        y,
        map(y, (each) => 1 + each),
      ),
    ),
    sigmoid('1 − y² in place of 1 − y', (y) => mul(y, sub(1, square(y)))),
    sigmoid('x in place of y', (_, x) => mul(x, sub(1, x))),
    sigmoid('the denominator is not squared', (y, x) => mul(y, exp(map(x, (each) => -each)))),
    tanh('1 − y in place of 1 − y²', (y) => sub(1, y)),
    tanh('1 + y² in place of 1 − y²', (y) => map(y, (each) => 1 + each * each)),
    tanh('x in place of y', (_, x) => sub(1, square(x))),
    tanh('the derivative of sigmoid, y (1 − y)', (y) => mul(y, sub(1, y))),
    tanh('(1 − y)² in place of 1 − y²', (y) => square(sub(1, y))),
  ]
}
