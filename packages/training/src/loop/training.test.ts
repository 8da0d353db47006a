import { sampleBatch, syntheticDigits } from '@gosa/datasets'
import { axpy, compress, createRng, takeRows, zeros } from '@gosa/linalg'
import type { Labels } from '@gosa/losses'
import { TwoLayerNet, weightsBytes } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { weightsOf } from './classifier.ts'
import { learningRateAt } from './learning-rate-schedule.ts'
import { createOptimizer, OPTIMIZERS, type OptimizerName } from './optimizers.ts'
import { SAMPLINGS, type Sampling } from './sampler.ts'
import type { TrainingState } from './state.ts'
import { createTraining } from './training.ts'

const data = syntheticDigits({ count: 40, seed: 1 })
const network = () =>
  new TwoLayerNet({ inputSize: 784, hiddenSize: 5, outputSize: 10, weightInitStd: 0.1, rng: createRng(3) })

function training(learningRate = 0.1) {
  const model = network()
  const optimizer = createOptimizer('sgd', { learningRate })
  return { model, training: createTraining({ model, optimizer, data, batchSize: 8, rng: createRng(5) }) }
}

describe('a training step', () => {
  it('is w − η·g for a batch drawn with replacement, and returns the loss before it', () => {
    const { model, training: trained } = training()
    const own = network()
    const rng = createRng(5)
    for (let i = 0; i < 3; i++) {
      const drawn = sampleBatch(40, 8, rng)
      const [x, t] = [takeRows(data.x, drawn), Uint8Array.from(drawn, (n) => data.t[n])]
      const loss = own.loss(x, t)
      own.gradient(x, t)
      for (const { value, grad } of own.parameters()) axpy(-0.1, grad, value)
      expect(trained.step()).toBe(loss)
    }
    expect(weightsOf(model)).toEqual(weightsOf(own))
    expect(trained.iteration).toBe(3)
  })

  it('gives the same bits for compressed images', () => {
    const [plain, model] = [training(), network()]
    const optimizer = createOptimizer('sgd', { learningRate: 0.1 })
    const x = compress(data.x)
    expect(x).not.toBe(data.x)
    const other = createTraining({
      model,
      optimizer,
      data: { ...data, x },
      batchSize: 8,
      rng: createRng(5),
    })
    for (let i = 0; i < 3; i++) expect(other.step()).toBe(plain.training.step())
    expect(weightsBytes(weightsOf(model))).toEqual(weightsBytes(weightsOf(plain.model)))
  })

  it('is not taken if the loss is NaN', () => {
    const { model, training: trained } = training()
    model.params.b2.data[0] = Number.NaN
    const before = weightsBytes(weightsOf(model))
    expect(trained.step()).toBeNaN()
    expect(trained.iteration).toBe(0)
    expect(weightsBytes(weightsOf(model))).toEqual(before)
  })

  it('contributes to the mean loss until takeMeanLoss', () => {
    const { training: trained } = training()
    const losses = [trained.step(), trained.step()]
    expect(trained.takeMeanLoss()).toBe((losses[0] + losses[1]) / 2)
    expect(trained.takeMeanLoss()).toBeNaN()
  })
})

describe('resumed training', () => {
  const schedule = { learningRate: 0.1, schedule: 'cosine', warmUp: 3, cosineSteps: 20 } as const
  const rules = { weightDecay: 0.01, clipNorm: 0.5 }
  const rate = (i: number) => learningRateAt(schedule, i)

  /** Training of a new network, or resumed from a state. */
  function begin(name: OptimizerName, sampling: Sampling, from?: TrainingState) {
    const model = network()
    const optimizer = createOptimizer(name)
    if (from) Object.assign(model.params, from.weights)
    if (from) optimizer.load(from.optimizer)
    const rng = createRng(from?.rng ?? 5)
    return createTraining({ model, optimizer, data, batchSize: 12, rng, sampling, rate, rules, from })
  }

  it.each(OPTIMIZERS.flatMap((name) => SAMPLINGS.map((sampling) => [name, sampling] as const)))(
    'with %s and sampling %s ends with the same bits as uninterrupted training',
    (name, sampling) => {
      const uninterrupted = begin(name, sampling)
      for (let i = 0; i < 11; i++) uninterrupted.step()

      const interrupted = begin(name, sampling)
      for (let i = 0; i < 6; i++) interrupted.step()
      const from = interrupted.state()
      interrupted.step()
      const resumed = begin(name, sampling, from)
      for (let i = 0; i < 5; i++) resumed.step()

      expect(resumed.state()).toEqual(uninterrupted.state())
      expect(weightsBytes(resumed.state().weights)).toEqual(weightsBytes(uninterrupted.state().weights))
    },
  )
})

describe('training with shuffled epochs', () => {
  it('draws every sample once per epoch, the last ones in a smaller batch', () => {
    const optimizer = createOptimizer('sgd')
    const parts = { optimizer, data, batchSize: 12, rng: createRng(5), sampling: 'epochs' } as const
    const training = createTraining({ ...parts, model: network() })
    const taken = Array.from({ length: 5 }, () => {
      const before = training.samples
      training.step()
      return training.samples - before
    })
    expect(taken).toEqual([12, 12, 12, 4, 12])
  })
})

describe('the learning rate of training', () => {
  it('follows the schedule at every step', () => {
    const model = network()
    const optimizer = createOptimizer('sgd')
    const rate = (i: number) => 0.1 / (i + 1)
    const scheduled = createTraining({ model, optimizer, data, batchSize: 8, rng: createRng(5), rate })
    const own = network()
    const rng = createRng(5)
    for (let i = 0; i < 3; i++) {
      const drawn = sampleBatch(40, 8, rng)
      own.gradient(
        takeRows(data.x, drawn),
        Uint8Array.from(drawn, (n) => data.t[n]),
      )
      for (const { value, grad } of own.parameters()) axpy(-0.1 / (i + 1), grad, value)
      scheduled.step()
      expect(scheduled.learningRate).toBe(0.1 / (i + 1))
    }
    expect(weightsOf(model)).toEqual(weightsOf(own))
  })
})

describe('training with more than 256 classes', () => {
  it('keeps class indices above 255', () => {
    const t = Int32Array.of(299)
    const seen: number[] = []
    const model = network()
    const watched = {
      parameters: () => model.parameters(),
      predict: model.predict.bind(model),
      lossAndGradient(_x: unknown, labels: Labels) {
        seen.push(...(labels as Int32Array))
        return { loss: Number.NaN }
      },
    }
    const data = { x: zeros([1, 784], { dtype: 'float32' }), t }
    const optimizer = createOptimizer('sgd')
    createTraining({ model: watched, optimizer, data, batchSize: 2, rng: createRng(0) }).step()
    expect(seen).toEqual([299, 299])
  })
})
