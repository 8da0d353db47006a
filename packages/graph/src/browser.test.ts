import { expect } from 'vitest'
import { browserTest, runInChromium } from '../../../vitest.chromium.ts'

/** Draws random graphs and measures their texts and nodes; runs in a page of Chromium. */
const measure = `
import fc from 'fast-check'
import { syntheticDigits } from '@gosa/datasets'
import { SimpleConvNet, TwoLayerNet } from '@gosa/networks'
import { graphOf, toSvg } from './index.ts'
import { textWidth } from './layout/measure.ts'
import { randomGraph } from './random-graph.testing.ts'

const net = new TwoLayerNet({ inputSize: 784, hiddenSize: 50, outputSize: 10, weightInitStd: 0.1 })
const { x, t } = syntheticDigits({ count: 2, seed: 1 })

const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

export default () => {
  const faults = []
  const graphs = [graphOf(net, x, t), graphOf(new SimpleConvNet(), x.reshape([2, 1, 28, 28]), t), ...fc.sample(randomGraph(), { seed: 5, numRuns: 24 })]
  let texts = 0
  for (const [i, graph] of graphs.entries()) {
    const svg = toSvg(graph, { direction: i % 2 ? 'right' : 'down' })
    const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml')
    if (documentElement.nodeName !== 'svg') faults.push('not well-formed: ' + documentElement.textContent)
    document.body.innerHTML = svg
    const found = [...document.querySelectorAll('svg text')]
    const boxes = found.map((one) => ({ ...rectangle(one), text: one.textContent }))
    texts += boxes.length
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) if (meet(a, b)) faults.push(a.text + ' and ' + b.text)
      const guess = textWidth(a.text) * Number(found[i].getAttribute('font-size'))
      if (a.width > guess) faults.push(a.text + ' is ' + a.width + ' wide, not ' + guess)
    }
    const shapes = [...document.querySelectorAll('svg .g-node')]
    for (const shape of shapes) {
      for (const [i, text] of found.entries()) {
        const inside = text.parentElement === shape.parentElement
        if (!inside && meet(rectangle(shape), boxes[i])) faults.push('a node and ' + boxes[i].text)
      }
    }
  }
  return { faults, enough: texts > 500 }
}

const rectangle = (element) => {
  const { x, y, width, height } = element.getBBox()
  return { x, y, width, height }
}
`

browserTest('In Chromium no texts of random graphs overlap, and none is wider than estimated', async () => {
  expect(await runInChromium(measure, import.meta.url)).toEqual({ faults: [], enough: true })
})

browserTest('In Chromium the theme auto is dark if the reader prefers that, else light', async () => {
  const colours = `
    import { graphOf, inputNode, toSvg } from './index.ts'
    export default () => ['auto', 'dark', 'light'].map((theme) => {
      document.body.innerHTML = toSvg(graphOf(inputNode('x', 1)), { theme })
      return getComputedStyle(document.querySelector('.g-back')).fill
    })`
  const [dark, light] = ['rgb(18, 23, 31)', 'rgb(255, 255, 255)']
  const drawn = (colorScheme: 'light' | 'dark') => runInChromium(colours, import.meta.url, { colorScheme })
  expect(await drawn('dark')).toEqual([dark, dark, light])
  expect(await drawn('light')).toEqual([light, dark, light])
})
