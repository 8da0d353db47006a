import { createHash } from 'node:crypto'
import { syntheticDigits } from '@gosa/datasets'
import { decodeSafetensors, encodeSafetensors } from '@gosa/formats'
import { createRng } from '@gosa/linalg'
import { MultiLayerNet, SimpleConvNet, TwoLayerNet, weightsBytes } from '@gosa/networks'
import { createOptimizer, createTraining } from '@gosa/training'
import { describe, expect, it } from 'vitest'
import type { Reply, Request } from '../protocol.ts'
import { DEFAULT_SETTINGS, settingsForNetwork, type TrainSettings } from '../settings.ts'
import { createServer } from './server.ts'

const SMALL: TrainSettings = { ...DEFAULT_SETTINGS, trainSize: 300, hidden: 8, batchSize: 20, iterations: 40 }

/** A server without a worker, whose clock advances by 10 ms at each call. */
function setUp() {
  const replies: Reply[] = []
  /** Called one by one when the server yields to events. */
  const onYield: (() => unknown)[] = []
  let now = 0
  const serve = createServer({
    send: (reply) => replies.push(reply),
    yieldToEvents: async () => void onYield.shift()?.(),
    now: () => (now += 10),
  })
  const last = <Type extends Reply['type']>(type: Type) =>
    replies.filter((reply): reply is Extract<Reply, { type: Type }> => reply.type === type).at(-1)
  const request = async (...requests: Request[]) => {
    for (const one of requests) await serve(one)
  }
  return { replies, onYield, last, request, serve }
}

