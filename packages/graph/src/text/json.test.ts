import { AddLayer, MulLayer } from '@gosa/layers'
import { type NumberOrTensor, Tensor, tensor } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyLayer, fromJson, type Graph, graphOf, inputNode, toJson } from '../index.ts'
import { randomGraph } from '../random-graph.testing.ts'

const bill = (label = 'apple') =>
  graphOf(
    applyLayer(new MulLayer(), [inputNode('apple', 100, { label }), inputNode('count', 2)], {
      name: 'price',
    }),
  )

/** A graph with tensors replaced by shape, dtype and elements, which can be compared. */
const bits = ({ nodes, edges }: Graph) => {
  const open = (value?: NumberOrTensor) =>
    value instanceof Tensor ? [value.shape, value.dtype, value.data] : value
  return [...nodes, ...edges].map((part) => ({
    ...part,
    value: open(part.value),
    gradient: open(part.gradient),
  }))
}

describe('toJson and fromJson', () => {
  it('restore any graph to the bit', () => {
    fc.assert(
      fc.property(randomGraph(20), (graph) => {
        expect(bits(fromJson(toJson(graph)))).toEqual(bits(graph))
      }),
      { numRuns: 50 },
    )
    const odd = tensor([[Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-310]])
    const graph = graphOf(applyLayer(new AddLayer<Tensor>(), [inputNode('x', odd), inputNode('y', odd)]), {
      dout: odd,
    })
    expect(bits(fromJson(toJson(graph, 2)))).toEqual(bits(graph))
    const narrow = graphOf(inputNode('x', odd.astype('float32')))
    expect(bits(fromJson(toJson(narrow)))).toEqual(bits(narrow))
    expect(bits(fromJson(toJson(narrow)))).not.toEqual(bits(graphOf(inputNode('x', odd))))
  })

  type Document = { version: number; nodes: Record<string, unknown>[]; edges: Record<string, unknown>[] }
  it.each<[string, (document: Document) => unknown, RegExp]>([
    ['of another version', (d) => (d.version = 2), /version 1/],
    ['with a node of an unknown kind', (d) => (d.nodes[1].kind = 'guess'), /nodes\[1\]\.kind must be one of/],
    ['with a node without an id', (d) => (d.nodes[1].id = 5), /nodes\[1\] has no id/],
    ['with two nodes of the same id', (d) => (d.nodes[1].id = 'apple'), /two nodes have the same id/],
    [
      'with an edge to an unknown node',
      (d) => (d.edges[0].to = 'pear'),
      /edges\[0\] leads to an unknown node: pear/,
    ],
    [
      'with a string in place of a number',
      (d) => (d.nodes[0].value = 'one'),
      /nodes\[0\]\.value is not a number: "one"/,
    ],
    [
      'with a local derivative that is null',
      (d) => (d.edges[0].local = null),
      /edges\[0\]\.local is not a number: null/,
    ],
    [
      'with a tensor without dtype',
      (d) => (d.nodes[0].value = { shape: [1], data: [1] }),
      /dtype must be float32 or float64/,
    ],
    [
      'with a tensor without data',
      (d) => (d.nodes[0].value = { shape: [1] }),
      /nodes\[0\]\.value\.data is not an array/,
    ],
    ['without an array of nodes', (d) => (d.nodes = {} as never), /nodes is not an array/],
    ['with null in place of a node', (d) => (d.nodes[0] = null as never), /nodes\[0\] is not an object/],
  ])('throw for a document %s', (_, plant, message) => {
    const document = JSON.parse(toJson(bill())) as Document
    expect(bits(fromJson(JSON.stringify(document)))).toEqual(bits(bill()))
    plant(document)
    expect(() => fromJson(JSON.stringify(document))).toThrow(message)
  })

  it('throw for text that is not JSON, and for other documents', () => {
    expect(() => fromJson('{')).toThrow(SyntaxError)
    expect(() => fromJson('[]')).toThrow('the document is not an object')
    expect(() => fromJson('{}')).toThrow("format must be 'gosa-graph'")
  })
})
