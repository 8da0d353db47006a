import { describe, expect, it } from 'vitest'
import { browserTest, runInChromium } from '../../../vitest.chromium.ts'
import { fitInWorker } from './browser.ts'

/** What the pages train: a network with dropout and batch normalization, whose states must come back as well. */
const SETUP = `
  import { createRng, randomNormal, setBackend } from '@gosa/linalg'
  import { SoftmaxWithLoss, MeanSquaredErrorLoss } from '@gosa/losses'
  import { buildLayers, Network, TwoLayerNet, weightsBytes } from '@gosa/networks'
  import { DivergenceError, fit } from '@gosa/training'
  import { fitInWorker } from '@gosa/training/browser'

  const x = randomNormal([120, 3], { rng: createRng(1), dtype: 'float32' })
  const t = Uint8Array.from({ length: 120 }, (_, n) => (x.at(n, 0) * x.at(n, 1) > 0 ? 1 : 0))
  const data = { x, t }
  const layers = [
    { type: 'affine', units: 16 }, { type: 'batchNormalization' }, { type: 'relu' },
    { type: 'dropout', ratio: 0.2 }, { type: 'affine', units: 2 },
  ]
  const create = () => new Network({ ...buildLayers({ inputShape: [3], layers }), loss: new SoftmaxWithLoss() })
  const bits = (network) => [
    ...[...network.parameters(), ...network.buffers()].map(({ value }) => [...value.data].join()),
    JSON.stringify(network.randomState),
  ].join(';')
  /** A message of an error. */
  const refused = (train) => train().then(() => 'not refused', ({ name, message }) => name + ': ' + message)
`