describe('createServer', () => {
  it('trains the same weights as createTraining, to the bit', async () => {
    const { request, last } = setUp()
    await request({ type: 'prepare', settings: SMALL }, { type: 'run', iterations: 40 })
    const rng = createRng(0)
    const model = new TwoLayerNet({ inputSize: 784, hiddenSize: 8, outputSize: 10, rng })
    const data = syntheticDigits({ count: 300, seed: 1 })
    const optimizer = createOptimizer('sgd', { learningRate: 0.1 })
    const training = createTraining({ model, optimizer, data, batchSize: 20, rng })
    for (let i = 0; i < 40; i++) training.step()
    const sha256 = createHash('sha256').update(weightsBytes(model.params)).digest('hex')
    expect(last('stopped')).toEqual({ type: 'stopped', iteration: 40, why: 'done' })
    expect(last('measured')?.measurement).toMatchObject({ iteration: 40, sha256 })
  })

  it('reports progress, measurements and weights', async () => {
    const { request, replies, last } = setUp()
    await request({ type: 'prepare', settings: SMALL }, { type: 'run', iterations: 40 })
    expect(replies.filter(({ type }) => type === 'drawing').length).toBeGreaterThan(1)
    expect(last('ready')).toMatchObject({ sizes: [784, 8, 10], images: { trainCount: 300, testCount: 2000 } })
    const progress = replies.filter((reply) => reply.type === 'progress')
    expect(progress.at(-1)).toMatchObject({ iteration: 40 })
    for (const { losses, samplesPerSecond } of progress) {
      for (const [, loss] of losses) expect(loss).toBeGreaterThan(0)
      expect(samplesPerSecond).toBeGreaterThan(0)
    }
    const { confusion, mistakes, testAccuracy } = last('measured')?.measurement ?? expect.fail()
    const counts = confusion.map((row) => row.reduce((sum, one) => sum + one, 0))
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(2000)
    expect(confusion.reduce((sum, row, i) => sum + row[i], 0) / 2000).toBe(testAccuracy)
    expect(mistakes).toHaveLength(12)
    for (const { label, predicted } of mistakes) expect(predicted).not.toBe(label)
    const confidences = mistakes.map(({ probability }) => probability)
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a))
    expect(last('weights')?.weights).toMatchObject({ units: 8, levels: { length: 8 * 784 } })
  })

  it('ends with the same bits when paused, stepped and resumed', async () => {
    const { request, serve, onYield, last } = setUp()
    await request({ type: 'prepare', settings: SMALL })
    onYield.push(() => serve({ type: 'pause' }))
    await request({ type: 'run', iterations: 40 })
    const { iteration = 0, why } = last('stopped') ?? {}
    expect(why).toBe('paused')
    expect(iteration).toBeLessThan(40)
    await request({ type: 'step' })
    expect(last('stopped')).toMatchObject({ iteration: iteration + 1, why: 'paused' })
    await request({ type: 'run', iterations: 40 })
    const whole = setUp()
    await whole.request({ type: 'prepare', settings: SMALL }, { type: 'run', iterations: 40 })
    expect(last('measured')).toEqual(whole.last('measured'))
  })

  it('restarts with other settings while training', async () => {
    const { request, serve, onYield, last } = setUp()
    await request({ type: 'prepare', settings: SMALL })
    const requests: Promise<void>[] = []
    onYield.push(() => {
      requests.push(
        serve({ type: 'prepare', settings: { ...SMALL, hidden: 5 }, restart: true }),
        serve({ type: 'run', iterations: 7 }),
      )
    })
    await request({ type: 'run', iterations: 40 })
    await Promise.all(requests)
    expect(last('ready')?.sizes).toEqual([784, 5, 10])
    expect(last('stopped')).toEqual({ type: 'stopped', iteration: 7, why: 'done' })
  })

  it('cancels the generation of digits for a pause or for other settings', async () => {
    const { replies, onYield, serve, last } = setUp()
    const requests: Promise<void>[] = []
    onYield.push(() => {
      requests.push(serve({ type: 'pause' }))
    })
    await Promise.all([serve({ type: 'prepare', settings: SMALL }), serve({ type: 'run', iterations: 5 })])
    expect(last('stopped')).toEqual({ type: 'stopped', iteration: 0, why: 'paused' })
    expect(last('ready')).toBeUndefined()
    onYield.push(() => {
      requests.push(serve({ type: 'prepare', settings: { ...SMALL, trainSize: 200 } }))
      requests.push(serve({ type: 'run', iterations: 3 }))
    })
    await Promise.all([serve({ type: 'prepare', settings: SMALL }), serve({ type: 'run', iterations: 5 })])
    await Promise.all(requests)
    expect(replies.filter(({ type }) => type === 'ready')).toHaveLength(1)
    expect(last('ready')?.images.trainCount).toBe(200)
    expect(last('stopped')).toEqual({ type: 'stopped', iteration: 3, why: 'done' })
  })

  it('trains to another goal that is requested while training', async () => {
    const { request, serve, onYield, last } = setUp()
    await request({ type: 'prepare', settings: SMALL })
    onYield.push(() => serve({ type: 'run', iterations: 60 }))
    await request({ type: 'run', iterations: 40 })
    expect(last('stopped')).toEqual({ type: 'stopped', iteration: 60, why: 'done' })
    const uninterrupted = setUp()
    await uninterrupted.request({ type: 'prepare', settings: SMALL }, { type: 'run', iterations: 60 })
    expect(last('measured')).toEqual(uninterrupted.last('measured'))
  })

  it('resumes when a run is requested before a pause has taken effect', async () => {
    const { request, serve, onYield, last } = setUp()
    await request({ type: 'prepare', settings: SMALL })
    onYield.push(() => {
      serve({ type: 'pause' })
      // The same microtask as the pause: the run is still in progress.
      serve({ type: 'prepare', settings: SMALL })
      serve({ type: 'run', iterations: 40 })
    })
    await request({ type: 'run', iterations: 40 })
    expect(last('stopped')).toEqual({ type: 'stopped', iteration: 40, why: 'done' })
  })

  it('stops training when a model is loaded', async () => {
    const { request, serve, onYield, last, replies } = setUp()
    await request({ type: 'prepare', settings: SMALL }, { type: 'save' })
    const bytes = last('saved')?.bytes ?? expect.fail()
    const requests: Promise<void>[] = []
    onYield.push(() => requests.push(serve({ type: 'load', name: 'mine', bytes })))
    await request({ type: 'run', iterations: 40 })
    await Promise.all(requests)
    expect(last('ready')?.loaded).toBe('mine')
    expect(replies.filter(({ type }) => type === 'stopped')).toEqual([
      { type: 'stopped', iteration: 0, why: 'paused' },
    ])
  })

  it('keeps the session if its settings are prepared again', async () => {
    const { request, replies } = setUp()
    await request({ type: 'prepare', settings: SMALL }, { type: 'run', iterations: 5 })
    await request({ type: 'prepare', settings: { ...SMALL, iterations: 99 } })
    expect(replies.filter(({ type }) => type === 'ready')).toHaveLength(1)
  })

  it('stops when the loss is not finite', async () => {
    const { request, last } = setUp()
    const network = new TwoLayerNet({ inputSize: 784, hiddenSize: 8, outputSize: 10, weightInitStd: 1e30 })
    const bytes = encodeSafetensors({ ...network.params })
    await request({ type: 'load', name: 'wild', bytes }, { type: 'run', iterations: 5 })
    expect(last('stopped')?.why).toBe('diverged')
  })
})

