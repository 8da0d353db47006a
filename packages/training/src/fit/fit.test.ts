import { spiral } from '@gosa/datasets'
import { createRng, randomNormal, type Tensor, tensor } from '@gosa/linalg'
import { BinaryCrossEntropyWithLogits, HuberLoss, MeanSquaredErrorLoss, SoftmaxWithLoss } from '@gosa/losses'
import { buildLayers, Network, TwoLayerNet, weightsBytes } from '@gosa/networks'
import { Momentum } from '@gosa/optim'
import { describe, expect, it } from 'vitest'
import { DivergenceError, evaluate, type FitOptions, fit, plainState, r2 } from '../index.ts'
import { createOptimizer } from '../loop/optimizers.ts'
import { createTraining } from '../loop/training.ts'

const rng = createRng(4)
/** Three clouds of points. */
const t = Uint8Array.from({ length: 90 }, (_, n) => n % 3)
const x = randomNormal([90, 2], { rng, std: 0.4, dtype: 'float32' })
t.forEach((label, n) => {
  x.data[2 * n] += [0, 2, 4][label]
  x.data[2 * n + 1] += [0, 2, 0][label]
})
const data = { x, t }
const classifier = () =>
  new TwoLayerNet({ inputSize: 2, hiddenSize: 8, outputSize: 3, weightInitStd: 0.3, rng: createRng(1) })
const bits = (model: { parameters(): { name: string; value: Tensor }[] }) =>
  [...weightsBytes(Object.fromEntries(model.parameters().map(({ name, value }) => [name, value])))].join()
const regression = (loss: MeanSquaredErrorLoss | HuberLoss) =>
  new Network<Tensor>({
    ...buildLayers({
      inputShape: [2],
      layers: [{ type: 'affine', units: 16 }, { type: 'tanh' }, { type: 'affine', units: 1 }],
    }),
    loss,
  })

