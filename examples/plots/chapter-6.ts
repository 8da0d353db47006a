/** The plots of chapter 6: optimizers, initial weights, batch normalization, overfitting, hyperparameters. */
import { Affine, Relu, Sigmoid, type WeightInit } from '@gosa/layers'
import { createRng, randomNormal, tensor } from '@gosa/linalg'
import { MultiLayerNet } from '@gosa/networks'
import { AdaGrad, Adam, Momentum, type Optimizer, SGD } from '@gosa/optim'
import { barPanel, type Curve, curvePanel, grid, type Kind, svgDocument } from './document.ts'
import { accuracyOf, first, mnist, smoothed, train } from './training.ts'

export interface Plot {
  readonly svg: string
  /** The figures that the text quotes. */
  readonly figures?: Readonly<Record<string, string | number>>
}

const KINDS: readonly Kind[] = ['train', 'test', 'validation', 'fourth']
const PANEL = { width: 330, height: 240 }

/** Section 6.1.2 to 6.1.6: the ways of four optimizers into the valley x²/20 + y². */
export function valley(): Plot {
  const optimizers: Record<string, Optimizer> = {
    SGD: new SGD({ learningRate: 0.95 }),
    Momentum: new Momentum({ learningRate: 0.1 }),
    AdaGrad: new AdaGrad({ learningRate: 1.5 }),
    Adam: new Adam({ learningRate: 0.3 }),
  }
  const contours = [0.1, 0.5, 1, 2, 4, 6].map((level): Curve => {
    const points = Array.from({ length: 121 }, (_, i) => {
      const angle = (2 * Math.PI * i) / 120
      return [Math.sqrt(20 * level) * Math.cos(angle), Math.sqrt(level) * Math.sin(angle)] as const
    })
    return { name: '', kind: 'batch', points }
  })
  const panels = Object.entries(optimizers).map(([name, optimizer]) => {
    const value = tensor([-7, 2])
    const points: [number, number][] = [[-7, 2]]
    for (let step = 0; step < 30; step++) {
      const grad = tensor([value.at(0) / 10, 2 * value.at(1)])
      optimizer.step([{ name: 'position', value, grad }])
      points.push([value.at(0), value.at(1)])
    }
    const curves: Curve[] = [...contours, { name, kind: 'train', points }]
    const ranges = { xRange: { low: -8, high: 8 }, yRange: { low: -3, high: 3 } }
    return (size: typeof PANEL) => curvePanel({ title: name, curves, legend: false, ...ranges }, size)
  })
  const title = 'The ways of SGD, Momentum, AdaGrad and Adam into the valley x²/20 + y²'
  const description =
    'SGD zigzags, Momentum rolls in a wide curve, AdaGrad and Adam go almost straight to the minimum at (0, 0).'
  return {
    svg: svgDocument(
      { width: 660, height: 440, title, description },
      grid(panels, 2, { width: 330, height: 220 }),
    ),
  }
}

const WIDE = { width: 560, height: 320 }

/** The book's network for comparing optimizers and initial weights: four hidden layers of 100 units. */
const fourHiddenLayers = (weightInitStd?: WeightInit) =>
  new MultiLayerNet({
    ...{ inputSize: 784, hiddenSizes: [100, 100, 100, 100], outputSize: 10 },
    ...(weightInitStd === undefined ? {} : { weightInitStd }),
  })

type Contender = readonly [name: string, network: MultiLayerNet, optimizer: Optimizer]

/** The training losses of contenders, 2000 steps each, as `optimizer_compare_mnist.py` and `weight_init_compare.py`. */
async function compareLosses(contenders: readonly Contender[], title: string): Promise<Plot> {
  const { train: digits } = await mnist()
  const figures: Record<string, number> = {}
  const curves = contenders.map(([name, network, optimizer], i): Curve => {
    const losses: number[] = []
    train({ network, optimizer, digits, steps: 2000, batchSize: 128, onStep: (_, loss) => losses.push(loss) })
    const points = smoothed(losses)
    const around1900 = points.find(([step]) => step === 1900)
    figures[`${name}, loss at 1900 (mean of 50)`] = Number(around1900?.[1].toFixed(3))
    return { name, kind: KINDS[i], points }
  })
  const panel = { curves, xLabel: 'steps', yLabel: 'loss', yRange: { low: 0 }, xRange: { low: 0 } }
  const description = Object.entries(figures)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ')
  return { figures, svg: svgDocument({ ...WIDE, title, description }, curvePanel(panel, WIDE)) }
}

