import { MulLayer, Relu } from '@gosa/layers'
import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { applyLayer, graphOf, inputNode, toDot, toMermaid } from '../index.ts'

const bill = (label = 'apple') =>
  graphOf(
    applyLayer(new MulLayer(), [inputNode('apple', 100, { label }), inputNode('count', 2)], {
      name: 'price',
    }),
  )

describe('toMermaid', () => {
  it('draws short operations as circles, and values with gradients on the edges', () => {
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

  it('escapes characters that could end a label', () => {
    expect(toMermaid(bill('a"]; click <b>\nx'))).toContain('n0(["a#34;#93;#59; click #60;b#62; x"])')
    expect(toMermaid(bill('&amp; `x`'))).toContain('n0(["#38;amp#59; #96;x#96;"])')
    expect(toMermaid(bill(''))).toContain('n0([" "])')
  })

  it('draws layers as boxes, and values alone if there was no backward pass', () => {
    const text = toMermaid(graphOf([new Relu()], tensor([1, 2])))
    expect(text).toContain('n1["Relu"]')
    expect(text).toContain('-->|"(2)"|')
  })
})

it.each([toMermaid, toDot])('%o contains no control characters, which pictures cannot show', (draw) => {
  const text = draw(bill('a\0\u001b[2J\u0085\ud800b'))
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}]/u)
  expect(text).toMatch(/label="a\ufffd|\(\["a#65533;/)
})

describe('toDot', () => {
  it('draws operations as ellipses, and values with gradients on the edges', () => {
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

  it('escapes ampersands, since Graphviz reads character references in labels', () => {
    expect(toDot(bill('a &lt; b & c'))).toContain('[label="a &amp;lt; b &amp; c", shape=box')
  })

  it('escapes quotes and backslashes', () => {
    expect(toDot(bill('a"b\\n\nc'))).toContain('[label="a\\"b\\\\n c", shape=box')
  })
})
