import { AddLayer, MulLayer } from '@gosa/layers'
import { add, mul, scale, type Tensor } from '@gosa/linalg'
import type { Fault, RandomValues } from '../fault.ts'

/*
 * Faulty examples: common mistakes in MulLayer and AddLayer, written out.
 */

/** Common mistakes in MulLayer and AddLayer, among them one of the book. */
export const faultyNodes = ({ values }: RandomValues): Fault[] => {
  const node = (
    kind: string,
    name: string,
    correct: { forward(x: Tensor, y: Tensor): Tensor },
    backward: (dout: Tensor, x: Tensor, y: Tensor) => Tensor[],
  ) => {
    let [x, y]: Tensor[] = []
    const layer = {
      forward(a: Tensor, b: Tensor) {
        ;[x, y] = [a, b]
        return correct.forward(a, b)
      },
      backward: (dout: Tensor) => backward(dout, x, y),
    }
    return { name: `${kind}: ${name}`, case: { name, layer, inputs: [values(3, 4), values(3, 4)] } }
  }
  const mulLayer = (name: string, backward: Parameters<typeof node>[3]) =>
    node('MulLayer', name, new MulLayer<Tensor>(), backward)
  const addLayer = (name: string, backward: Parameters<typeof node>[3]) =>
    node('AddLayer', name, new AddLayer<Tensor>(), backward)
  return [
    mulLayer('+ in place of ×', (dout, x, y) => [add(dout, y), add(dout, x)]),
    mulLayer('the inputs are not exchanged', (dout, x, y) => [mul(dout, x), mul(dout, y)]),
    mulLayer('dout is ignored', (_, x, y) => [y.clone(), x.clone()]),
    mulLayer('only the gradient of x', (dout, _, y) => [mul(dout, y), scale(dout, 0)]),
    mulLayer('both gradients have the wrong sign', (dout, x, y) =>
      [mul(dout, y), mul(dout, x)].map((gradient) => scale(gradient, -1)),
    ),
    addLayer('dout is halved', (dout) => [scale(dout, 0.5), scale(dout, 0.5)]),
    addLayer('the gradients of subtraction', (dout) => [dout.clone(), scale(dout, -1)]),
    addLayer('the gradients of multiplication', (dout, x, y) => [mul(dout, y), mul(dout, x)]),
  ]
}