describe('createServer with model files', () => {
  it('saves and loads the network', async () => {
    const { request, last } = setUp()
    await request({ type: 'prepare', settings: SMALL }, { type: 'run', iterations: 20 }, { type: 'save' })
    const bytes = last('saved')?.bytes ?? expect.fail()
    expect(decodeSafetensors(bytes).metadata).toMatchObject({ layers: '784,8,10', iteration: '20' })
    const other = setUp()
    await other.request({ type: 'prepare', settings: SMALL }, { type: 'load', name: 'mine', bytes })
    expect(other.last('ready')).toMatchObject({ loaded: 'mine', sizes: [784, 8, 10] })
    expect(other.last('measured')?.measurement.sha256).toBe(last('measured')?.measurement.sha256)
    await other.request({ type: 'run', iterations: 3 })
    expect(other.last('stopped')).toMatchObject({ iteration: 3, why: 'done' })
  })

  it.each([
    ['is not a model', new Uint8Array(30), /safetensors/],
    [
      'is for other images',
      encodeSafetensors({ ...new MultiLayerNet({ inputSize: 4, hiddenSizes: [3], outputSize: 10 }).params }),
      /4-3-10, but this page takes/,
    ],
    ['has other tensors', encodeSafetensors({ a: someTensor() }), /W1 and b1 are needed/],
  ])('reports a file that %s, and keeps the network', async (_what, bytes, message) => {
    const { request, last } = setUp()
    await request({ type: 'prepare', settings: SMALL }, { type: 'run', iterations: 5 })
    const before = last('measured')
    await request({ type: 'load', name: 'x.safetensors', bytes })
    expect(last('failed')).toMatchObject({
      request: 'load',
      name: 'x.safetensors',
      message: expect.stringMatching(message),
    })
    await request({ type: 'prepare', settings: SMALL })
    expect(last('measured')).toEqual(before)
  })
})

function someTensor() {
  return new TwoLayerNet({ inputSize: 1, hiddenSize: 1, outputSize: 2 }).params.W1
}

describe('createServer with a ConvNet', () => {
  const CONV: TrainSettings = {
    ...settingsForNetwork(DEFAULT_SETTINGS, 'simple-conv'),
    ...{ trainSize: 120, batchSize: 10, iterations: 3 },
  }

  it('trains the same weights as createTraining, and sends its filters', async () => {
    const { request, last } = setUp()
    await request({ type: 'prepare', settings: CONV }, { type: 'run', iterations: 3 })
    const rng = createRng(0)
    const model = new SimpleConvNet({ rng })
    const { x, t } = syntheticDigits({ count: 120, seed: 1 })
    const data = { x: x.reshape([120, 1, 28, 28]), t }
    const optimizer = createOptimizer('adam', { learningRate: 0.001 })
    const training = createTraining({ model, optimizer, data, batchSize: 10, rng })
    for (let i = 0; i < 3; i++) training.step()
    const sha256 = createHash('sha256').update(weightsBytes(model.params)).digest('hex')
    expect(last('stopped')).toEqual({ type: 'stopped', iteration: 3, why: 'done' })
    const { measurement } = last('measured') ?? expect.fail()
    expect(measurement).toMatchObject({ iteration: 3, sha256 })
    // Measured on the first thousand test images.
    expect(measurement.confusion.flat().reduce((sum, n) => sum + n, 0)).toBe(1000)
    expect(last('weights')?.weights).toMatchObject({
      units: 30,
      width: 5,
      height: 5,
      levels: { length: 750 },
    })
  })

  it('sends the feature maps of an image beside the probabilities; a model file keeps it', async () => {
    const { request, last } = setUp()
    const image = new Float32Array(784)
    image.fill(1, 300, 420)
    await request({ type: 'prepare', settings: CONV }, { type: 'step' }, { type: 'predict', id: 1, image })
    const { prediction } = last('predicted') ?? expect.fail()
    expect(prediction.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5)
    expect(prediction.maps).toMatchObject({ count: 30, width: 24, height: 24, levels: { length: 30 * 576 } })
    expect(Math.max(...(prediction.maps?.levels ?? []))).toBe(255)
    await request({ type: 'save' })
    const { bytes } = last('saved') ?? expect.fail()
    await request({ type: 'load', name: 'conv', bytes }, { type: 'predict', id: 2, image })
    expect(last('ready')?.loaded).toBe('conv')
    expect(last('predicted')).toMatchObject({ id: 2, prediction })
  })
})

