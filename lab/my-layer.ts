/** A layer to begin with: `npm run gradcheck -- lab/my-layer.ts` compares `backward` with numerical derivatives. */
import { mul, scale, type Tensor, tensor } from '@gosa/linalg'

/** The square of each element: `y = x²`, `dx = dout · 2x`. Leave out the 2 and check again. */
class Square {
  #x?: Tensor

  forward(x: Tensor): Tensor {
    this.#x = x
    return mul(x, x)
  }

  backward(dout: Tensor): Tensor {
    return mul(dout, scale(this.#x as Tensor, 2))
  }
}

export const square = {
  layer: new Square(),
  x: tensor([
    [0.5, -2],
    [3, 1],
  ]),
}
