import { AddLayer, MulLayer } from '@gosa/layers'
import { add, mul, scale, type Tensor } from '@gosa/linalg'
import type { Draw, Fault } from '../fault.ts'

/** The nodes of a computational graph as they are got wrong, the book's own mistake among them. */
export const wrongNodes = ({ values }: Draw): Fault[] => {
  const node = (
    kind: string,
    name: string,
    right: { forward(x: Tensor, y: Tensor): Tensor },
    backward: (dout: Tensor, x: Tensor, y: Tensor) => Tensor[],
  ) => {
    let [x, y]: Tensor[] = []
    const layer = {
      forward(a: Tensor, b: Tensor) {
        ;[x, y] = [a, b]
        return right.forward(a, b)
      },
      backward: (dout: Tensor) => backward(dout, x, y),
    }
    return { name: `${kind}: ${name}`, case: { name, layer, inputs: [values(3, 4), values(3, 4)] } }
  }
  const times = (name: string, backward: Parameters<typeof node>[3]) =>
    node('MulLayer', name, new MulLayer<Tensor>(), backward)
  const plus = (name: string, backward: Parameters<typeof node>[3]) =>
    node('AddLayer', name, new AddLayer<Tensor>(), backward)
  return [
    times('+ for ×', (dout, x, y) => [add(dout, y), add(dout, x)]),
    times('inputs not exchanged', (dout, x, y) => [mul(dout, x), mul(dout, y)]),
    times('dout is not multiplied in', (_, x, y) => [y.clone(), x.clone()]),
    times('one side alone', (dout, _, y) => [mul(dout, y), scale(dout, 0)]),
    times('gradients exchanged', (dout, x, y) =>
      [mul(dout, x), mul(dout, y)].reverse().map((each) => scale(each, -1)),
    ),
    plus('dout is halved', (dout) => [scale(dout, 0.5), scale(dout, 0.5)]),
    plus('the sign of a difference', (dout) => [dout.clone(), scale(dout, -1)]),
    plus('inputs multiplied in', (dout, x, y) => [mul(dout, y), mul(dout, x)]),
  ]
}
