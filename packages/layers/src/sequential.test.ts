import { allClose, createRng, matmul, randomNormal, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import {
  Affine,
  Dropout,
  type ForwardOptions,
  type Layer,
  outputShapes,
  Relu,
  Sequential,
  Sigmoid,
  Tanh,
} from './index.ts'

const rng = createRng(1)
const affine = (D: number, M: number) => new Affine(randomNormal([D, M], { rng }), randomNormal([M], { rng }))

describe('Sequential', () => {
  it('composes the forward passes of its layers, and their backward passes in reverse', () => {
    const layers = [affine(3, 4), new Tanh(), affine(4, 2), new Sigmoid()]
    const [x, dout] = [randomNormal([5, 3], { rng }), randomNormal([5, 2], { rng })]
    const y = layers.reduce((value: Tensor, layer) => layer.forward(value), x)
    const dx = layers.reduceRight((value: Tensor, layer) => layer.backward(value), dout)
    const grads = layers.flatMap((layer) => layer.parameters().map(({ grad }) => grad.toArray()))
    const row = new Sequential(layers)
    expect(row.forward(x).toArray()).toEqual(y.toArray())
    expect(row.backward(dout).toArray()).toEqual(dx.toArray())
    expect(row.parameters().map(({ grad }) => grad.toArray())).toEqual(grads)
  })

  it('of two Affine layers without bias equals one with the product of their matrices', () => {
    const [A, B] = [tensor([[1, 2]]), tensor([[3], [4]])]
    const row = new Sequential([new Affine(A, tensor([0, 0])), new Affine(B, tensor([0]))])
    expect(row.forward(tensor([[5]])).toArray()).toEqual([[5 * 11]])
    expect(matmul(A, B).toArray()).toEqual([[11]])
  })

  it('names parameters by position, nested ones too, and returns the tensors themselves', () => {
    const [first, inner] = [affine(3, 4), affine(4, 2)]
    const row = new Sequential([first, new Relu(), new Sequential([new Tanh(), inner])])
    expect(row.parameters().map(({ name }) => name)).toEqual(['0.W', '0.b', '2.1.W', '2.1.b'])
    expect(row.parameters()[0].value).toBe(first.W)
    expect(row.parameters()[2].value).toBe(inner.W)
  })

  it('passes { train } to all layers, and { inputGradient } to the first', () => {
    const seen: string[] = []
    const spy = (name: string): Layer => ({
      forward(x: Tensor, options?: ForwardOptions) {
        seen.push(`${name} ${options?.train}`)
        return x
      },
      backward(dout: Tensor, options?: { inputGradient?: boolean }) {
        seen.push(`${name} ${options?.inputGradient}`)
        return dout
      },
      parameters: () => [],
    })
    const row = new Sequential([spy('a'), spy('b')])
    row.forward(tensor([1]), { train: true })
    row.backward(tensor([1]), { inputGradient: false })
    expect(seen).toEqual(['a true', 'b true', 'b undefined', 'a false'])
  })

  it('skips dx with inputGradient: false, with the same gradients', () => {
    const row = new Sequential([affine(3, 4), new Relu(), affine(4, 2)])
    const [x, dout] = [randomNormal([5, 3], { rng }), randomNormal([5, 2], { rng })]
    row.forward(x)
    const grads = () => row.parameters().map(({ grad }) => grad.toArray())
    expect(row.backward(dout, { inputGradient: false })).toBeUndefined()
    const without = grads()
    expect(row.backward(dout).shape).toEqual([5, 3])
    expect(grads()).toEqual(without)
  })

  it('without layers returns x and dout themselves', () => {
    const row = new Sequential([])
    const x = tensor([1, 2])
    expect(row.forward(x)).toBe(x)
    expect(row.backward(x)).toBe(x)
    expect(row.parameters()).toEqual([])
  })

  it('throws at construction for layers that do not fit each other, naming the layer and both shapes', () => {
    expect(() => new Sequential([affine(784, 50), new Relu(), affine(40, 10)])).toThrow(
      'Sequential: layer 2 cannot follow layer 1: Affine: one sample has shape (50), but W (40, 10) takes (40), ' +
        'or another shape of 40 elements',
    )
    const inner = new Sequential([affine(4, 3), new Tanh()])
    expect(() => new Sequential([affine(3, 4), new Sequential([new Relu(), inner]), affine(2, 2)])).toThrow(
      /layer 2 cannot follow layer 1: .*\(3\).*\(2, 2\)/,
    )
  })

  it('has inputShape and outputShape as far as its layers tell them', () => {
    const row = new Sequential([affine(3, 4), new Relu(), affine(4, 2)])
    expect([row.inputShape, row.outputShape([3])]).toEqual([[3], [2]])
    expect(() => row.outputShape([5])).toThrow(
      /Sequential: layer 0 does not take the input: .*\(5\).*\(3, 4\)/,
    )
    const unknown: Layer = { forward: (x) => x, backward: (dout: Tensor) => dout, parameters: () => [] }
    expect(new Sequential([affine(3, 4), unknown]).outputShape([3])).toBeUndefined()
    expect(outputShapes([affine(3, 4), unknown, affine(9, 2)], undefined, 'net')).toEqual([
      [4],
      undefined,
      [2],
    ])
    expect(new Sequential([]).outputShape([7])).toEqual([7])
  })

  it('names the buffers of its layers by position', () => {
    const value = tensor([1])
    const withBuffer = Object.assign(new Relu(), { buffers: () => [{ name: 'mean', value }] })
    const row = new Sequential([new Tanh(), new Sequential([withBuffer])])
    expect(row.buffers()).toEqual([{ name: '1.0.mean', value }])
    expect(row.buffers()[0].value).toBe(value)
  })

  it('returns from astype a copy of all its layers, or throws if one has no astype', () => {
    const row = new Sequential([affine(3, 4), new Relu(), new Sequential([affine(4, 2)])])
    const copy = row.astype('float32')
    expect(copy.parameters().map(({ name, value }) => [name, value.dtype])).toEqual(
      row.parameters().map(({ name }) => [name, 'float32']),
    )
    const x = randomNormal([2, 3], { rng })
    expect(allClose(copy.forward(x.astype('float32')), row.forward(x), { rtol: 1e-4 })).toBe(true)
    const unknown: Layer = { forward: (x) => x, backward: (dout: Tensor) => dout, parameters: () => [] }
    expect(() => new Sequential([new Relu(), unknown]).astype('float32')).toThrow(
      'Sequential: layer 1 cannot be converted to float32: it has no astype(dtype)',
    )
  })

  it('copies the list of layers', () => {
    const list = [new Relu(), new Tanh()]
    const row = new Sequential(list)
    list.pop()
    expect(row.layers.length).toBe(2)
  })

  it('passes on the errors of its layers', () => {
    const row = new Sequential([affine(3, 4), new Relu()])
    expect(() => row.backward(tensor([[1]]))).toThrow('Relu: backward called before forward')
    expect(() => row.forward(tensor([[1]]))).toThrow(/Affine: x has shape \(1, 1\), but W \(3, 4\)/)
  })

  it('has the random states of its layers, in order, which can be saved as JSON and assigned', () => {
    const make = () =>
      new Sequential([
        affine(3, 9),
        new Dropout({ rng: createRng(1) }),
        new Sequential([new Relu(), new Dropout({ rng: createRng(2) })]),
      ])
    const row = make()
    const x = randomNormal([2, 3], { rng })
    row.forward(x, { train: true })
    const saved = JSON.parse(JSON.stringify(row.randomState))
    const next = row.forward(x, { train: true }).clone()
    row.randomState = saved
    expect(row.forward(x, { train: true })).toEqual(next)
    expect(new Sequential([affine(3, 4)]).randomState).toBeUndefined()
    expect(() => {
      row.randomState = []
    }).toThrow('assignRandomStates: states must be an array with the state of each of the 3 layers')
  })
})
