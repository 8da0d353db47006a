import { Relu, Sigmoid, Tanh } from '@gosa/layers'
import { exp, map, mul, square, sub, type Tensor, tensor } from '@gosa/linalg'
import type { Draw, Fault } from '../fault.ts'

/** A layer whose `backward` is given its latest input and output; its `forward` is that of another one. */
const elementwise = (
  right: { forward(x: Tensor): Tensor },
  backward: (dout: Tensor, x: Tensor, y: Tensor) => Tensor,
) => {
  let [x, y]: Tensor[] = []
  return {
    forward(input: Tensor) {
      x = input
      y = right.forward(x)
      return y
    },
    backward: (dout: Tensor) => backward(dout, x, y),
  }
}

/** Entries at the kink itself, where the book's ReLU has the slope of its left side. */
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

/** Activations as they are got wrong. */
export const wrongActivations = ({ values }: Draw): Fault[] => {
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
    relu('the mask is forgotten', (dout) => dout.clone()),
    relu('the mask is turned round', (dout, x) => mask(dout, x, (each) => each < 0)),
    relu('the mask is that of dout', (dout) => mask(dout, dout, (each) => each > 0)),
    relu('what was masked leaks', (dout, x) =>
      mul(
        dout,
        map(x, (each) => (each > 0 ? 1 : 0.01)),
      ),
    ),
    relu('the mask is at 1', (dout, x) => mask(dout, x, (each) => each > 1)),
    relu('x for its mask', (dout, x) =>
      mul(
        dout,
        map(x, (each) => Math.max(0, each)),
      ),
    ),
    relu('the mask is at >=', (dout, x) => mask(dout, x, (each) => each >= 0), atKink),
    relu(
      'the slope at the kink is 1/2',
      (dout, x) =>
        mul(
          dout,
          map(x, (each) => (Math.sign(each) + 1) / 2),
        ),
      atKink,
    ),
    sigmoid('1 − y is forgotten', (y) => y),
    sigmoid('y is forgotten', (y) => sub(1, y)),
    sigmoid('1 + y', (y) =>
      mul(
        y,
        map(y, (each) => 1 + each),
      ),
    ),
    sigmoid('y²', (y) => mul(y, sub(1, square(y)))),
    sigmoid('x for y', (_, x) => mul(x, sub(1, x))),
    sigmoid('e⁻ˣ without its square', (y, x) => mul(y, exp(map(x, (each) => -each)))),
    tanh('1 − y', (y) => sub(1, y)),
    tanh('1 + y²', (y) => map(y, (each) => 1 + each * each)),
    tanh('x for y', (_, x) => sub(1, square(x))),
    tanh('y (1 − y), as of sigmoid', (y) => mul(y, sub(1, y))),
    tanh('(1 − y)²', (y) => square(sub(1, y))),
  ]
}
