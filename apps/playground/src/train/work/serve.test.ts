import { createHash } from 'node:crypto'
import { syntheticDigits } from '@gosa/datasets'
import { decodeSafetensors, encodeSafetensors } from '@gosa/formats'
import { createRng } from '@gosa/linalg'
import { MultiLayerNet, TwoLayerNet } from '@gosa/networks'
import { createOptimizer, createTraining, weightsBytes, weightsOf } from '@gosa/training'
import { describe, expect, it } from 'vitest'
import type { Reply, Request } from '../protocol.ts'
import { DEFAULT_SETTINGS, type TrainSettings } from '../settings.ts'
import { createServer } from './serve.ts'

const SMALL: TrainSettings = { ...DEFAULT_SETTINGS, trainSize: 300, hidden: 8, batchSize: 20, iterations: 40 }

/** A server without a worker: its clock goes on by 10 ms at each look. */
function started() {
  const told: Reply[] = []
  /** What is asked while steps are taken, before each breath. */
  const meanwhile: (() => void)[] = []
  let now = 0
  const serve = createServer({
    tell: (reply) => told.push(reply),
    breathe: async () => meanwhile.shift()?.(),
    now: () => (now += 10),
  })
  const last = <Type extends Reply['type']>(type: Type) =>
    told.filter((reply): reply is Extract<Reply, { type: Type }> => reply.type === type).at(-1)
  const ask = async (...requests: Request[]) => {
    for (const request of requests) await serve(request)
  }
  return { told, meanwhile, last, ask, serve }
}