/** Section 6.1.8. */
export const optimizers = () =>
  compareLosses(
    [
      ['SGD', fourHiddenLayers(), new SGD({ learningRate: 0.01 })],
      ['Momentum', fourHiddenLayers(), new Momentum({ learningRate: 0.01 })],
      ['AdaGrad', fourHiddenLayers(), new AdaGrad({ learningRate: 0.01 })],
      ['Adam', fourHiddenLayers(), new Adam({ learningRate: 0.001 })],
    ],
    'Training loss of four optimizers on MNIST',
  )

/** Section 6.2.4. */
export const weightInit = () =>
  compareLosses(
    [
      ['deviation 0.01', fourHiddenLayers(0.01), new SGD({ learningRate: 0.01 })],
      ['Xavier', fourHiddenLayers('xavier'), new SGD({ learningRate: 0.01 })],
      ['He', fourHiddenLayers('he'), new SGD({ learningRate: 0.01 })],
    ],
    'Training loss on MNIST for three initial weights',
  )

const BINS = 30

/** Section 6.2.2 and 6.2.3: the outputs of five layers of 100 units for 1000 random samples. */
export function activations(): Plot {
  const rows = [
    ['sigmoid, 1', Sigmoid, 1],
    ['sigmoid, 0.01', Sigmoid, 0.01],
    ['sigmoid, Xavier', Sigmoid, 'xavier'],
    ['ReLU, 0.01', Relu, 0.01],
    ['ReLU, Xavier', Relu, 'xavier'],
    ['ReLU, He', Relu, 'he'],
  ] as const satisfies readonly (readonly [string, new () => Sigmoid | Relu, WeightInit])[]
  const panels = rows.flatMap(([name, Activation, init]) => {
    const rng = createRng(0)
    let x = randomNormal([1000, 100], { rng, dtype: 'float32' })
    return [1, 2, 3, 4, 5].map((layer) => {
      x = new Activation().forward(Affine.init(100, 100, { init, rng }).forward(x))
      const counts = new Array<number>(BINS).fill(0)
      for (const value of x.data) if (value <= 1) counts[Math.min(BINS - 1, Math.floor(BINS * value))]++
      const title = layer === 1 ? `${name}: layer 1` : `layer ${layer}`
      return (size: typeof PANEL) => barPanel({ title, counts, low: 0, high: 1, cap: 7000 }, size)
    })
  })
  const title = 'Outputs of five layers for different initial weights'
  const description =
    'Sigmoid with deviation 1 ends at 0 and 1, with 0.01 at one half, with Xavier it stays spread out; ReLU with 0.01 ends at 0, with He it stays spread out.'
  const size = { width: 150, height: 96 }
  return { svg: svgDocument({ width: 750, height: 576, title, description }, grid(panels, 5, size)) }
}

/** Section 6.3.2: accuracy on 1000 training images over 20 epochs, with and without batch normalization. */
export async function batchNorm(): Promise<Plot> {
  const digits = first((await mnist()).train, 1000)
  const figures: Record<string, string> = {}
  const panels = Array.from({ length: 16 }, (_, i) => {
    // From 1 to 0.0001 in equal factors, as in the book.
    const weightInitStd = 10 ** ((-4 * i) / 15)
    const curves = [true, false].map((batchNormalization): Curve => {
      const network = new MultiLayerNet({
        ...{ inputSize: 784, hiddenSizes: [100, 100, 100, 100, 100], outputSize: 10 },
        ...{ batchNormalization, weightInitStd },
      })
      const points: [number, number][] = [[0, accuracyOf(network, digits)]]
      const onStep = (step: number) => {
        if (step % 10 === 0) points.push([step / 10, accuracyOf(network, digits)])
      }
      train({ network, optimizer: new SGD({ learningRate: 0.01 }), digits, steps: 200, onStep })
      const name = batchNormalization ? 'with' : 'without'
      figures[`scale ${weightInitStd.toPrecision(2)} ${name}`] = points[20][1].toFixed(3)
      return { name, kind: batchNormalization ? 'train' : 'test', points }
    })
    const title = `deviation ${weightInitStd.toPrecision(2)}`
    const ranges = { yRange: { low: 0, high: 1 }, xRange: { low: 0 } }
    return (size: typeof PANEL) => curvePanel({ title, curves, legend: i === 0, ...ranges }, size)
  })
  const title =
    'Training accuracy with and without batch normalization, for 16 deviations of the initial weights'
  const description =
    'With batch normalization (solid) the network learns for all but the smallest deviations, without it (dashed) for few.'
  const size = { width: 200, height: 150 }
  return { figures, svg: svgDocument({ width: 800, height: 600, title, description }, grid(panels, 4, size)) }
}

