import { createRng, ones, randomNormal, sum, tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { Affine, Dropout, Sequential } from './index.ts'

const TRAIN = { train: true }
const make = (ratio?: number) => new Dropout({ ratio, rng: createRng(7) })

describe('Dropout', () => {
  it('drops elements in training, and enlarges the others so that the expected value stays the same', () => {
    const y = make(0.25).forward(ones([100, 100]), TRAIN)
    expect(new Set(y.data)).toEqual(new Set([0, 1 / 0.75]))
    expect(sum(y) / y.size).toBeCloseTo(1, 1)
  })

  it('does nothing in prediction, which is the default (the book’s scales there)', () => {
    const x = randomNormal([3, 4], { rng: createRng(0) })
    const layer = make()
    expect(layer.forward(x).data).toEqual(x.data)
    expect(layer.forward(x, { train: false }).data).toEqual(x.data)
    expect(layer.backward(x).data).toEqual(x.data)
  })

  it('sends the gradient where the output went, with the same factor', () => {
    const layer = make(0.5)
    const mask = layer.forward(ones([20]), TRAIN).clone()
    expect(layer.backward(ones([20])).data).toEqual(mask.data)
  })

  it('uses no mask in backward after a prediction (the book’s takes that of an earlier batch)', () => {
    const layer = make(0.5)
    layer.forward(ones([20]), TRAIN)
    layer.forward(ones([20]))
    expect(layer.backward(ones([20])).data).toEqual(ones([20]).data)
  })

  it('draws a new mask in each training pass, and none in prediction', () => {
    const [layer, other] = [make(), make()]
    const x = ones([50])
    const first = layer.forward(x, TRAIN).clone()
    layer.forward(x)
    const second = layer.forward(x, TRAIN).clone()
    expect(second.data).not.toEqual(first.data)
    expect([other.forward(x, TRAIN).clone(), other.forward(x, TRAIN)]).toEqual([first, second])
  })

  it('continues to the bit from a saved state, whatever else draws from its generator', () => {
    const rng = createRng(3)
    const layer = new Dropout({ rng })
    const x = ones([4, 5])
    layer.forward(x, TRAIN)
    const saved = JSON.parse(JSON.stringify(layer.randomState))
    const next = layer.forward(x, TRAIN).clone()
    rng.uniform()
    layer.randomState = saved
    expect(layer.forward(x, TRAIN)).toEqual(next)
  })

  it('takes other shapes and dtypes in between, and leaves earlier results as they were', () => {
    const layer = make()
    const [a, b] = [ones([2, 6]), ones([3, 4])]
    const first = layer.forward(a, TRAIN)
    const copy = first.clone()
    expect(layer.forward(b, TRAIN).shape).toEqual([3, 4])
    expect(layer.backward(b).shape).toEqual([3, 4])
    expect(layer.forward(ones([3], { dtype: 'float32' }), TRAIN).dtype).toBe('float32')
    expect(first).toEqual(copy)
  })

  it('with ratio 0 changes nothing; ratio 1 or more, or no generator, is an error', () => {
    expect(make(0).forward(ones([9]), TRAIN).data).toEqual(ones([9]).data)
    for (const ratio of [1, -0.1, NaN]) {
      expect(() => make(ratio)).toThrow(`Dropout: ratio must be at least 0 and less than 1, not ${ratio}`)
    }
    expect(() => new Dropout({} as never)).toThrow('Dropout: the option rng is missing')
    expect(() => new Dropout({ rng: 3 as never })).toThrow(/rng must be a generator/)
    expect(() => new Dropout({ rng: createRng(0), rate: 0.5 } as never)).toThrow(/no option rate/)
  })

  it('gets train from Sequential, and keeps ratio and state in astype', () => {
    const layer = make(0.3)
    const row = new Sequential([new Affine(ones([1, 40]), zeros([40])), layer])
    expect(row.forward(ones([1, 1]), TRAIN).data.includes(0)).toBe(true)
    const copy = layer.astype('float32')
    expect([copy.ratio, copy.randomState]).toEqual([0.3, layer.randomState])
    expect(layer.outputShape([3, 4])).toEqual([3, 4])
    expect(layer.parameters()).toEqual([])
  })

  it('throws for backward before forward, and for a dout of another shape or dtype', () => {
    const layer = make()
    expect(() => layer.backward(tensor([1]))).toThrow('Dropout: backward called before forward')
    layer.forward(ones([2]), TRAIN)
    expect(() => layer.backward(ones([3]))).toThrow(/dout has shape \(3\)/)
    expect(() => layer.backward(ones([2], { dtype: 'float32' }))).toThrow(/astype/)
  })
})