describe('training in the worker', () => {
  it('comes to the weights of the trainer, to the bit', async () => {
    const { ask, last } = started()
    await ask({ type: 'prepare', settings: SMALL }, { type: 'run', iterations: 40 })
    const rng = createRng(0)
    const model = new TwoLayerNet({ inputSize: 784, hiddenSize: 8, outputSize: 10, rng })
    const data = syntheticDigits({ count: 300, seed: 1 })
    const optimizer = createOptimizer('sgd', { learningRate: 0.1 })
    const training = createTraining({ model, optimizer, data, batchSize: 20, rng })
    for (let i = 0; i < 40; i++) training.step()
    const sha256 = createHash('sha256')
      .update(weightsBytes(weightsOf(model)))
      .digest('hex')
    expect(last('stopped')).toEqual({ type: 'stopped', iteration: 40, why: 'done' })
    expect(last('measured')?.measured).toMatchObject({ iteration: 40, sha256 })
  })

  it('tells how far it is, and how good', async () => {
    const { ask, told, last } = started()
    await ask({ type: 'prepare', settings: SMALL }, { type: 'run', iterations: 40 })
    expect(told.filter(({ type }) => type === 'drawing').length).toBeGreaterThan(1)
    expect(last('ready')).toMatchObject({ sizes: [784, 8, 10], images: { trainCount: 300, testCount: 2000 } })
    const progress = told.filter((reply) => reply.type === 'progress')
    expect(progress.at(-1)).toMatchObject({ iteration: 40 })
    for (const { losses, samplesPerSecond } of progress) {
      for (const [, loss] of losses) expect(loss).toBeGreaterThan(0)
      expect(samplesPerSecond).toBeGreaterThan(0)
    }
    const { confusion, mistakes, testAccuracy } = last('measured')?.measured ?? expect.fail()
    const counts = confusion.map((row) => row.reduce((sum, one) => sum + one, 0))
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(2000)
    expect(confusion.reduce((sum, row, i) => sum + row[i], 0) / 2000).toBe(testAccuracy)
    expect(mistakes).toHaveLength(12)
    for (const { label, predicted } of mistakes) expect(predicted).not.toBe(label)
    const sure = mistakes.map(({ probability }) => probability)
    expect(sure).toEqual([...sure].sort((a, b) => b - a))
    expect(last('weights')?.weights).toMatchObject({ units: 8, levels: { length: 8 * 784 } })
  })

  it('can be paused, stepped and gone on with, and ends with the same bits', async () => {
    const { ask, serve, meanwhile, last } = started()
    await ask({ type: 'prepare', settings: SMALL })
    meanwhile.push(() => serve({ type: 'pause' }))
    await ask({ type: 'run', iterations: 40 })
    const { iteration = 0, why } = last('stopped') ?? {}
    expect(why).toBe('paused')
    expect(iteration).toBeLessThan(40)
    await ask({ type: 'step' })
    expect(last('stopped')).toMatchObject({ iteration: iteration + 1, why: 'paused' })
    await ask({ type: 'run', iterations: 40 })
    const whole = started()
    await whole.ask({ type: 'prepare', settings: SMALL }, { type: 'run', iterations: 40 })
    expect(last('measured')).toEqual(whole.last('measured'))
  })

  it('begins anew with other settings, even while it runs', async () => {
    const { ask, serve, meanwhile, last } = started()
    await ask({ type: 'prepare', settings: SMALL })
    const asked: Promise<void>[] = []
    meanwhile.push(() => {
      asked.push(
        serve({ type: 'prepare', settings: { ...SMALL, hidden: 5 }, anew: true }),
        serve({ type: 'run', iterations: 7 }),
      )
    })
    await ask({ type: 'run', iterations: 40 })
    await Promise.all(asked)
    expect(last('ready')?.sizes).toEqual([784, 5, 10])
    expect(last('stopped')).toEqual({ type: 'stopped', iteration: 7, why: 'done' })
  })

  it('gives up drawing digits for a pause, and for other settings', async () => {
    const { told, meanwhile, serve, last } = started()
    const asked: Promise<void>[] = []
    meanwhile.push(() => {
      asked.push(serve({ type: 'pause' }))
    })
    await Promise.all([serve({ type: 'prepare', settings: SMALL }), serve({ type: 'run', iterations: 5 })])
    expect(last('stopped')).toEqual({ type: 'stopped', iteration: 0, why: 'paused' })
    expect(last('ready')).toBeUndefined()
    meanwhile.push(() => {
      asked.push(serve({ type: 'prepare', settings: { ...SMALL, trainSize: 200 } }))
      asked.push(serve({ type: 'run', iterations: 3 }))
    })
    await Promise.all([serve({ type: 'prepare', settings: SMALL }), serve({ type: 'run', iterations: 5 })])
    await Promise.all(asked)
    expect(told.filter(({ type }) => type === 'ready')).toHaveLength(1)
    expect(last('ready')?.images.trainCount).toBe(200)
    expect(last('stopped')).toEqual({ type: 'stopped', iteration: 3, why: 'done' })
  })

  it('keeps a run whose settings are asked for again', async () => {
    const { ask, told } = started()
    await ask({ type: 'prepare', settings: SMALL }, { type: 'run', iterations: 5 })
    await ask({ type: 'prepare', settings: { ...SMALL, iterations: 99 } })
    expect(told.filter(({ type }) => type === 'ready')).toHaveLength(1)
  })

  it('stops where the loss is no number any more', async () => {
    const { ask, last } = started()
    const network = new TwoLayerNet({ inputSize: 784, hiddenSize: 8, outputSize: 10, weightInitStd: 1e30 })
    const bytes = encodeSafetensors({ ...network.params })
    await ask({ type: 'load', name: 'wild', bytes }, { type: 'run', iterations: 5 })
    expect(last('stopped')?.why).toBe('diverged')
  })
})

