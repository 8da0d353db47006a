import { full, ones } from '@gosa/linalg'
import { MultiLayerNet, SimpleConvNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { findNotFinite } from './find-not-finite.ts'

const network = () =>
  new MultiLayerNet({ inputSize: 3, hiddenSizes: [4, 4], outputSize: 2, dtype: 'float32' })
const x = ones([5, 3], { dtype: 'float32' })

describe('findNotFinite', () => {
  it('returns undefined for a network of finite weights and outputs', () => {
    expect(findNotFinite(network(), x)).toBeUndefined()
    expect(findNotFinite(network(), undefined)).toBeUndefined()
  })

  it.each(['W1', 'b2', 'W3'])('names the weight that holds NaN, and its layer: %s', (name) => {
    const net = network()
    net.params[name].data[1] = Number.NaN
    expect(findNotFinite(net, x)).toBe(`in ${name} of layer Affine${name[1]}`)
    expect(findNotFinite({ parameters: () => net.parameters() }, x)).toBe(`in ${name}`)
  })

  it('gives flat samples to a ConvNet as images', () => {
    const net = new SimpleConvNet({ inputShape: [1, 6, 6], convolution: { filters: 2, kernel: 3 } })
    expect(findNotFinite(net, ones([2, 36], { dtype: 'float32' }))).toBeUndefined()
    net.params.W2.data.fill(3e38)
    net.params.W1.data.fill(1)
    expect(findNotFinite(net, ones([2, 36], { dtype: 'float32' }))).toBe(
      'first in the output of layer Affine1',
    )
  })

  it('names the first layer whose output overflows although its weights are finite', () => {
    const net = network()
    net.params.W1 = full([3, 4], 1, { dtype: 'float32' })
    net.params.W2 = full([4, 4], 3e38, { dtype: 'float32' })
    expect(findNotFinite(net, x)).toBe('first in the output of layer Affine2')
  })
})
