import { asNumber, type Graph, graphOf, stepsOf } from '@gosa/graph'
import { describe, expect, it } from 'vitest'
import { EXAMPLE_IDS, examples } from './examples.ts'
import { computation, layerFormulas, products, summands } from './formulas.ts'
import { graphFor, stateFrom } from './state.ts'

const graphOfExample = (example: string) => graphFor(stateFrom({ example }), (name) => name)
const numberAt = ({ nodes }: Graph, id: string, what: 'value' | 'gradient') =>
  asNumber(nodes.find((node) => node.id === id)?.[what])

describe('examples', () => {
  it.each([
    ['apples', 'price', 220, { apple: 2.2, count: 110, tax: 200 }],
    ['fruit', 'price', 715, { apple: 2.2, count: 110, orange: 3.3, oranges: 165, tax: 650 }],
    ['twice', 'z', 15, { x: 8, y: 3 }],
    ['sigmoid', 'y', 0.7310585786, { x: 0.1966119332 }],
    ['neuron', 'y', 0.6224593312, { w: 0.4700074244, x: 0.1175018561, b: 0.2350037122 }],
  ])('%s has the right value and gradients: %s = %d', (example, result, value, gradients) => {
    const graph = graphOfExample(example)
    expect(numberAt(graph, result, 'value')).toBeCloseTo(value, 9)
    for (const [id, gradient] of Object.entries(gradients)) {
      expect(numberAt(graph, id, 'gradient'), id).toBeCloseTo(gradient, 9)
    }
  })

  it('has gradients that agree with central differences', () => {
    for (const { id, variables, build } of examples) {
      const values = variables.map(({ value }) => value)
      const at = (changed: number[]) => {
        const { nodes } = graphOf(build(changed, (name) => name))
        return asNumber(nodes[nodes.length - 1].value) as number
      }
      const graph = graphOf(build(values, (name) => name))
      for (const [i, { name }] of variables.entries()) {
        const h = 1e-6
        const [up, down] = [h, -h].map((step) => at(values.map((x, j) => (j === i ? x + step : x))))
        expect(numberAt(graph, name, 'gradient'), `${id} ${name}`).toBeCloseTo((up - down) / (2 * h), 5)
      }
    }
  })

  it('has formulas for each step, with upstream × local = downstream', () => {
    for (const id of EXAMPLE_IDS) {
      const graph = graphOfExample(id)
      for (const step of stepsOf(graph)) {
        if (step.node.kind === 'output') continue
        expect(computation(step)).toMatch(/ = /)
        for (const { upstream, local, downstream, rule } of products(step, graph)) {
          expect(upstream * local).toBeCloseTo(downstream, 12)
          expect(rule).toMatch(/^∂.+\/∂[ab] = /)
        }
      }
    }
  })
})

describe('formulas', () => {
  it('computes with numbers, negative ones in parentheses', () => {
    const [first, second] = stepsOf(graphOfExample('sigmoid'))
    expect(computation(first)).toBe('1 × (−1) = −1')
    expect(computation(second)).toBe('exp(−1) = 0.367879')
  })

  it('returns no product for constants', () => {
    const graph = graphOfExample('sigmoid')
    const last = stepsOf(graph).at(-1)
    expect(last && products(last, graph)).toMatchObject([{ into: 'x', value: 1, local: -1 }])
  })

  it('returns the summands of a value that is used twice', () => {
    const graph = graphOfExample('twice')
    expect(summands(graph, 'x')).toEqual([3, 5])
    expect(summands(graph, 'y')).toEqual([])
  })

  it('has formulas for layers, not for scalar nodes', () => {
    expect(layerFormulas('Affine2')?.backward).toContain('dX = dY·Wᵀ')
    expect(layerFormulas('Relu1')?.forward).toEqual(['y = max(0, x)'])
    expect(layerFormulas('SoftmaxWithLoss')?.backward).toEqual(['dx = y − t'])
    expect(layerFormulas('×')).toBeUndefined()
  })
})
