import { createRng, matmul, randomNormal, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { Affine, type ForwardOptions, type Layer, Relu, Sequential, Sigmoid, Tanh } from './index.ts'

const rng = createRng(1)
const affine = (D: number, M: number) => new Affine(randomNormal([D, M], { rng }), randomNormal([M], { rng }))

describe('Sequential', () => {
  it('is the composition of its layers, and backwards the same chain from the end', () => {
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

  it('of two Affine layers without bias is one, with the product of their matrices', () => {
    const [A, B] = [tensor([[1, 2]]), tensor([[3], [4]])]
    const row = new Sequential([new Affine(A, tensor([0, 0])), new Affine(B, tensor([0]))])
    expect(row.forward(tensor([[5]])).toArray()).toEqual([[5 * 11]])
    expect(matmul(A, B).toArray()).toEqual([[11]])
  })

  it('names parameters by position, in a row within a row too, and hands out the tensors themselves', () => {
    const [first, inner] = [affine(3, 4), affine(4, 2)]
    const row = new Sequential([first, new Relu(), new Sequential([new Tanh(), inner])])
    expect(row.parameters().map(({ name }) => name)).toEqual(['0.W', '0.b', '2.1.W', '2.1.b'])
    expect(row.parameters()[0].value).toBe(first.W)
    expect(row.parameters()[2].value).toBe(inner.W)
  })

  it('passes the options on: whether it is for training to all, whether dx is wanted to the first', () => {
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

  it('leaves out dx where nobody asks for it, with the same gradients', () => {
    const row = new Sequential([affine(3, 4), new Relu(), affine(4, 2)])
    const [x, dout] = [randomNormal([5, 3], { rng }), randomNormal([5, 2], { rng })]
    row.forward(x)
    const grads = () => row.parameters().map(({ grad }) => grad.toArray())
    expect(row.backward(dout, { inputGradient: false })).toBeUndefined()
    const without = grads()
    expect(row.backward(dout).shape).toEqual([5, 3])
    expect(grads()).toEqual(without)
  })

  it('of no layers passes everything through', () => {
    const row = new Sequential([])
    const x = tensor([1, 2])
    expect(row.forward(x)).toBe(x)
    expect(row.backward(x)).toBe(x)
    expect(row.parameters()).toEqual([])
  })

  it('is not changed by what happens to the list that it was made from', () => {
    const list = [new Relu(), new Tanh()]
    const row = new Sequential(list)
    list.pop()
    expect(row.layers.length).toBe(2)
  })

  it('lets the layer speak that is asked too early, or that x does not fit', () => {
    const row = new Sequential([affine(3, 4), new Relu()])
    expect(() => row.backward(tensor([[1]]))).toThrow('Relu: backward called before forward')
    expect(() => row.forward(tensor([[1]]))).toThrow(/Affine: x has shape \(1, 1\), but W \(3, 4\)/)
  })
})
