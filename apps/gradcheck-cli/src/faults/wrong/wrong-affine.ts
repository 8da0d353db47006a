import { Affine, Relu, Sequential } from '@gosa/layers'
import { add, matmul, mul, scale, sum, type Tensor, transpose } from '@gosa/linalg'
import type { Draw, Fault } from '../fault.ts'

interface Terms {
  readonly x: Tensor
  readonly W: Tensor
  readonly b: Tensor
  readonly dout: Tensor
  /** What is right. */
  readonly dx: Tensor
  readonly dW: Tensor
  readonly db: Tensor
}

type Gradients = Partial<Record<'dx' | 'dW' | 'db', Tensor>>

/** An Affine layer some of whose gradients are others. */
function wrongAffine(W: Tensor, b: Tensor, spoil: (terms: Terms) => Gradients) {
  const right = new Affine(W, b)
  let x = W
  let grads = { dW: W, db: b }
  return {
    forward(input: Tensor) {
      x = input
      return right.forward(x)
    },
    backward(dout: Tensor) {
      const dx = right.backward(dout)
      const { dW, db } = right
      const wrong = { dx, dW, db, ...spoil({ x, W, b, dout, dx, dW, db }) }
      grads = wrong
      return wrong.dx
    },
    parameters: () => [
      {
        name: 'W',
        value: W,
        get grad() {
          return grads.dW
        },
      },
      {
        name: 'b',
        value: b,
        get grad() {
          return grads.db
        },
      },
    ],
  }
}

/** Affine layers, and layers in a row, as they are got wrong; square, so that every mistake fits. */
export const wrongAffines = ({ values }: Draw): Fault[] => {
  const affine = (name: string, spoil: (terms: Terms) => Gradients) => ({
    name: `Affine: ${name}`,
    case: { name, layer: wrongAffine(values(4, 4), values(4), spoil), x: values(4, 4) },
  })
  const row = (name: string, backward: (layers: Sequential, dout: Tensor) => Tensor) => {
    const layers = new Sequential([
      new Affine(values(4, 4), values(4)),
      new Relu(),
      new Affine(values(4, 4), values(4)),
    ])
    const layer = {
      forward: (x: Tensor) => layers.forward(x),
      backward: (dout: Tensor) => backward(layers, dout),
      parameters: () => layers.parameters(),
    }
    return { name: `Sequential: ${name}`, case: { name, layer, x: values(4, 4) } }
  }
  return [
    affine('dW is transposed', ({ dW }) => ({ dW: transpose(dW) })),
    affine('dW is X·dout', ({ x, dout }) => ({ dW: matmul(x, dout) })),
    affine('dW of W for X', ({ W, dout }) => ({ dW: matmul(W, dout, { transposeA: true }) })),
    affine('dW is a mean over the batch', ({ dW, x }) => ({ dW: scale(dW, 1 / x.shape[0]) })),
    affine('dX of W untransposed', ({ W, dout }) => ({ dx: matmul(dout, W) })),
    affine('dX is dout', ({ dout }) => ({ dx: dout.clone() })),
    affine('db is summed over the wrong axis', ({ dout }) => ({ db: sum(dout, { axis: 1 }) })),
    affine('db is a mean over the batch', ({ db, x }) => ({ db: scale(db, 1 / x.shape[0]) })),
    affine('db of the first sample alone', ({ dout }) => ({ db: dout.row(0).clone() })),
    affine('db of the last samples alone', ({ dout }) => ({
      db: sum(dout.rows(1, dout.shape[0]), { axis: 0 }),
    })),
    affine('weight decay is left in dW', ({ dW, W }) => ({ dW: add(dW, scale(W, 1e-3)) })),
    affine('b in db', ({ db, b }) => ({ db: add(db, b) })),
    affine('the bias is multiplied in', ({ db, b }) => ({ db: mul(db, b) })),
    row('the activation is left out', (layers, dout) =>
      layers.layers[0].backward(layers.layers[2].backward(dout)),
    ),
    row('the first layer gets dout', (layers, dout) => {
      layers.backward(dout)
      return layers.layers[0].backward(dout)
    }),
    row('the wrong way round', (layers, dout) =>
      layers.layers.reduce((value, layer) => layer.backward(value), dout),
    ),
  ]
}
