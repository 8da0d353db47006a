import { AddLayer, MulLayer } from '@gosa/layers'
import { tensor } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyLayer, graphOf, inputNode, stepsOf, toSvg } from '../index.ts'
import type { FlowDirection } from '../layout/geometry.ts'
import { overlaps, rectanglesOf } from '../layout/overlaps.testing.ts'
import { type Scene, sceneOf } from '../layout/scene.ts'
import { randomGraph } from '../random-graph.testing.ts'

const bill = (label = 'apple') => {
  const apples = applyLayer(new MulLayer(), [inputNode('apple', 100, { label }), inputNode('count', 2)])
  return graphOf(applyLayer(new MulLayer(), [apples, inputNode('tax', 1.1)], { name: 'price' }))
}
const texts = (svg: string, kind: string) =>
  [...svg.matchAll(new RegExp(`<text class="g-${kind}"[^>]*>([^<]*)`, 'g'))].map(([, text]) => text)

describe('toSvg', () => {
  it('shows values, gradients and labels', () => {
    const svg = toSvg(bill())
    expect(texts(svg, 'value')).toEqual(['100', '2', '200', '1.1', '220'])
    expect(texts(svg, 'gradient')).toEqual(['2.2', '110', '1.1', '200', '1'])
    expect(texts(svg, 'label')).toEqual(['apple', 'count', '×', 'tax', '×', 'price'])
    expect(svg.match(/<circle/g)).toHaveLength(2)
  })

  it('shows values alone with show: forward, or if there are no gradients', () => {
    const ahead = toSvg(bill(), { show: 'forward' })
    expect(ahead).not.toContain('class="g-backward"')
    expect(texts(ahead, 'gradient')).toEqual([])
    expect(texts(toSvg(graphOf(inputNode('x', tensor([1, 2])))), 'legend')).toEqual([
      'value',
      'negative to positive',
    ])
  })

  it('has a title and a description of all steps for screen readers', () => {
    const svg = toSvg(bill())
    expect(svg).toContain('role="img"')
    expect(svg).toContain('<title>Computational graph of price</title>')
    expect(svg).toContain('<desc>× (×1) of apple 100 and count 2 gives 200.')
    expect(svg).toContain('Back from × (×1): apple 2.2 (1.1 × 2) and count 110 (1.1 × 100).</desc>')
    expect(toSvg(bill(), { title: '買い物', description: '<b>' })).toContain(
      '<title>買い物</title>\n<desc>&#60;b&#62;</desc>',
    )
  })

  it('shows the state after each step, with all nodes in their final positions', () => {
    const places = (svg: string) => [...svg.matchAll(/<(circle|rect) class="g-node[^>]*/g)].map(String)
    const graph = bill()
    const pictures = [...stepsOf(graph), 0].map((_, step) => toSvg(graph, { step }))
    expect(pictures.map((svg) => texts(svg, 'value').join(' '))).toEqual([
      '100 2 1.1',
      '100 2 200 1.1',
      ...new Array(4).fill('100 2 200 1.1 220'),
    ])
    expect(pictures.map((svg) => texts(svg, 'gradient').join(' '))).toEqual([
      '',
      '',
      '',
      '1',
      '1.1 200 1',
      '2.2 110 1.1 200 1',
    ])
    expect(new Set(pictures.map(places).map(String)).size).toBe(1)
    expect(pictures[4]).toContain('<g data-node="price" class="g-now">')
    expect(pictures[0]).not.toContain('class="g-now"')
    expect(() => toSvg(graph, { step: 6 })).toThrow(
      /step must be an integer from 0 to 5 for this graph, not 6/,
    )
  })

  it('is light, dark, or follows the preference of the reader', () => {
    expect(toSvg(bill(), { theme: 'light' })).not.toContain('prefers-color-scheme')
    expect(toSvg(bill(), { theme: 'dark' })).toContain('.gosa-graph-dark .g-back{fill:#12171f}')
    expect(toSvg(bill())).toContain(
      '@media (prefers-color-scheme:dark){.gosa-graph-auto .g-back{fill:#12171f}',
    )
    expect(toSvg(bill(), { background: false, legend: false })).not.toMatch(/class="g-(back|legend)"/)
    expect(toSvg(bill(), { style: false })).not.toContain('<style>')
  })

  it('throws for options that do not exist', () => {
    expect(() => toSvg(bill(), { theme: 'pink' as 'dark' })).toThrow(
      'toSvg: theme must be one of light, dark, auto, not "pink"',
    )
    expect(() => toSvg(bill(), { direction: 'up' as 'down' })).toThrow(/direction must be one of right, down/)
    expect(() => toSvg(bill(), { show: 'all' as 'both' })).toThrow(/show must be one of forward, both/)
    expect(() => toSvg(bill(), { colour: 'red' } as never)).toThrow(
      'toSvg: there is no option colour; options are',
    )
    expect(() => toSvg({} as never)).toThrow('toSvg: a graph of graphOf or fromJson is needed, not an object')
  })

  it('shows matrices as heat maps, in the given arrangement', () => {
    const x = inputNode('x', tensor([[0, 1, -1, Number.NaN]]))
    const svg = toSvg(graphOf(x), { legend: false })
    expect(svg).toContain('<path class="g-p5" d="M1 0h1v1h-1z"/>')
    expect(svg).toContain('<path class="g-n5" d="M2 0h1v1h-1z"/>')
    expect(svg).toContain('<path class="g-bad" d="M3 0h1v1h-1z"/>')
    expect(texts(svg, 'value')).toEqual(['(1, 4)'])
    expect(toSvg(graphOf(x), { arrange: { x: [2, 2] } })).toContain('<path class="g-n5" d="M0 1h1v1h-1z"/>')
  })

  it('flows down with direction: down, values to the left of the edges and gradients to the right', () => {
    const svg = toSvg(bill(), { direction: 'down', legend: false })
    const [width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg)?.slice(1).map(Number) ?? []
    expect(width).toBeLessThan(height)
    const x = (kind: string) => Number(new RegExp(`<text class="g-${kind}" x="([\\d.]+)"`).exec(svg)?.[1])
    expect(x('value')).toBeLessThan(x('gradient'))
  })

  it('is deterministic', () => {
    expect(toSvg(bill())).toBe(toSvg(bill()))
  })

  it('refers to no other resources', () => {
    expect(toSvg(bill()).replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|href|@import/)
  })

  it('escapes names, and replaces characters that XML does not allow', () => {
    const svg = toSvg(bill('</title><script>"&\u0000\ud800'))
    for (const never of ['<script', '\u0000', '\ud800']) expect(svg).not.toContain(never)
    expect(texts(svg, 'label')[0]).toBe('&#60;/title&#62;&#60;script&#62;&#34;&#38;��')
  })
})

describe('sceneOf', () => {
  const scene = (graph: ReturnType<typeof bill>, direction: FlowDirection = 'right'): Scene =>
    sceneOf(graph, { gradients: true, arrange: {}, direction })

  it('lets no text, node or horizontal stretch overlap another, in random graphs of up to 50 nodes', () => {
    fc.assert(
      fc.property(randomGraph(), fc.constantFrom('right', 'down'), (graph, direction) => {
        expect(graph.nodes.length).toBeLessThanOrEqual(51)
        expect(overlaps(scene(graph, direction))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('fails this test if an overlap is planted', () => {
    const good = scene(bill())
    const [first, ...rest] = good.edges
    const { text } = first.value
    const moved = { ...first, value: { text: { ...text, y: text.y + 26 } } }
    expect(overlaps({ ...good, edges: [moved, ...rest] })).toEqual(['value 100 and gradient 2.2'])
    expect(rectanglesOf(good)).toHaveLength(6 + 10)
  })

  it('lets nothing overlap if a value is used many times', () => {
    const x = inputNode('x', 1)
    const twice = (part: Parameters<typeof applyLayer>[1][number], depth: number): typeof part =>
      depth === 0 ? part : applyLayer(new AddLayer(), [twice(part, depth - 1), part])
    expect(overlaps(scene(graphOf(twice(x, 20))))).toEqual([])
  })
})
