import { Elu, Gelu, type Layer, LeakyRelu, Relu, Sigmoid, Softplus, Tanh } from '@gosa/layers'
import { exp, map, mul, square, sub, type Tensor, tensor } from '@gosa/linalg'
import type { Fault, RandomValues } from '../fault.ts'

/*
 * Faulty examples: common mistakes in activations, written out.
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

const sigmoidOf = (x: number): number => 1 / (1 + Math.exp(-x))

/** The density of the standard normal distribution. */
const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)

/** Common mistakes in activations. */
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
  const slope = (name: string, layer: Layer, slopeOf: (x: number, y: number) => number) => ({
    name: `${layer.constructor.name}: ${name}`,
    case: {
      name,
      layer: elementwise(layer, (dout, x, y) => map(dout, (one, i) => one * slopeOf(x.data[i], y.data[i]))),
      x: values(4, 5),
    },
  })
  const [leaky, elu] = [() => new LeakyRelu({ slope: 0.1 }), () => new Elu({ alpha: 0.5 })]
  return [
    slope('the slope is on the wrong side', leaky(), (x) => (x > 0 ? 0.1 : 1)),
    slope('the slope is missing', leaky(), (x) => (x > 0 ? 1 : 0)),
    slope('the slope is missing on both sides', leaky(), () => 1),
    slope('the slope is negative', leaky(), (x) => (x > 0 ? 1 : -0.1)),
    slope('the slope is squared', leaky(), (x) => (x > 0 ? 1 : 0.01)),
    slope('y in place of y + alpha', elu(), (x, y) => (x > 0 ? 1 : y)),
    slope('alpha is left out', elu(), (x) => (x > 0 ? 1 : Math.exp(x))),
    slope('1 in place of alpha', elu(), (x, y) => (x > 0 ? 1 : y + 1)),
    slope('the sides are exchanged', elu(), (x, y) => (x > 0 ? y + 0.5 : 1)),
    slope('the term x·φ(x) is left out', new Gelu(), (x, y) => y / x),
    slope('the sign of the term x·φ(x)', new Gelu(), (x, y) => y / x - x * density(x)),
    slope('the approximation by a sigmoid', new Gelu(), (x) => {
      const s = sigmoidOf(1.702 * x)
      return s + 1.702 * x * s * (1 - s)
    }),
    slope('that of ReLU', new Softplus(), (x) => (x > 0 ? 1 : 0)),
    slope('1 − sigmoid in place of sigmoid', new Softplus(), (x) => 1 - sigmoidOf(x)),
    slope('the derivative of sigmoid', new Softplus(), (x) => sigmoidOf(x) * (1 - sigmoidOf(x))),
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
