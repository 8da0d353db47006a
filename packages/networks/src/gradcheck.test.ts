import { checkNetwork, type Report } from '@gosa/gradcheck'
import { Affine, Relu } from '@gosa/layers'
import { createRng, negate, randomNormal, scale, type Tensor } from '@gosa/linalg'
import { SoftmaxWithLoss, softmax } from '@gosa/losses'
import { describe, expect, it } from 'vitest'
import { TwoLayerNet } from './index.ts'

const rng = createRng(1)
const x = randomNormal([5, 4], { rng })
const t = Uint8Array.of(0, 2, 1, 1, 0)

/** A network in general position, with layers replaced by faulty ones that share the weights. */
function createNetwork(
  replace: (network: TwoLayerNet) => object = () => ({}),
  dtype: 'float32' | 'float64' = 'float64',
) {
  const rng = createRng(2)
  const network = new TwoLayerNet({
    inputSize: 4,
    hiddenSize: 6,
    outputSize: 3,
    weightInitStd: 0.5,
    rng,
    dtype,
  })
  network.params.b1 = randomNormal([6], { std: 0.5, rng, dtype })
  network.params.b2 = randomNormal([3], { std: 0.5, rng, dtype })
  const { lastLayer, ...layers } = replace(network) as { lastLayer?: SoftmaxWithLoss }
  if (lastLayer) Object.assign(network, { lastLayer })
  Object.assign(network.layers, layers)
  return network
}

const failingNames = (report: Report) =>
  report.entries.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)

describe('The gradient check of TwoLayerNet passes', () => {
  it('for class indices and for soft labels, with an entry for each weight', () => {
    for (const labels of [t, softmax(randomNormal([5, 3], { rng: createRng(3) }))]) {
      const report = checkNetwork(createNetwork(), x, labels)
      expect(report.verdict, report.toString()).toBe('pass')
      expect(report.entries.map(({ name }) => name)).toEqual(['W1', 'b1', 'W2', 'b2'])
    }
  })

  it('with weights of standard deviation 0.01, as in the book', () => {
    const network = new TwoLayerNet({
      inputSize: 4,
      hiddenSize: 6,
      outputSize: 3,
      rng: createRng(4),
      dtype: 'float64',
    })
    const report = checkNetwork(network, x, t)
    expect(report.verdict, report.toString()).toBe('pass')
  })

  it('for a float32 network, on its float64 copy', () => {
    const report = checkNetwork(createNetwork(undefined, 'float32'), x.astype('float32'), t)
    expect(report.verdict, report.toString()).toBe('pass')
  })

  it('for one sample and for images', () => {
    expect(checkNetwork(createNetwork(), x.row(0), t.subarray(0, 1)).verdict).toBe('pass')
    expect(checkNetwork(createNetwork(), x.reshape([5, 1, 2, 2]), t).verdict).toBe('pass')
  })
})

describe('The gradient check of TwoLayerNet fails, and names the wrong weights, for', () => {
  /** An Affine layer with one of its gradients negated. */
  const affine = (own: Affine, wrong: 'W' | 'b' | 'x') =>
    new (class extends Affine {
      override get dW(): Tensor {
        return wrong === 'W' ? negate(super.dW) : super.dW
      }
      override get db(): Tensor {
        return wrong === 'b' ? negate(super.db) : super.db
      }
      override backward(dout: Tensor): Tensor {
        const dx = super.backward(dout)
        return wrong === 'x' ? negate(dx) : dx
      }
    })(own.W, own.b)

  it.each<[string, (network: TwoLayerNet) => object, string[]]>([
    ['dW of Affine1', ({ layers }) => ({ Affine1: affine(layers.Affine1, 'W') }), ['W1']],
    ['db of Affine1', ({ layers }) => ({ Affine1: affine(layers.Affine1, 'b') }), ['b1']],
    ['dW of Affine2', ({ layers }) => ({ Affine2: affine(layers.Affine2, 'W') }), ['W2']],
    ['db of Affine2', ({ layers }) => ({ Affine2: affine(layers.Affine2, 'b') }), ['b2']],
    ['dx of Affine2', ({ layers }) => ({ Affine2: affine(layers.Affine2, 'x') }), ['W1', 'b1']],
    [
      'dx of Relu1',
      () => ({
        Relu1: new (class extends Relu {
          override backward(dout: Tensor): Tensor {
            return negate(super.backward(dout))
          }
        })(),
      }),
      ['W1', 'b1'],
    ],
    [
      'dx of SoftmaxWithLoss',
      () => ({
        lastLayer: new (class extends SoftmaxWithLoss {
          override backward(dout?: number): Tensor {
            return negate(super.backward(dout))
          }
        })(),
      }),
      ['W1', 'b1', 'W2', 'b2'],
    ],
  ])('the opposite sign of %s', (_, replace, names) => {
    const report = checkNetwork(createNetwork(replace), x, t)
    expect(report.verdict, report.toString()).toBe('fail')
    expect(failingNames(report)).toEqual(names)
  })

  it('the opposite sign of a single entry, reported with its index and both values', () => {
    const report = checkNetwork(
      createNetwork(({ layers: { Affine2 } }) => ({
        Affine2: new (class extends Affine {
          override get dW(): Tensor {
            const dW = super.dW.clone()
            dW.data[3 * 4 + 1] *= -1
            return dW
          }
        })(Affine2.W, Affine2.b),
      })),
      x,
      t,
    )
    expect(failingNames(report)).toEqual(['W2'])
    const { worst } = report.entries[2]
    expect(worst?.index).toEqual([4, 1])
    expect(worst?.analytic).toBeCloseTo(-(worst?.numerical ?? 0), 8)
  })

  it('a sum in place of the mean over the batch', () => {
    const lastLayer = new (class extends SoftmaxWithLoss {
      override backward(dout?: number): Tensor {
        return scale(super.backward(dout), 5)
      }
    })()
    expect(
      failingNames(
        checkNetwork(
          createNetwork(() => ({ lastLayer })),
          x,
          t,
        ),
      ),
    ).toEqual(['W1', 'b1', 'W2', 'b2'])
  })
})