/** Training and test accuracy on 300 training images, with and without a remedy for overfitting. */
async function overfitting(
  epochs: number,
  remedy: { readonly dropout?: number; readonly weightDecay?: number },
  name: string,
): Promise<Plot> {
  const { train: all, test } = await mnist()
  const digits = first(all, 300)
  const figures: Record<string, string> = {}
  const panels = [
    ['without', {}],
    [`with ${name}`, remedy],
  ].map(([title, options]) => {
    const network = new MultiLayerNet({
      ...{ inputSize: 784, hiddenSizes: [100, 100, 100, 100, 100, 100], outputSize: 10 },
      ...(options as object),
    })
    const curves = (['train', 'test'] as const).map((kind) => ({
      name: kind,
      kind,
      points: [] as [number, number][],
    }))
    const onStep = (step: number) => {
      // An epoch has three batches.
      if (step % 15 !== 0) return
      curves[0].points.push([step / 3, accuracyOf(network, digits)])
      curves[1].points.push([step / 3, accuracyOf(network, test)])
    }
    train({ network, optimizer: new SGD({ learningRate: 0.01 }), digits, steps: 3 * epochs, onStep })
    for (const { name, points } of curves)
      figures[`${title}, ${name}`] = points[points.length - 1][1].toFixed(3)
    const panel = { title: title as string, curves, xLabel: 'epochs', yLabel: 'accuracy' }
    const ranges = { yRange: { low: 0, high: 1 }, xRange: { low: 0 } }
    return (size: typeof PANEL) => curvePanel({ ...panel, ...ranges }, size)
  })
  const title = `Accuracy on 300 training images and on the test images, without and with ${name}`
  const description = Object.entries(figures)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ')
  const size = { width: 330, height: 260 }
  return { figures, svg: svgDocument({ width: 660, height: 260, title, description }, grid(panels, 2, size)) }
}

/** Section 6.4.2. */
export const weightDecay = () => overfitting(200, { weightDecay: 0.1 }, 'weight decay 0.1')

/** Section 6.4.3. */
export const dropout = () => overfitting(300, { dropout: 0.2 }, 'dropout 0.2')

/** Section 6.5.3: 100 trials of 50 epochs on 400 of 500 images, judged on the other 100. */
export async function hyperparameters(): Promise<Plot> {
  const digits = first((await mnist()).train, 500)
  const [validation, training] = [
    first(digits, 100),
    { x: digits.x.rows(100, 500), t: digits.t.subarray(100) },
  ]
  const rng = createRng(0)
  const between = (from: number, to: number) => 10 ** (from + (to - from) * rng.uniform())
  const trials = Array.from({ length: 100 }, () => {
    const [weightDecay, learningRate] = [between(-8, -4), between(-6, -2)]
    const network = new MultiLayerNet({
      ...{ inputSize: 784, hiddenSizes: [100, 100, 100, 100, 100, 100], outputSize: 10, weightDecay },
    })
    train({ network, optimizer: new SGD({ learningRate }), digits: training, steps: 200 })
    return { weightDecay, learningRate, accuracy: accuracyOf(network, validation) }
  }).sort((a, b) => b.accuracy - a.accuracy)
  const chart = (title: string, of: 'learningRate' | 'weightDecay') => {
    const points = trials.map((trial) => [Math.log10(trial[of]), trial.accuracy] as const)
    const curves: Curve[] = [
      { name: 'others', kind: 'batch', points: points.slice(10) },
      { name: 'best ten', kind: 'test', points: points.slice(0, 10) },
    ]
    const panel = { title, curves, xLabel: 'power of ten', yLabel: 'accuracy', scatter: true, legend: false }
    return (size: typeof PANEL) => curvePanel({ ...panel, yRange: { low: 0, high: 1 } }, size)
  }
  const panels = [chart('learning rate', 'learningRate'), chart('weight decay', 'weightDecay')]
  const tenBest = trials.slice(0, 10).map(({ learningRate }) => learningRate)
  const figures = {
    'best accuracy': trials[0].accuracy,
    'its learning rate': trials[0].learningRate.toPrecision(2),
    'learning rates of the best ten': `${Math.min(...tenBest).toPrecision(2)} to ${Math.max(...tenBest).toPrecision(2)}`,
  }
  const title = 'Validation accuracy of 100 random trials, by learning rate and by weight decay'
  const description = `The best ten trials have learning rates from ${figures['learning rates of the best ten']}; weight decay hardly matters.`
  return {
    figures,
    svg: svgDocument(
      { width: 660, height: 260, title, description },
      grid(panels, 2, { width: 330, height: 260 }),
    ),
  }
}
