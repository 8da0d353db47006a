import { sampleBatch, syntheticDigits } from '@gosa/datasets'
import { axpy, compress, createRng, takeRows } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { weightsOf, weightsSha256 } from '../model/weights.ts'
import { createEvaluator, evaluate } from './evaluate.ts'
import { createOptimizer, OPTIMIZERS } from './optimizers.ts'
import { createTraining } from './training.ts'

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
      const [x, t] = [takeRows(data.images, drawn), Uint8Array.from(drawn, (n) => data.labels[n])]
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
    const images = compress(data.images)
    expect(images).not.toBe(data.images)
    const other = createTraining({
      model,
      optimizer,
      data: { ...data, images },
      batchSize: 8,
      rng: createRng(5),
    })
    for (let i = 0; i < 3; i++) expect(other.step()).toBe(plain.training.step())
    expect(weightsSha256(weightsOf(model))).toBe(weightsSha256(weightsOf(plain.model)))
  })

  it('is not taken where the loss is no number', () => {
    const { model, training: trained } = training()
    model.params.b2.data[0] = Number.NaN
    const before = weightsSha256(weightsOf(model))
    expect(trained.step()).toBeNaN()
    expect(trained.iteration).toBe(0)
    expect(weightsSha256(weightsOf(model))).toBe(before)
  })

  it('counts for the mean loss until that is taken', () => {
    const { training: trained } = training()
    const losses = [trained.step(), trained.step()]
    expect(trained.takeMeanLoss()).toBe((losses[0] + losses[1]) / 2)
    expect(trained.takeMeanLoss()).toBeNaN()
  })
})

describe('training that stops and goes on', () => {
  it.each(OPTIMIZERS)('with %s ends with the bits of training that did not stop', (name) => {
    const [whole, first, second] = [network(), network(), network()]
    const parts = { data, batchSize: 8 }
    const unbroken = createTraining({
      ...parts,
      model: whole,
      optimizer: createOptimizer(name),
      rng: createRng(5),
    })
    for (let i = 0; i < 6; i++) unbroken.step()

    const begun = createTraining({
      ...parts,
      model: first,
      optimizer: createOptimizer(name),
      rng: createRng(5),
    })
    for (let i = 0; i < 3; i++) begun.step()
    const from = begun.state()
    begun.step()
    Object.assign(second.params, from.weights)
    const optimizer = createOptimizer(name)
    optimizer.load(from.optimizer)
    const goesOn = createTraining({ ...parts, model: second, optimizer, rng: createRng(from.rng), from })
    for (let i = 0; i < 3; i++) goesOn.step()

    expect(goesOn.state()).toEqual(unbroken.state())
    expect(weightsSha256(weightsOf(second))).toBe(weightsSha256(weightsOf(whole)))
  })
})

describe('optimizers by name', () => {
  it('have a learning rate that suits them, or the one given', () => {
    expect(createOptimizer('sgd').learningRate).toBe(0.1)
    expect(createOptimizer('adam').learningRate).toBe(0.001)
    for (const name of OPTIMIZERS) expect(createOptimizer(name, { learningRate: 0.5 }).learningRate).toBe(0.5)
  })
})

describe('an evaluation', () => {
  it("agrees with the network's own accuracy and loss", () => {
    const model = network()
    const { accuracy, loss, predicted } = evaluate(model, data)
    expect(accuracy).toBe(model.accuracy(data.images, data.labels))
    expect(loss).toBeCloseTo(model.loss(data.images, data.labels), 12)
    expect(predicted).toHaveLength(40)
  })

  it('counts every sample where they are evaluated in parts, those of the last one too', () => {
    const model = network()
    const whole = evaluate(model, data)
    for (const images of [data.images, compress(data.images)]) {
      const inParts = createEvaluator(model, { ...data, images }, 110)
      for (const { accuracy, loss, predicted } of [inParts(), inParts()]) {
        expect([accuracy, predicted]).toEqual([whole.accuracy, whole.predicted])
        expect(loss).toBeCloseTo(whole.loss, 12)
      }
    }
  })
})