describe('a model file', () => {
  it('gives back the network, and says what it is', async () => {
    const { ask, last } = started()
    await ask({ type: 'prepare', settings: SMALL }, { type: 'run', iterations: 20 }, { type: 'save' })
    const bytes = last('saved')?.bytes ?? expect.fail()
    expect(decodeSafetensors(bytes).metadata).toMatchObject({ layers: '784,8,10', iteration: '20' })
    const other = started()
    await other.ask({ type: 'prepare', settings: SMALL }, { type: 'load', name: 'mine', bytes })
    expect(other.last('ready')).toMatchObject({ loaded: 'mine', sizes: [784, 8, 10] })
    expect(other.last('measured')?.measured.sha256).toBe(last('measured')?.measured.sha256)
    await other.ask({ type: 'run', iterations: 3 })
    expect(other.last('stopped')).toMatchObject({ iteration: 3, why: 'done' })
  })

  it.each([
    ['is none', new Uint8Array(30), /safetensors/],
    [
      'is for other images',
      encodeSafetensors({ ...new MultiLayerNet({ sizes: [4, 3, 10] }).params }),
      /4-3-10, but this page takes/,
    ],
    ['has other tensors', encodeSafetensors({ a: createdTensor() }), /W1 and b1 are needed/],
  ])('that %s is refused in words, and nothing is lost', async (_what, bytes, message) => {
    const { ask, last } = started()
    await ask({ type: 'prepare', settings: SMALL }, { type: 'run', iterations: 5 })
    const before = last('measured')
    await ask({ type: 'load', name: 'x.safetensors', bytes })
    expect(last('failed')).toMatchObject({
      at: 'load',
      name: 'x.safetensors',
      message: expect.stringMatching(message),
    })
    await ask({ type: 'prepare', settings: SMALL })
    expect(last('measured')).toEqual(before)
  })
})

function createdTensor() {
  return new TwoLayerNet({ inputSize: 1, hiddenSize: 1, outputSize: 1 }).params.W1
}

describe('a prediction', () => {
  it('is a probability for each class, while training goes on too', async () => {
    const { ask, serve, meanwhile, last } = started()
    await ask({ type: 'prepare', settings: SMALL })
    const image = new Float32Array(784).fill(0.5)
    meanwhile.push(() => serve({ type: 'predict', id: 7, image }))
    await ask({ type: 'run', iterations: 40 })
    const { id, probabilities, iteration } = last('predicted') ?? expect.fail()
    expect(id).toBe(7)
    expect(probabilities).toHaveLength(10)
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5)
    expect(iteration).toBeLessThan(40)
  })
})

describe('files of images', () => {
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

  it('are trained with once all four are there, be it one after the other', async () => {
    const { ask, last } = started()
    const [first, ...others] = files()
    await ask({ type: 'files', files: [first] })
    expect(last('failed')).toMatchObject({ at: 'files', code: 'missing' })
    await ask({ type: 'files', files: others })
    expect(last('files')?.images).toEqual({
      ...{ kind: 'files', trainCount: 20, testCount: 5, classes: 10, isMnist: false },
    })
    const settings = { ...SMALL, data: 'files' as const, iterations: 3 }
    await ask({ type: 'prepare', settings }, { type: 'run', iterations: 3 })
    expect(last('ready')?.images.kind).toBe('files')
    expect(last('stopped')?.why).toBe('done')
  })

  it('are refused where the page cannot show them, and where one is broken', async () => {
    const { ask, last } = started()
    await ask({ type: 'files', files: files({ side: 8 }) })
    expect(last('failed')?.message).toMatch(/8 × 8 pixels .* this page takes 28 × 28/)
    const broken = new File(['no IDX file'], 'train-images-idx3-ubyte')
    await ask({ type: 'files', files: [...files(), broken] })
    expect(last('failed')).toMatchObject({ code: 'format', message: expect.stringMatching(/^train-images/) })
    await ask({ type: 'files', files: files().slice(1) })
    expect(last('failed')?.code).toBe('missing')
  })

  it('are not there yet where their settings come first: digits are drawn', async () => {
    const { ask, last } = started()
    await ask({ type: 'prepare', settings: { ...SMALL, data: 'files' } })
    expect(last('ready')?.settings.data).toBe('digits')
  })
})
