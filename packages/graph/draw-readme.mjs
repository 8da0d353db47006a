// Draws the pictures of the READMEs into docs/: node packages/graph/draw-readme.mjs (after pnpm build)
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { syntheticDigits } from '@gosa/datasets'
import { applyLayer, graphOf, inputNode, toSvg } from '@gosa/graph'
import { AddLayer, MulLayer } from '@gosa/layers'
import { createRng } from '@gosa/linalg'
import { SimpleConvNet, TwoLayerNet } from '@gosa/networks'

/** The pictures by file name; each follows what the reader prefers, light or dark. */
export function pictures() {
  return {
    'apples.svg': apples(),
    'fruit.svg': fruit(),
    'two-layer-net.svg': twoLayerNet(),
    'simple-conv-net.svg': simpleConvNet(),
  }
}

/** Section 5.1: two apples. */
function apples() {
  const bought = applyLayer(new MulLayer(), [inputNode('apple', 100), inputNode('count', 2)])
  return toSvg(graphOf(applyLayer(new MulLayer(), [bought, inputNode('tax', 1.1)], { name: 'price' })))
}

/** Section 5.3: two apples and three oranges. */
function fruit() {
  const apples = applyLayer(new MulLayer(), [
    inputNode('apple', 100),
    inputNode('appleCount', 2, { label: 'count' }),
  ])
  const oranges = applyLayer(new MulLayer(), [
    inputNode('orange', 150),
    inputNode('orangeCount', 3, { label: 'count' }),
  ])
  const both = applyLayer(new AddLayer(), [apples, oranges])
  return toSvg(graphOf(applyLayer(new MulLayer(), [both, inputNode('tax', 1.1)], { name: 'price' })))
}

/** Section 5.7, on one generated digit, before any training. */
function twoLayerNet() {
  const { x, t } = syntheticDigits({ count: 1, seed: 3 })
  const rng = createRng(1)
  const net = new TwoLayerNet({ inputSize: 784, hiddenSize: 50, outputSize: 10, weightInitStd: 0.1, rng })
  return toSvg(graphOf(net, x, t), { arrange: { x: [28, 28] } })
}

/** Section 7.5, with four filters, on the same digit. */
function simpleConvNet() {
  const { x, t } = syntheticDigits({ count: 1, seed: 3 })
  const convolution = { filters: 4, kernel: 5 }
  const net = new SimpleConvNet({ convolution, hiddenSize: 20, weightInitStd: 0.1, rng: createRng(1) })
  return toSvg(graphOf(net, x.reshape([1, 1, 28, 28]), t))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, svg] of Object.entries(pictures())) {
    const file = new URL(`docs/${name}`, import.meta.url)
    writeFileSync(file, svg)
    console.log(fileURLToPath(file))
  }
}
