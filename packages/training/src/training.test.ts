import { sampleBatch, syntheticDigits } from '@gosa/datasets'
import { axpy, compress, createRng, takeRows } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { accuracyOf, evaluate } from './evaluate.ts'
import {
  createOptimizer,
  decaysItself,
  OPTIMIZERS,
  type OptimizerName,
  optimizerDefaults,
} from './optimizers.ts'
import { SAMPLINGS, type Sampling } from './sampler.ts'
import { learningRateAt } from './schedule.ts'
import type { TrainingState } from './state.ts'
import { createTraining } from './training.ts'
import { weightsBytes, weightsOf } from './weights.ts'

const data = syntheticDigits({ count: 40, seed: 1 })
const network = () =>
  new TwoLayerNet({ inputSize: 784, hiddenSize: 5, outputSize: 10, weightInitStd: 0.1, rng: createRng(3) })

function training(learningRate = 0.1) {
  const model = network()
  const optimizer = createOptimizer('sgd', { learningRate })
  return { model, training: createTraining({ model, optimizer, data, batchSize: 8, rng: createRng(5) }) }
}

describe('a step of training', () => {
  it('is w − η·g for a batch drawn with replacement, and answers the loss before it', () => {
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

  it('has the same bits with compressed images', () => {
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

  it('is not taken where the loss is no number', () => {
    const { model, training: trained } = training()
    model.params.b2.data[0] = Number.NaN
    const before = weightsBytes(weightsOf(model))
    expect(trained.step()).toBeNaN()
    expect(trained.iteration).toBe(0)
    expect(weightsBytes(weightsOf(model))).toEqual(before)
  })

  it('counts for the mean loss until that is taken', () => {
    const { training: trained } = training()
    const losses = [trained.step(), trained.step()]
    expect(trained.takeMeanLoss()).toBe((losses[0] + losses[1]) / 2)
    expect(trained.takeMeanLoss()).toBeNaN()
  })
})

describe('training that stops and goes on', () => {
  const schedule = { learningRate: 0.1, schedule: 'cosine', warmUp: 3, cosineSteps: 20 } as const
  const rules = { weightDecay: 0.01, clipNorm: 0.5 }
  const rate = (i: number) => learningRateAt(schedule, i)

  /** Training of a new network, or of one that goes on from a state. */
  function begin(name: OptimizerName, sampling: Sampling, from?: TrainingState) {
    const model = network()
    const optimizer = createOptimizer(name)
    if (from) Object.assign(model.params, from.weights)
    if (from) optimizer.load(from.optimizer)
    const rng = createRng(from?.rng ?? 5)
    return createTraining({ model, optimizer, data, batchSize: 12, rng, sampling, rate, rules, from })
  }

  it.each(OPTIMIZERS.flatMap((name) => SAMPLINGS.map((sampling) => [name, sampling] as const)))(
    'with %s and %s ends with the bits of training that did not stop',
    (name, sampling) => {
      const unbroken = begin(name, sampling)
      for (let i = 0; i < 11; i++) unbroken.step()

      const begun = begin(name, sampling)
      for (let i = 0; i < 6; i++) begun.step()
      const from = begun.state()
      begun.step()
      const goesOn = begin(name, sampling, from)
      for (let i = 0; i < 5; i++) goesOn.step()

      expect(goesOn.state()).toEqual(unbroken.state())
      expect(weightsBytes(goesOn.state().weights)).toEqual(weightsBytes(unbroken.state().weights))
    },
  )
})

describe('training with shuffled epochs', () => {
  it('takes every image once, the last ones in a smaller batch', () => {
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

describe('the learning rate', () => {
  it('is that of the schedule at every step', () => {
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

describe('optimizers by name', () => {
  it('have a learning rate that suits them, or the one given', () => {
    expect(createOptimizer('sgd').learningRate).toBe(0.1)
    expect(createOptimizer('adam').learningRate).toBe(0.001)
    for (const name of OPTIMIZERS) expect(createOptimizer(name, { learningRate: 0.5 }).learningRate).toBe(0.5)
  })

  it('have no weight decay of their own, but for AdamW', () => {
    const own = Object.fromEntries(OPTIMIZERS.map((name) => [name, optimizerDefaults(name).weightDecay]))
    const { adamw, ...others } = own
    expect(adamw).toBe(0.01)
    expect(Object.values(others)).toEqual(Object.values(others).map(() => 0))
    expect(createOptimizer('adamw', { weightDecay: 0.5 })).toMatchObject({ weightDecay: 0.5 })
    expect(OPTIMIZERS.filter(decaysItself)).toEqual(['adamw'])
  })
})

describe('an evaluation', () => {
  it("agrees with the network's own accuracy and loss", () => {
    const model = network()
    const { accuracy, loss, predicted } = evaluate(model, data)
    expect(accuracy).toBe(model.accuracy(data.x, data.t))
    expect(loss).toBeCloseTo(model.loss(data.x, data.t), 12)
    expect(predicted).toHaveLength(40)
  })

  it('gives the accuracy alone too, and the same of compressed images', () => {
    const model = network()
    const whole = evaluate(model, data)
    const compressed = { ...data, x: compress(data.x) }
    expect(accuracyOf(model, data)).toBe(whole.accuracy)
    expect(accuracyOf(model, compressed)).toBe(whole.accuracy)
    expect(evaluate(model, compressed)).toEqual(whole)
  })
})