describe('fit', () => {
  it('trains a classifier, and returns an entry for each epoch', async () => {
    const network = classifier()
    const { history, state, stoppedEarly, best, endedBy } = await fit(network, data, {
      epochs: 30,
      batchSize: 10,
      validation: 0.2,
      metrics: ['accuracy', 'f1'],
      learningRate: 0.01,
    })
    expect(history.map(({ epoch }) => epoch)).toEqual([...Array(30).keys()].map((i) => i + 1))
    expect(history[29].iteration).toBe(30 * 8) // 72 samples are left to learn from
    expect(history[29].validation?.accuracy).toBeGreaterThan(0.9)
    expect(history[29].validation?.f1).toBeGreaterThan(0.9)
    expect(history[29].loss).toBeLessThan(history[0].loss)
    expect([state.iteration, stoppedEarly, endedBy]).toEqual([240, false, 'iterations'])
    expect(best?.validation?.loss).toBe(Math.min(...history.map(({ validation }) => validation?.loss ?? 0)))
    expect(evaluate(network, data, { metrics: ['accuracy'] }).accuracy).toBeGreaterThan(0.9)
  })

  it('trains regressions, a binary classifier, and a network with float64 samples', async () => {
    const y = tensor(Array.from({ length: 90 }, (_, n) => [Math.sin(x.at(n, 0)) + x.at(n, 1)]))
    for (const loss of [new MeanSquaredErrorLoss(), new HuberLoss()]) {
      const network = regression(loss)
      const { history } = await fit(
        network,
        { x: x.astype('float64'), t: y },
        { epochs: 100, learningRate: 0.01, metrics: ['r2'] },
      )
      expect(history.at(-1)?.training?.r2).toBeGreaterThan(0.95)
      expect(r2(y, network.predict(x))).toBeGreaterThan(0.95)
    }
    const binary = new Network({
      ...buildLayers({
        inputShape: [2],
        layers: [{ type: 'affine', units: 8 }, { type: 'relu' }, { type: 'affine', units: 1 }],
      }),
      loss: new BinaryCrossEntropyWithLogits(),
    })
    const metrics = ['accuracy', 'rocAuc', 'logLoss'] as const
    const labels = t.map((label) => (label === 1 ? 1 : 0))
    const { history } = await fit(binary, { x, t: labels }, { epochs: 60, learningRate: 0.02, metrics })
    const scores = history.at(-1)?.training
    expect(scores?.accuracy).toBeGreaterThan(0.9)
    expect(scores?.rocAuc).toBeGreaterThan(0.95)
    expect(scores?.loss).toBeCloseTo(scores?.logLoss as number, 5)
  })

  it('takes the steps of the bare loop, to the bit', async () => {
    const [one, other] = [classifier(), classifier()]
    await fit(one, data, {
      iterations: 20,
      batchSize: 10,
      optimizer: 'sgd',
      learningRate: 0.1,
      sampling: 'replacement',
      rng: createRng(3),
    })
    const optimizer = createOptimizer('sgd', { learningRate: 0.1 })
    const training = createTraining({ model: other, optimizer, data, batchSize: 10, rng: createRng(3) })
    for (let i = 0; i < 20; i++) training.step()
    expect(bits(one)).toBe(bits(other))
  })

  const options: FitOptions<Uint8Array> = {
    epochs: 9,
    batchSize: 16,
    optimizer: 'momentum',
    validation: 0.3,
    schedule: { schedule: 'cosine', warmUp: 5 },
    weightDecay: 0.001,
    clipNorm: 1,
  }

  it.each([
    ['a state', (state: unknown) => state],
    ['a structured clone of a plain state', structuredClone],
  ])('continues to the same bits from %s, at any step', async (_, copy) => {
    const whole = classifier()
    const expected = await fit(whole, data, options)
    for (const stopAt of [1, 7, 8, 20]) {
      const first = await fit(classifier(), data, {
        ...options,
        onStep: ({ iteration }) => iteration < stopAt,
      })
      expect([first.endedBy, first.state.iteration]).toEqual(['callback', stopAt])
      const model = new TwoLayerNet({ inputSize: 2, hiddenSize: 8, outputSize: 3, rng: createRng(99) })
      const state = copy(plainState(first.state)) as typeof first.state
      const rest = await fit(model, data, { ...options, state })
      expect(bits(model)).toBe(bits(whole))
      expect(rest.best?.iteration).toBe(expected.best?.iteration)
      expect(rest.history.at(-1)?.validation).toEqual(expected.history.at(-1)?.validation)
    }
  })

  it('continues to the same bits with dropout, batch normalization and class weights', async () => {
    const make = (seed: number) =>
      new Network({
        ...buildLayers({
          inputShape: [2],
          layers: [
            { type: 'affine', units: 8 },
            { type: 'batchNormalization' },
            { type: 'relu' },
            { type: 'dropout' },
            { type: 'affine', units: 3 },
          ],
          rng: createRng(seed),
        }),
        loss: new SoftmaxWithLoss(),
      })
    const own: FitOptions<Uint8Array> = { ...options, classWeights: 'balanced' }
    const [whole, model] = [make(1), make(2)]
    await fit(whole, data, own)
    const { state } = await fit(make(1), data, { ...own, onStep: ({ iteration }) => iteration < 7 })
    await fit(model, data, { ...own, state: structuredClone(plainState(state)) })
    expect(bits(model)).toBe(bits(whole))
    expect(model.buffers()).toEqual(whole.buffers())
  })

  it('stops when patience runs out, and leaves the best weights in the model', async () => {
    const network = classifier()
    const noise = { x, t: Uint8Array.from(t, () => createRng(0).integer(3)).map((_, n) => (n * 7) % 3) }
    const { best, stoppedEarly, history, state } = await fit(network, noise, {
      ...options,
      epochs: 500,
      patience: 3,
      learningRate: 1,
    })
    expect(stoppedEarly).toBe(true)
    expect(history.at(-1)?.iteration).toBe((best?.iteration ?? 0) + 3 * 4)
    expect(state.iteration).toBe(history.at(-1)?.iteration)
    expect(network.params.W1).toEqual(best?.weights.W1)
    expect(network.params.W1).not.toEqual(state.weights.W1)
  })

  it('selects the best by a metric, the highest or the lowest', async () => {
    const { best, history } = await fit(classifier(), data, {
      ...options,
      metrics: ['accuracy'],
      bestBy: 'accuracy',
    })
    const values = history.map(({ validation }) => validation?.accuracy ?? 0)
    expect(best?.validation?.accuracy).toBe(Math.max(...values))
    expect(history.filter(({ best }) => best).length).toBeGreaterThan(0)
    await expect(fit(classifier(), data, { bestBy: 'f1' })).rejects.toThrow(
      'bestBy must be one of loss, not "f1"',
    )
  })

  it('ends by an AbortSignal, by false of a callback, or by a promise of false', async () => {
    const controller = new AbortController()
    const aborted = await fit(classifier(), data, {
      ...options,
      onEpoch: ({ epoch }) => {
        if (epoch === 2) controller.abort()
      },
      signal: controller.signal,
    })
    expect([aborted.endedBy, aborted.history.length]).toEqual(['signal', 2])
    const later = async (epoch: number) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      return epoch < 3
    }
    const stopped = await fit(classifier(), data, { ...options, onEpoch: ({ epoch }) => later(epoch) })
    expect([stopped.endedBy, stopped.history.length]).toEqual(['callback', 3])
    const byStep = await fit(classifier(), data, { ...options, onStep: ({ iteration }) => later(iteration) })
    expect([byStep.endedBy, byStep.state.iteration]).toEqual(['callback', 3])
    const before = await fit(classifier(), data, { ...options, signal: AbortSignal.abort() })
    expect(before.state.iteration).toBeLessThanOrEqual(4)
  })

  it('passes on what a callback throws, and tells the observer of the end', async () => {
    const events: string[] = []
    const progress = { onEpoch: () => void events.push('epoch'), onEnd: () => void events.push('end') }
    await fit(classifier(), data, { epochs: 2, progress })
    const onEpoch = () => {
      throw new Error('my own')
    }
    await expect(fit(classifier(), data, { epochs: 2, progress, onEpoch })).rejects.toThrow('my own')
    expect(events).toEqual(['epoch', 'epoch', 'end', 'epoch', 'end'])
  })

  it('counts rare classes more with class weights, in steps alone', async () => {
    const rare = { x, t: Uint8Array.from(t, (label, n) => (label === 2 && n > 20 ? 0 : label)) }
    const own = new SoftmaxWithLoss()
    const make = () =>
      new Network({
        ...buildLayers({ inputShape: [2], layers: [{ type: 'affine', units: 3 }] }),
        loss: own,
      })
    const [plain, balanced, byHand] = [make(), make(), make()]
    await fit(plain, rare, { epochs: 20, metrics: ['recall'] })
    await fit(balanced, rare, { epochs: 20, classWeights: 'balanced' })
    const counts = [0, 1, 2].map((label) => rare.t.filter((one) => one === label).length)
    await fit(byHand, rare, { epochs: 20, classWeights: counts.map((count) => 90 / (3 * count)) })
    expect(bits(balanced)).toBe(bits(byHand))
    expect(bits(balanced)).not.toBe(bits(plain))
    expect(own.weights).toBeUndefined()
    const network = regression(new MeanSquaredErrorLoss())
    await expect(fit(network, { x, t: x.rows(0, 90) }, { classWeights: [1, 2] })).rejects.toThrow(
      'loss with weights',
    )
  })

  it('trains anything with gradient and parameters', async () => {
    const w = { name: 'w', value: tensor([5]), grad: tensor([0]) }
    const model = {
      parameters: () => [w],
      gradient(_: Tensor, t: Tensor) {
        w.grad.data[0] = 2 * (w.value.data[0] - t.data[0])
      },
    }
    const samples = { x: tensor([[0], [0]]), t: tensor([[3], [3]]) }
    const { history, best } = await fit(model, samples, {
      epochs: 50,
      batchSize: 2,
      optimizer: new Momentum({ learningRate: 0.1, momentum: 0 }),
    })
    expect(w.value.data[0]).toBeCloseTo(3, 3)
    expect(history[0].loss).toBeNaN()
    expect(best).toBeUndefined()
    const withLoss = { ...model, loss: (_: Tensor, t: Tensor) => (w.value.data[0] - t.data[0]) ** 2 }
    expect((await fit(withLoss, samples, { epochs: 1 })).history[0].loss).toBeLessThan(1)
    await expect(fit(model, samples, { metrics: ['r2'] })).rejects.toThrow('need a model with predict')
  })

  it('restores the last good weights when training diverges, and says where', async () => {
    const network = classifier()
    const diverged = fit(network, data, { epochs: 50, optimizer: 'sgd', learningRate: 1e30 })
    await expect(diverged).rejects.toBeInstanceOf(DivergenceError)
    const error = (await diverged.catch((error) => error)) as DivergenceError
    expect(error.message).toMatch(/^fit: the loss became NaN or infinite after \d+ steps/)
    expect(network.params.W1.data.every(Number.isFinite)).toBe(true)
    expect(network.params.W1).toEqual(error.state.weights.W1)
  })

  it('draws the same validation samples for the same seed, evenly from each class', async () => {
    const spirals = spiral({ classes: 3, pointsPerClass: 20, rng: createRng(0) })
    const seen: number[] = []
    const perClass = (_: Tensor, labels: unknown) => {
      seen.push(...[0, 1, 2].map((c) => [...(labels as Uint8Array)].filter((label) => label === c).length))
      return 0
    }
    const run = (seed: number) =>
      fit(new TwoLayerNet({ inputSize: 2, hiddenSize: 4, outputSize: 3 }), spirals, {
        ...{ iterations: 1, seed, validation: 0.25 },
        metrics: { perClass },
      })
    await run(1)
    expect(seen).toEqual([5, 5, 5])
    const [a, b, c] = [await run(1), await run(1), await run(2)]
    expect(a.history[0].validation).toEqual(b.history[0].validation)
    expect(a.history[0].validation).not.toEqual(c.history[0].validation)
  })

  it.each<[FitOptions<Uint8Array>, string]>([
    [{ epochs: 0 }, 'epochs must be an integer of at least 1, not 0'],
    [{ epochs: 1, iterations: 1 }, 'epochs or iterations, not both'],
    [{ batchSize: 1.5 }, 'batchSize must be an integer'],
    [{ optimizer: 'adm' as never }, 'optimizer must be one of sgd'],
    [{ metrics: ['acuracy' as never] }, 'no metric "acuracy"; did you mean accuracy?'],
    [{ validation: 0 }, 'leaves none to learn from or to validate with'],
    [{ validation: 1 }, 'leaves none'],
    [{ epoch: 3 } as never, 'there is no option epoch; did you mean epochs?'],
    [{ learningRate: -1 }, 'learningRate must be a finite number of at least 0'],
    [{ sampling: 'random' as never }, 'sampling must be epochs or replacement'],
    [{ classWeights: [1, 2] }, 'weights must be 3 finite numbers'],
  ])('refuses %j', async (wrong, message) => {
    await expect(fit(classifier(), data, wrong)).rejects.toThrow(message)
  })

  it('refuses samples that do not fit, and a state of another model', async () => {
    await expect(fit(classifier(), { x, t: t.subarray(1) })).rejects.toThrow(
      '89 targets do not fit x (90, 2)',
    )
    await expect(fit(classifier(), { x, t: [...t] as never })).rejects.toThrow('t must be class indices')
    await expect(fit(classifier(), [] as never)).rejects.toThrow(TypeError)
    await expect(fit({} as never, data)).rejects.toThrow('a model with gradient(x, t) and parameters()')
    const { state } = await fit(classifier(), data, { iterations: 1 })
    const other = new TwoLayerNet({ inputSize: 2, hiddenSize: 9, outputSize: 3 })
    await expect(fit(other, data, { state })).rejects.toThrow('the model has W1 (2, 9) float32')
  })
})
