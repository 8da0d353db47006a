import { AddLayer, MulLayer, Relu } from '@gosa/layers'
import { Tensor, tensor } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  apply,
  fromJson,
  type Graph,
  graphOf,
  input,
  showNumber,
  toDot,
  toJson,
  toMermaid,
  type Value,
} from '../index.ts'
import { randomGraph } from '../random-graph.testing.ts'

const bill = (label = 'apple') =>
  graphOf(apply(new MulLayer(), [input('apple', 100, { label }), input('count', 2)], { name: 'price' }))

describe('a graph as Mermaid', () => {
  it('has circles for operations, and values with gradients at the arrows', () => {
    expect(toMermaid(bill())).toBe(
      [
        'flowchart LR',
        '  n0(["apple"])',
        '  n1(["count"])',
        '  n2(("#215;"))',
        '  n3(["price"])',
        '  n0 -->|"100<br>#8706; 2"| n2',
        '  n1 -->|"2<br>#8706; 100"| n2',
        '  n2 -->|"200<br>#8706; 1"| n3',
        '',
      ].join('\n'),
    )
  })

  it('writes whatever could end a label by its number', () => {
    expect(toMermaid(bill('a"]; click <b>\nx'))).toContain('n0(["a#34;#93;#59; click #60;b#62; x"])')
    expect(toMermaid(bill(''))).toContain('n0([" "])')
  })

  it('has boxes for layers, and values alone where nothing was differentiated', () => {
    const text = toMermaid(graphOf([new Relu()], tensor([1, 2])))
    expect(text).toContain('n1["Relu"]')
    expect(text).toContain('-->|"(2)"|')
  })
})

describe('a graph as DOT', () => {
  it('has ellipses for operations, and values with gradients at the arrows', () => {
    expect(toDot(bill())).toBe(
      [
        'digraph {',
        '  rankdir=LR',
        '  n0 [label="apple", shape=box, style=rounded]',
        '  n1 [label="count", shape=box, style=rounded]',
        '  n2 [label="×", shape=ellipse]',
        '  n3 [label="price", shape=box, style=rounded]',
        '  n0 -> n2 [label="100\\n∂ 2"]',
        '  n1 -> n2 [label="2\\n∂ 100"]',
        '  n2 -> n3 [label="200\\n∂ 1"]',
        '}',
        '',
      ].join('\n'),
    )
  })

  it('keeps quotes and backslashes within labels', () => {
    expect(toDot(bill('a"b\\n\nc'))).toContain('[label="a\\"b\\\\n c", shape=box')
  })
})

/** Everything in a graph, tensors by their elements, which are private to them. */
const bits = ({ nodes, edges }: Graph) => {
  const open = (value?: Value) => (value instanceof Tensor ? [value.shape, value.dtype, value.data] : value)
  return [...nodes, ...edges].map((part) => ({
    ...part,
    value: open(part.value),
    gradient: open(part.gradient),
  }))
}

describe('a graph as JSON', () => {
  it('comes back to the bit, whatever is in it', () => {
    fc.assert(
      fc.property(randomGraph(20), (graph) => {
        expect(bits(fromJson(toJson(graph)))).toEqual(bits(graph))
      }),
      { numRuns: 50 },
    )
    const odd = tensor([[Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-310]])
    const graph = graphOf(apply(new AddLayer<Tensor>(), [input('x', odd), input('y', odd)]), { dout: odd })
    expect(bits(fromJson(toJson(graph, 2)))).toEqual(bits(graph))
    const narrow = graphOf(input('x', odd.astype('float32')))
    expect(bits(fromJson(toJson(narrow)))).toEqual(bits(narrow))
    expect(bits(fromJson(toJson(narrow)))).not.toEqual(bits(graphOf(input('x', odd))))
  })

  type Document = { version: number; nodes: Record<string, unknown>[]; edges: Record<string, unknown>[] }
  it.each<[string, (document: Document) => unknown, RegExp]>([
    ['of another version', (d) => (d.version = 2), /version 1/],
    ['with a node of no kind', (d) => (d.nodes[1].kind = 'guess'), /nodes\[1\]\.kind is none of/],
    ['with a node without a name', (d) => (d.nodes[1].id = 5), /nodes\[1\] has no id/],
    ['with two nodes of one name', (d) => (d.nodes[1].id = 'apple'), /two nodes have one id/],
    ['with an arrow to nowhere', (d) => (d.edges[0].to = 'pear'), /edges\[0\] leads to no node: pear/],
    ['with a word for a number', (d) => (d.nodes[0].value = 'one'), /nodes\[0\]\.value holds "one"/],
    ['with a number of another form', (d) => (d.edges[0].local = null), /edges\[0\]\.local holds null/],
    ['with a tensor of no dtype', (d) => (d.nodes[0].value = { shape: [1], data: [1] }), /dtype is neither/],
    ['with no data', (d) => (d.nodes[0].value = { shape: [1] }), /nodes\[0\]\.value\.data is no array/],
    ['with no nodes', (d) => (d.nodes = {} as never), /nodes is no array/],
    ['with nothing for a node', (d) => (d.nodes[0] = null as never), /nodes\[0\] is no object/],
  ])('is refused %s', (_, plant, message) => {
    const document = JSON.parse(toJson(bill())) as Document
    expect(bits(fromJson(JSON.stringify(document)))).toEqual(bits(bill()))
    plant(document)
    expect(() => fromJson(JSON.stringify(document))).toThrow(message)
  })

  it('is refused where it is no JSON, or another document', () => {
    expect(() => fromJson('{')).toThrow(SyntaxError)
    expect(() => fromJson('[]')).toThrow('the document is no object')
    expect(() => fromJson('{}')).toThrow("format is to be 'gosa-graph'")
  })
})

describe('numbers are shown', () => {
  it.each([
    [220.00000000000003, '220'],
    [1.1, '1.1'],
    [-2.5, '−2.5'],
    [-0, '0'],
    [1 / 3, '0.333333'],
    [123456.7, '123457'],
    [1234567.8, '1234568'],
    [0.00001234, '1.23e−5'],
    [5e12, '5.00e+12'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('%d as %s', (x, text) => expect(showNumber(x)).toBe(text))
})
