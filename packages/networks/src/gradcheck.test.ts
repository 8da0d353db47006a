import { checkNetwork, type Report } from '@gosa/gradcheck'
import { Affine, Relu } from '@gosa/layers'
import { createRng, negate, randomNormal, scale, type Tensor } from '@gosa/linalg'
import { SoftmaxWithLoss, softmax } from '@gosa/losses'
import { describe, expect, it } from 'vitest'
import { TwoLayerNet } from './index.ts'

const rng = createRng(1)
const x = randomNormal([5, 4], { rng })
const t = Uint8Array.of(0, 2, 1, 1, 0)

/** A net in general position, with layers replaced by faulty ones that share the weights. */
function net(
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

const blamed = (report: Report) =>
  report.entries.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)

describe('the gradients of TwoLayerNet are those of its loss:', () => {
  it('for classes and for soft labels, each weight looked at', () => {
    for (const labels of [t, softmax(randomNormal([5, 3], { rng: createRng(3) }))]) {
      const report = checkNetwork(net(), x, labels)
      expect(report.verdict, report.toString()).toBe('pass')
      expect(report.entries.map(({ name }) => name)).toEqual(['W1', 'b1', 'W2', 'b2'])
    }
  })

  it('with weights of standard deviation 0.01 too, as the book has them', () => {
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

  it('and of a float32 network, on a copy in float64', () => {
    const report = checkNetwork(net(undefined, 'float32'), x.astype('float32'), t)
    expect(report.verdict, report.toString()).toBe('pass')
  })

  it('for one sample and for images', () => {
    expect(checkNetwork(net(), x.row(0), t.subarray(0, 1)).verdict).toBe('pass')
    expect(checkNetwork(net(), x.reshape([5, 1, 2, 2]), t).verdict).toBe('pass')
  })
})

describe('a sign error in TwoLayerNet is found, and the weights named that it spoils:', () => {
  /** An Affine layer with one of its gradients turned round. */
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
      'Relu1',
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
      'SoftmaxWithLoss',
      () => ({
        lastLayer: new (class extends SoftmaxWithLoss {
          override backward(dout?: number): Tensor {
            return negate(super.backward(dout))
          }
        })(),
      }),
      ['W1', 'b1', 'W2', 'b2'],
    ],
  ])('%s', (_, replace, names) => {
    const report = checkNetwork(net(replace), x, t)
    expect(report.verdict, report.toString()).toBe('fail')
    expect(blamed(report)).toEqual(names)
  })

  it('in a single entry, whose index is named with both values', () => {
    const report = checkNetwork(
      net(({ layers: { Affine2 } }) => ({
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
    expect(blamed(report)).toEqual(['W2'])
    const { worst } = report.entries[2]
    expect(worst?.index).toEqual([4, 1])
    expect(worst?.analytic).toBeCloseTo(-(worst?.numerical ?? 0), 8)
  })

  it('and so is a mean that was forgotten', () => {
    const lastLayer = new (class extends SoftmaxWithLoss {
      override backward(dout?: number): Tensor {
        return scale(super.backward(dout), 5)
      }
    })()
    expect(
      blamed(
        checkNetwork(
          net(() => ({ lastLayer })),
          x,
          t,
        ),
      ),
    ).toEqual(['W1', 'b1', 'W2', 'b2'])
  })
})