describe('createServer with predict', () => {
  it('replies with probabilities while training', async () => {
    const { request, serve, onYield, last } = setUp()
    await request({ type: 'prepare', settings: SMALL })
    const image = new Float32Array(784).fill(0.5)
    onYield.push(() => serve({ type: 'predict', id: 7, image }))
    await request({ type: 'run', iterations: 40 })
    const { id, prediction, iteration } = last('predicted') ?? expect.fail()
    const { probabilities } = prediction
    expect(id).toBe(7)
    expect(probabilities).toHaveLength(10)
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5)
    expect(iteration).toBeLessThan(40)
  })
})

describe('createServer with pretrain', () => {
  it('replies with the weights of the example network', async () => {
    const { request, last } = setUp()
    await request({ type: 'pretrain' })
    const shapes = last('pretrained')?.weights.map(([name, , shape]) => [name, shape])
    expect(shapes).toEqual([
      ['W1', [784, 50]],
      ['b1', [50]],
      ['W2', [50, 10]],
      ['b2', [10]],
    ])
  })
})

describe('createServer with dropped files', () => {
  /** The bytes of an IDX file of uint8. */
  const idx = (shape: number[], elements: Uint8Array<ArrayBuffer>) =>
    new Blob([
      Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap((n) => [0, 0, n >> 8, n & 255])]),
      elements,
    ])
  const files = ({ side = 28 } = {}) =>
    Object.entries({
      'train-images-idx3-ubyte': idx([20, side, side], new Uint8Array(20 * side * side).fill(9)),
      'train-labels-idx1-ubyte': idx(
        [20],
        Uint8Array.from({ length: 20 }, (_, n) => n % 10),
      ),
      't10k-images-idx3-ubyte': idx([5, side, side], new Uint8Array(5 * side * side)),
      't10k-labels-idx1-ubyte': idx([5], Uint8Array.of(1, 2, 3, 4, 5)),
    }).map(([name, content]) => new File([content], name))

  it('trains on four files that are dropped one after the other', async () => {
    const { request, last } = setUp()
    const [first, ...others] = files()
    await request({ type: 'files', files: [first] })
    expect(last('failed')).toMatchObject({ request: 'files', code: 'missing' })
    await request({ type: 'files', files: others })
    expect(last('files')?.images).toEqual({
      ...{ kind: 'files', trainCount: 20, testCount: 5, classes: 10, isMnist: false },
    })
    const settings = { ...SMALL, data: 'files' as const, iterations: 3 }
    await request({ type: 'prepare', settings }, { type: 'run', iterations: 3 })
    expect(last('ready')?.images.kind).toBe('files')
    expect(last('stopped')?.why).toBe('done')
  })

  it('reports files that the page cannot show, and broken ones', async () => {
    const { request, last } = setUp()
    await request({ type: 'files', files: files({ side: 8 }) })
    expect(last('failed')?.message).toMatch(/8 × 8 pixels .* this page takes 28 × 28/)
    const broken = new File(['no IDX file'], 'train-images-idx3-ubyte')
    await request({ type: 'files', files: [...files(), broken] })
    expect(last('failed')).toMatchObject({ code: 'format', message: expect.stringMatching(/^train-images/) })
    await request({ type: 'files', files: files().slice(1) })
    expect(last('failed')?.code).toBe('missing')
  })

  it('generates digits if the settings ask for files that are not there yet', async () => {
    const { request, last } = setUp()
    await request({ type: 'prepare', settings: { ...SMALL, data: 'files' } })
    expect(last('ready')?.settings.data).toBe('digits')
  })
})
