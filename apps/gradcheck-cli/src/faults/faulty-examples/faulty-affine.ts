import { Affine, Relu, Sequential } from '@gosa/layers'
import { add, matmul, mul, scale, sum, type Tensor, transpose } from '@gosa/linalg'
import type { Fault, RandomValues } from '../fault.ts'

/*
 * Faulty examples: common mistakes in Affine and Sequential, written out.
 */

interface Terms {
  readonly x: Tensor
  readonly W: Tensor
  readonly b: Tensor
  readonly dout: Tensor
  /** The correct gradients. */
  readonly dx: Tensor
  readonly dW: Tensor
  readonly db: Tensor
}

type Gradients = Partial<Record<'dx' | 'dW' | 'db', Tensor>>

/** An Affine layer with some gradients replaced. */
function faultyAffine(W: Tensor, b: Tensor, replace: (terms: Terms) => Gradients) {
  const correct = new Affine(W, b)
  let x = W
  let grads = { dW: W, db: b }
  return {
    forward(input: Tensor) {
      x = input
      return correct.forward(x)
    },
    backward(dout: Tensor) {
      const dx = correct.backward(dout)
      const { dW, db } = correct
      const replaced = { dx, dW, db, ...replace({ x, W, b, dout, dx, dW, db }) }
      grads = replaced
      return replaced.dx
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

/** Common mistakes in Affine and Sequential. Matrices are square, so that no mistake changes a shape. */
export const faultyAffines = ({ values }: RandomValues): Fault[] => {
  const affine = (name: string, replace: (terms: Terms) => Gradients) => ({
    name: `Affine: ${name}`,
    case: { name, layer: faultyAffine(values(4, 4), values(4), replace), x: values(4, 4) },
  })
  const sequential = (name: string, backward: (layers: Sequential, dout: Tensor) => Tensor) => {
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
    affine('dW is Wᵀ·dout', ({ W, dout }) => ({ dW: matmul(W, dout, { transposeA: true }) })),
    affine('dW is a mean over the batch', ({ dW, x }) => ({ dW: scale(dW, 1 / x.shape[0]) })),
    affine('dX is dout·W', ({ W, dout }) => ({ dx: matmul(dout, W) })),
    affine('dX is dout', ({ dout }) => ({ dx: dout.clone() })),
    affine('db is summed over the wrong axis', ({ dout }) => ({ db: sum(dout, { axis: 1 }) })),
    affine('db is a mean over the batch', ({ db, x }) => ({ db: scale(db, 1 / x.shape[0]) })),
    affine('db is that of the first sample', ({ dout }) => ({ db: dout.row(0).clone() })),
    affine('db is without the first sample', ({ dout }) => ({
      db: sum(dout.rows(1, dout.shape[0]), { axis: 0 }),
    })),
    affine('dW includes weight decay, the loss does not', ({ dW, W }) => ({ dW: add(dW, scale(W, 1e-3)) })),
    affine('b is added to db', ({ db, b }) => ({ db: add(db, b) })),
    affine('db is multiplied by b', ({ db, b }) => ({ db: mul(db, b) })),
    sequential('backward leaves out the activation', (layers, dout) =>
      layers.layers[0].backward(layers.layers[2].backward(dout)),
    ),
    sequential('the first layer receives dout itself', (layers, dout) => {
      layers.backward(dout)
      return layers.layers[0].backward(dout)
    }),
    sequential('backward runs in forward order', (layers, dout) =>
      layers.layers.reduce((value, layer) => layer.backward(value), dout),
    ),
  ]
}