describe('fitInWorker', () => {
  const run = (body: string) =>
    runInChromium(`${SETUP}\nexport default async () => { ${body} }`, import.meta.url, { isolated: false })

  browserTest(
    'trains to the bits of fit, weights, buffers and random states, in one go and continued',
    async () => {
      const result = (await run(`
      const options = {
        epochs: 6, batchSize: 16, seed: 3, validation: 0.25, metrics: ['accuracy', 'f1'], classWeights: 'balanced',
        schedule: { schedule: 'cosine', warmUp: 4 }, patience: 5,
      }
      const [here, there] = [create(), create()]
      const expected = await fit(here, data, options)
      const half = await fitInWorker(there, data, { ...options, epochs: 3, schedule: { ...options.schedule, cosineSteps: 32 } })
      const rest = await fitInWorker(there, data, { ...options, state: half.state })
      const timeless = ({ samplesPerSecond, ...entry }) => entry
      const untouched = create()
      await fitInWorker(untouched, data, options)
      return [
        bits(here), bits(there), bits(untouched),
        JSON.stringify(expected.history.map(timeless)),
        JSON.stringify([...half.history, ...rest.history].map(timeless)),
        rest.best.iteration === expected.best.iteration, rest.endedBy, x.data.length,
      ]`)) as unknown[]
      const [here, there, inOneGo, history, parts, ...others] = result
      expect(there).toBe(here)
      expect(inOneGo).toBe(here)
      expect(parts).toBe(history)
      expect(others).toEqual([true, 'iterations', 360])
    },
  )

  browserTest('trains what is kept in float64 and with the other backend to the bits of fit', async () => {
    const [here, there] = (await run(`
      setBackend('js')
      const loss = new MeanSquaredErrorLoss()
      const small = [{ type: 'affine', units: 4 }, { type: 'tanh' }, { type: 'affine', units: 1 }]
      const create = () => new Network({ ...buildLayers({ inputShape: [3], layers: small, dtype: 'float64' }), loss })
      const numbers = { x: x.astype('float64').rows(10, 60), t: randomNormal([50, 1], { rng: createRng(2) }) }
      const [here, there] = [create(), create()]
      await fit(here, numbers, { epochs: 2, validation: { x: numbers.x, t: numbers.t } })
      await fitInWorker(there, numbers, { epochs: 2, validation: { x: numbers.x, t: numbers.t } })
      return [bits(here), bits(there)]`)) as string[]
    expect(there).toBe(here)
  })

  browserTest('tells each epoch, and the first and last step, while the page goes on', async () => {
    const told = (await run(`
      const [epochs, steps, ends] = [[], [], []]
      let frames = 0
      const timer = setInterval(() => frames++, 1)
      const progress = { onEpoch: ({ epoch }) => ends.push(epoch), onEnd: () => ends.push('end') }
      await fitInWorker(create(), data, {
        epochs: 200, batchSize: 10, progress,
        onEpoch: ({ epoch }) => { epochs.push(epoch) }, onStep: ({ iteration }) => { steps.push(iteration) },
      })
      clearInterval(timer)
      return { epochs, first: steps[0], last: steps.at(-1), frames, ends: [ends.length, ends.at(-1)] }`)) as {
      epochs: number[]
      frames: number
    }
    expect(told).toMatchObject({ first: 1, last: 2400, ends: [201, 'end'] })
    expect(told.epochs).toEqual(Array.from({ length: 200 }, (_, i) => i + 1))
    expect(told.frames).toBeGreaterThan(0)
  })

  browserTest('ends when a callback says so, to the bits that fit has then', async () => {
    const [here, there, endedBy, early] = (await run(`
      const [here, there] = [create(), create()]
      const onEpoch = async ({ epoch }) => epoch < 4
      await fit(here, data, { epochs: 50, onEpoch })
      const { endedBy } = await fitInWorker(there, data, { epochs: 50, onEpoch })
      const byStep = await fitInWorker(create(), data, { epochs: 1e6, onStep: () => false })
      return [bits(here), bits(there), endedBy, byStep.endedBy]`)) as string[]
    expect(there).toBe(here)
    expect([endedBy, early]).toEqual(['callback', 'callback'])
  })

  browserTest('ends on its signal, with a state to continue from', async () => {
    const [here, there, ...ended] = (await run(`
      const controller = new AbortController()
      const [here, there] = [create(), create()]
      const stopped = await fitInWorker(there, data, {
        iterations: 1e9, signal: controller.signal, onStep: () => controller.abort(),
      })
      const { iteration } = stopped.state
      await fitInWorker(there, data, { iterations: iteration + 5, state: stopped.state })
      await fit(here, data, { iterations: iteration + 5 })
      const before = await fitInWorker(create(), data, { iterations: 1e9, signal: AbortSignal.abort() })
      return [bits(here), bits(there), stopped.endedBy, before.endedBy]`)) as string[]
    expect(there).toBe(here)
    expect(ended).toEqual(['signal', 'signal'])
  })

  browserTest('throws what fit throws, and leaves the network as fit does', async () => {
    const [messages, restored, untouched] = (await run(`
      const network = create()
      const before = bits(network)
      const wrong = new TwoLayerNet({ inputSize: 4, hiddenSize: 3, outputSize: 2 })
      const [here, there] = [create(), create()]
      const wild = { optimizer: 'sgd', learningRate: 1e30, iterations: 500 }
      const error = await fitInWorker(there, data, wild).catch((error) => error)
      const expected = await fit(here, data, wild).catch((error) => error)
      return [
        [
          await refused(() => fitInWorker(network, data, { epochs: 0 })),
          await refused(() => fitInWorker(network, data, { metrics: ['acuracy'] })),
          await refused(() => fitInWorker(wrong, data)),
          await refused(() => fitInWorker(network, data, { onEpoch: () => { throw new RangeError('mine') } })),
          error instanceof DivergenceError && error.message === expected.message && error.iteration === expected.iteration,
        ],
        bits(here) === bits(there), before === bits(network),
      ]`)) as [unknown[], boolean, boolean]
    expect(messages).toEqual([
      'RangeError: fit: epochs must be an integer of at least 1, not 0',
      'TypeError: fit: there is no metric "acuracy"; did you mean accuracy?',
      expect.stringMatching(/^RangeError: .*\(.*3\)/),
      'RangeError: mine',
      true,
    ])
    expect([restored, untouched]).toEqual([true, true])
  })

  browserTest('refuses what cannot be sent, in words', async () => {
    const messages = (await run(`
      const { Adam } = await import('@gosa/optim')
      const all = [
        { optimizer: new Adam() }, { schedule: () => 0.1 }, { metrics: [() => 1] }, { rng: createRng(1) },
        { signal: { aborted: false } },
      ]
      const own = { gradient() {}, parameters: () => [] }
      return Promise.all([...all.map((options) => refused(() => fitInWorker(create(), data, options))),
        refused(() => fitInWorker(own, data))])`)) as string[]
    expect(messages).toEqual([
      "TypeError: fitInWorker: an optimizer cannot be sent to a worker: give its name, such as 'adam', and learningRate",
      "TypeError: fitInWorker: a function as schedule cannot be sent to a worker: give an object, such as { schedule: 'cosine' }",
      'TypeError: fitInWorker: a function as metric cannot be sent to a worker: give names, or compute it with evaluate afterwards',
      'TypeError: fitInWorker: rng cannot be sent to a worker: give a seed',
      'TypeError: fitInWorker: signal must be an AbortSignal, not an object',
      expect.stringMatching(/^TypeError: fitInWorker: a Network is needed, which has describe\(\)/),
    ])
  })

  it('says where there are no Web Workers', async () => {
    const { TwoLayerNet } = await import('@gosa/networks')
    const { zeros } = await import('@gosa/linalg')
    const network = new TwoLayerNet({ inputSize: 2, hiddenSize: 2, outputSize: 2 })
    await expect(fitInWorker(network, { x: zeros([4, 2]), t: Uint8Array.of(0, 1, 0, 1) })).rejects.toThrow(
      'fitInWorker: there are no Web Workers here; fit trains in any engine',
    )
  })
})
