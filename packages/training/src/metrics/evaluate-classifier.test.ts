import { syntheticDigits } from '@gosa/datasets'
import { compress, createRng, tensor, zeros } from '@gosa/linalg'
import { NO_CLASS } from '@gosa/losses'
import { TwoLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { confusionMatrix } from './classification.ts'
import { accuracyOf, evaluateClassifier as evaluate } from './evaluate-classifier.ts'

const data = syntheticDigits({ count: 40, seed: 1 })
const network = () =>
  new TwoLayerNet({ inputSize: 784, hiddenSize: 5, outputSize: 10, weightInitStd: 0.1, rng: createRng(3) })
/** A network whose logits are its input. */
const identity = { predict: <X>(x: X) => x }

describe('evaluate', () => {
  it("agrees with the network's own accuracy and loss", () => {
    const model = network()
    const { accuracy, loss, predicted } = evaluate(model, data)
    expect(accuracy).toBe(model.accuracy(data.x, data.t))
    expect(loss).toBeCloseTo(model.loss(data.x, data.t), 12)
    expect(predicted).toHaveLength(40)
  })

  it('agrees with accuracyOf, and gives the same for compressed images', () => {
    const model = network()
    const whole = evaluate(model, data)
    const compressed = { ...data, x: compress(data.x) }
    expect(accuracyOf(model, data)).toBe(whole.accuracy)
    expect(accuracyOf(model, compressed)).toBe(whole.accuracy)
    expect(evaluate(model, compressed)).toEqual(whole)
  })

  it('predicts class indices above 255', () => {
    // The network returns its input: sample n has its largest logit at class 298 + n.
    const logits = zeros([2, 300])
    logits.data[298] = logits.data[300 + 299] = 1
    const samples = { x: logits, t: Uint8Array.of(298 % 256, 299 % 256) }
    expect(evaluate(identity, samples).predicted).toEqual(Int32Array.of(298, 299))
    expect(evaluate(identity, samples).accuracy).toBe(0)
  })

  it('counts samples whose logits contain NaN as wrong, whatever their label', () => {
    const x = tensor([
      [Number.NaN, Number.NaN],
      [1, Number.NaN],
      [1, 0],
    ])
    const samples = { x, t: Uint8Array.of(0, 1, 0) }
    const { accuracy, predicted } = evaluate(identity, samples)
    expect(predicted).toEqual(Int32Array.of(NO_CLASS, NO_CLASS, 0))
    expect(accuracy).toBe(1 / 3)
    expect(accuracyOf(identity, samples)).toBe(1 / 3)
  })
})

describe('confusionMatrix', () => {
  it('counts in row label and column prediction', () => {
    expect(confusionMatrix(Uint8Array.of(0, 0, 1, 2, 2, 2), [0, 1, 1, 0, 2, 2], 3)).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [1, 0, 2],
    ])
  })

  it('is zero everywhere without samples', () => {
    expect(confusionMatrix([], [], 2)).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  it('throws for lists of different lengths and for class indices out of range', () => {
    expect(() => confusionMatrix([0], [0, 1], 2)).toThrow('1 labels, but 2 predictions')
    expect(() => confusionMatrix([0, 2], [0, 1], 2)).toThrow(
      'sample 1 has label 2 and prediction 1, but there are 2 classes',
    )
    expect(() => confusionMatrix([0, 1], [0, -2], 2)).toThrow('sample 1 has label 1 and prediction -2')
    expect(() => confusionMatrix([0, -1], [0, 1], 2)).toThrow('sample 1 has label -1 and prediction 1')
    expect(() => confusionMatrix([Number.NaN], [0], 2)).toThrow('sample 0 has label NaN')
  })

  it('leaves out samples without a prediction', () => {
    expect(confusionMatrix([0, 1, 1], [0, NO_CLASS, 0], 2)).toEqual([
      [1, 0],
      [1, 0],
    ])
  })
})
