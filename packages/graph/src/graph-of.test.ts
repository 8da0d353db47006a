import { AddLayer, Affine, MulLayer, Relu, Sequential, Tanh } from '@gosa/layers'
import { createRng, type NumberOrTensor, randomNormal, type Tensor, tensor } from '@gosa/linalg'
import { SoftmaxWithLoss } from '@gosa/losses'
import { MultiLayerNet, TwoLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { applyLayer, constantNode, type Expression, type Graph, graphOf, inputNode } from './index.ts'

const node = ({ nodes }: Graph, id: string) => {
  const found = nodes.find((one) => one.id === id)
  if (!found) throw new Error(`no node ${id} among ${nodes.map((one) => one.id)}`)
  return found
}
const arrow = ({ edges }: Graph, from: string, to: string) =>
  edges.find((edge) => edge.from === from && edge.to === to)

const apples = () =>
  applyLayer(new MulLayer(), [inputNode('apple', 100), inputNode('appleCount', 2, { label: 'count' })], {
    name: 'apples',
  })
const oranges = () =>
  applyLayer(new MulLayer(), [inputNode('orange', 150), inputNode('orangeCount', 3, { label: 'count' })], {
    name: 'oranges',
  })

describe('graphOf with an expression', () => {
  it('gives the shopping bill of section 5.1: two apples at 100, with tax 1.1, cost 220', () => {
    const bill = graphOf(applyLayer(new MulLayer(), [apples(), inputNode('tax', 1.1)], { name: 'price' }))
    expect(bill.nodes.map(({ id, kind, label }) => `${kind} ${id} ${label}`)).toEqual([
      'input apple apple',
      'input appleCount count',
      'operation apples ×',
      'input tax tax',
      'operation price ×',
      'output price.out price',
    ])
    expect(node(bill, 'price').value).toBeCloseTo(220, 10)
    expect(node(bill, 'apple').gradient).toBeCloseTo(2.2, 10)
    expect(node(bill, 'appleCount').gradient).toBeCloseTo(110, 10)
    expect(node(bill, 'tax').gradient).toBe(200)
    expect(arrow(bill, 'apples', 'price')).toEqual({
      from: 'apples',
      to: 'price',
      value: 200,
      gradient: 1.1,
      local: 1.1,
    })
  })

  it('gives the bill of section 5.3: with three oranges at 150 it is 715', () => {
    const fruit = applyLayer(new AddLayer(), [apples(), oranges()], { name: 'fruit' })
    const bill = graphOf(applyLayer(new MulLayer(), [fruit, inputNode('tax', 1.1)], { name: 'price' }))
    expect(node(bill, 'price').value).toBeCloseTo(715, 10)
    const gradients = { apple: 2.2, appleCount: 110, orange: 3.3, orangeCount: 165, tax: 650, fruit: 1.1 }
    for (const [id, gradient] of Object.entries(gradients)) {
      expect(node(bill, id).gradient, id).toBeCloseTo(gradient, 10)
    }
  })

  it('has upstream × local = downstream on every edge between numbers', () => {
    const fruit = applyLayer(new AddLayer(), [apples(), oranges()])
    const { nodes, edges } = graphOf(applyLayer(new MulLayer(), [fruit, inputNode('tax', 1.1)]), { dout: 3 })
    const known = edges.filter(({ local }) => local !== undefined)
    expect(known).toHaveLength(8)
    for (const { to, local, gradient } of known) {
      const upstream = nodes.find(({ id }) => id === to)?.gradient as number
      expect(upstream * (local as number)).toBeCloseTo(gradient as number, 10)
    }
  })

  it('sums the gradients of a value that is used several times: x·x + x', () => {
    const x = inputNode('x', 3)
    const square = applyLayer(new MulLayer(), [x, x])
    const graph = graphOf(applyLayer(new AddLayer(), [square, x]))
    expect(graph.nodes.filter(({ id }) => id === 'x')).toHaveLength(1)
    expect(graph.edges.filter(({ from }) => from === 'x').map(({ gradient }) => gradient)).toEqual([3, 3, 1])
    expect(node(graph, 'x').gradient).toBe(7)
  })

  it('takes tensors of any shape, with local derivatives if they have one element', () => {
    const w = inputNode('w', tensor([0.5]))
    const one = graphOf(
      applyLayer(new Tanh(), [applyLayer(new MulLayer<Tensor>(), [w, inputNode('x', tensor([2]))])]),
    )
    expect(arrow(one, 'x', '×1')?.local).toBe(0.5)
    expect(arrow(one, '×1', 'Tanh2')?.local).toBeCloseTo(1 - Math.tanh(1) ** 2, 12)
    const row = inputNode('row', tensor([[1, -2]]))
    const many = graphOf(applyLayer(new Relu(), [row]), { dout: tensor([[5, 7]]) })
    expect(many.edges[0].local).toBeUndefined()
    expect((many.edges[0].gradient as Tensor).toArray()).toEqual([[5, 0]])
  })

  it('has no backward pass if the result is larger than a number and no dout is given', () => {
    const graph = graphOf(applyLayer(new Relu(), [inputNode('x', tensor([1, 2]))]))
    expect(graph.nodes.every(({ gradient }) => gradient === undefined)).toBe(true)
    expect((node(graph, 'x').value as Tensor).toArray()).toEqual([1, 2])
  })

  it('does not differentiate constants, and records labels of any form as numbers', () => {
    const logits = inputNode('x', tensor([[1, 2, 4]]))
    const graph = graphOf(applyLayer(new SoftmaxWithLoss(), [logits, constantNode('t', Uint8Array.of(2))]))
    expect(node(graph, 't')).toMatchObject({ kind: 'constant', shape: [1], gradient: undefined })
    expect(arrow(graph, 't', 'SoftmaxWithLoss1')?.gradient).toBeUndefined()
    const soft = constantNode('t', tensor([[0, 0, 1]]))
    const again = graphOf(applyLayer(new SoftmaxWithLoss(), [logits, soft]))
    expect((node(again, 'x').gradient as Tensor).data).toEqual((node(graph, 'x').gradient as Tensor).data)
  })

  it('passes { train } to every forward if it is given', () => {
    const given: unknown[] = []
    const layer = {
      forward(x: number, options?: object) {
        given.push(options)
        return x
      },
      backward: (dout: number) => dout,
    }
    graphOf(applyLayer(layer, [inputNode('x', 1)]), { train: true })
    graphOf(applyLayer(layer, [inputNode('x', 1)]))
    expect(given).toEqual([{ train: true }, undefined])
  })

  it('runs expressions that are thousands of layers deep', () => {
    let x: Expression = inputNode('x', 1)
    for (let i = 0; i < 5000; i++)
      x = applyLayer({ forward: (y: number) => y + 1, backward: (d: number) => d }, [x])
    expect(graphOf(x).nodes.at(-1)?.value).toBe(5001)
  })

  it('gives a single edge for a single variable', () => {
    const graph = graphOf(inputNode('x', 4))
    expect(graph.edges).toEqual([{ from: 'x', to: 'x.out', value: 4, gradient: 1 }])
  })
})

describe('graphOf with a network', () => {
  const x = randomNormal([3, 6], { rng: createRng(4) })
  const t = Uint8Array.of(1, 0, 3)
  const network = () =>
    new TwoLayerNet({ inputSize: 6, hiddenSize: 5, outputSize: 4, weightInitStd: 0.5, dtype: 'float64' })

  it('runs the layers of TwoLayerNet themselves, so that values and gradients are equal to the bit', () => {
    const net = network()
    const graph = graphOf(net, x, t)
    expect(graph.nodes.filter(({ kind }) => kind === 'operation').map(({ label }) => label)).toEqual([
      'Affine1',
      'Relu1',
      'Affine2',
      'SoftmaxWithLoss',
    ])
    expect(node(graph, 'SoftmaxWithLoss.out')).toMatchObject({
      label: 'L',
      value: net.loss(x, t),
      gradient: 1,
    })
    const { W1, b1, W2, b2 } = net.gradient(x, t)
    const weights = { 'Affine1.W': W1, 'Affine1.b': b1, 'Affine2.W': W2, 'Affine2.b': b2 }
    for (const [id, gradient] of Object.entries(weights)) {
      expect(node(graph, id).kind).toBe('parameter')
      expect((node(graph, id).gradient as Tensor).data, id).toEqual(gradient.data)
    }
    expect((node(graph, 'Affine1.W').value as Tensor).data).toEqual(net.params.W1.data)
    expect(node(graph, 'x').shape).toEqual([3, 6])
  })

  it('records copies: later writes of the layers, the network or the caller do not change them', () => {
    const net = network()
    const own = x.clone()
    const graph = graphOf(net, own, t)
    const flows = [...graph.nodes, ...graph.edges].flatMap(({ value, gradient }) => [
      value,
      gradient as NumberOrTensor,
    ])
    const before = structuredClone(flows.map((value) => (typeof value === 'object' ? value.data : value)))
    net.gradient(randomNormal([3, 6], { rng: createRng(5) }), t)
    own.data.fill(9)
    for (const { value, grad } of net.parameters()) for (const { data } of [value, grad]) data.fill(7)
    expect(flows.map((value) => (typeof value === 'object' ? value.data : value))).toEqual(before)
  })

  it('takes layers in an array or a Sequential, and numbers those with the same name', () => {
    const rng = createRng(2)
    const options = { rng, dtype: 'float64' } as const
    const row = [Affine.init(6, 5, options), new Relu(), Affine.init(5, 4, options), new SoftmaxWithLoss()]
    const graph = graphOf(row, x, t)
    expect(graph.nodes.filter(({ kind }) => kind === 'operation').map(({ id }) => id)).toEqual([
      'Affine1',
      'Relu',
      'Affine2',
      'SoftmaxWithLoss',
    ])
    const inner = new Sequential([new Sequential(row.slice(0, 2) as Relu[]), row[2] as Affine])
    const outer = graphOf(inner, x)
    expect(outer.nodes.map(({ id }) => id)).toContain('Affine2.W')
    expect((node(outer, 'Affine2').value as Tensor).data).toEqual(
      (node(graph, 'Affine2').value as Tensor).data,
    )
  })
})

describe('graphOf with MultiLayerNet', () => {
  it('has its layers in order, and its gradients', () => {
    const net = new MultiLayerNet({
      inputSize: 6,
      hiddenSizes: [5, 4],
      outputSize: 3,
      activation: 'tanh',
      dtype: 'float64',
    })
    const x = randomNormal([2, 6], { rng: createRng(1) })
    const graph = graphOf(net, x, Uint8Array.of(2, 0))
    expect(graph.nodes.filter(({ kind }) => kind === 'operation').map(({ label }) => label)).toEqual([
      ...['Affine1', 'Tanh1', 'Affine2', 'Tanh2', 'Affine3'],
      'SoftmaxWithLoss',
    ])
    const { W2 } = net.gradient(x, Uint8Array.of(2, 0))
    expect((node(graph, 'Affine2.W').gradient as Tensor).data).toEqual(W2.data)
  })
})

describe('graphOf and applyLayer report', () => {
  const x = inputNode('x', 2)
  it.each<[string, () => unknown, RegExp]>([
    [
      'a layer without forward and backward',
      () => applyLayer({} as MulLayer, [x]),
      /applyLayer: a layer has forward and backward, but an object does not/,
    ],
    [
      'an input that is not an expression',
      () => applyLayer(new MulLayer(), [x, 2 as never]),
      /applyLayer: inputs are expressions, from inputNode, constantNode or applyLayer, but input 2 of × is 2/,
    ],
    [
      'a layer that is applied twice',
      () => {
        const layer = new MulLayer()
        return graphOf(applyLayer(layer, [applyLayer(layer, [x, x]), x]))
      },
      /the same layer \(×\) is applied twice; make a second one/,
    ],
    [
      'two variables with the same name',
      () => graphOf(applyLayer(new AddLayer(), [x, inputNode('x', 3)])),
      /two parts have the name 'x'/,
    ],
    [
      'too few gradients',
      () =>
        graphOf(applyLayer({ forward: (a: number, b: number) => a * b, backward: (d: number) => d }, [x, x])),
      /backward of f must return .* for each input.* but returned undefined for input 2/,
    ],
    [
      'a gradient of the wrong shape',
      () => graphOf(applyLayer({ forward: () => 1, backward: () => tensor([1, 2]) }, [x])),
      /backward of f returned a gradient of shape \(2\) for an input of shape \(\)/,
    ],
    [
      'a layer that returns neither a number nor a tensor',
      () => graphOf(applyLayer({ forward: () => '4' as never, backward: () => 1 }, [x])),
      /f must be a number or a Tensor, not "4"/,
    ],
    [
      'a constant that is not numeric',
      () => graphOf(constantNode('t', 'seven')),
      /t must be a number or a Tensor, or a typed array/,
    ],
    [
      'a network without x',
      () => graphOf([new Relu()], undefined as never),
      /a network needs x, a number or a tensor, not undefined/,
    ],
    ['an argument of another kind', () => graphOf(7 as never), /must be an expression .* not 7/],
    ['layers that do not fit each other', () => graphOf([new MulLayer()], 3), /MulLayer/],
  ])('%s', (_, act, message) => expect(act).toThrow(message))
})
