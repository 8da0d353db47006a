import { describe, expect, it } from 'vitest'
import { createRng, Tensor, tensor } from './index.ts'
import { checkOptions, checkRng, checkTensor, didYouMean, showValue } from './options.ts'

interface Training {
  learningRate?: number
  batchSize?: number
}

const check = (options: unknown, required: readonly (keyof Training)[] = []) =>
  checkOptions('train', options as Training, ['learningRate', 'batchSize'], required)

describe('checkOptions', () => {
  it('returns the options themselves, or an empty object if there are none', () => {
    const options = { learningRate: 0.1 }
    expect(check(options)).toBe(options)
    expect(check(undefined)).toEqual({})
  })

  it.each([
    [{ lr: 1 }, 'train: there is no option lr; did you mean learningRate?'],
    [{ batch_size: 1 }, 'train: there is no option batch_size; did you mean batchSize?'],
    [{ momentum: 1 }, 'train: there is no option momentum; options are learningRate, batchSize'],
    [
      { learningRate: 1, batchsize: undefined },
      'train: there is no option batchsize; did you mean batchSize?',
    ],
  ])('refuses a key that is none: %o', (options, message) => {
    expect(() => check(options)).toThrow(new TypeError(message))
  })

  it.each([
    [0.1, '0.1'],
    [null, 'null'],
    ['sgd', '"sgd"'],
    [[0.1], 'an array'],
    [new Map(), 'a Map'],
    [tensor([1]), 'a tensor'],
    [() => 1, 'a function'],
  ])('refuses what is no object of options: %o', (options, shown) => {
    const message =
      shown === 'a tensor'
        ? 'train: there is no option shape; options are learningRate, batchSize'
        : `train: options must be { learningRate, batchSize }, not ${shown}`
    expect(() => check(options)).toThrow(new TypeError(message))
  })

  it('names an option that is required and missing', () => {
    expect(() => check({ batchSize: 1 }, ['learningRate'])).toThrow(
      'train: the option learningRate is missing',
    )
    expect(() => check(undefined, ['learningRate'])).toThrow(
      'train: options must be { learningRate, batchSize }, not undefined',
    )
  })
})

describe('checkTensor', () => {
  it('says what came and how to convert it', () => {
    expect(() => checkTensor('loss', 'x', tensor([1]))).not.toThrow()
    expect(() => checkTensor('loss', 'x', [[1]])).toThrow(
      new TypeError('loss: x must be a tensor, not an array: tensor(…) converts arrays'),
    )
    expect(() => checkTensor('loss', 'x', new Uint8Array(1))).toThrow(
      'not a Uint8Array: tensor(…) converts arrays',
    )
    expect(() => checkTensor('loss', 'x', undefined)).toThrow('loss: x must be a tensor, not undefined')
    expect(() => checkTensor('loss', 'x', { data: new Float64Array(1), shape: [1] })).toThrow(
      /not a tensor of another copy of @gosa\/linalg .*: load one copy, or convert it with tensor\(/,
    )
  })
})

describe('checkRng', () => {
  it('takes a generator only', () => {
    expect(() => checkRng('batches', createRng(0))).not.toThrow()
    expect(() => checkRng('batches', 3)).toThrow(
      new TypeError('batches: rng must be a generator such as createRng(0), not 3'),
    )
    expect(() => checkRng('batches', null)).toThrow('not null')
  })
})

describe('didYouMean', () => {
  it.each([
    ['lr', 'learningRate'],
    ['learnigRate', 'learningRate'],
    ['learningRtae', 'learningRate'],
    ['LEARNING_RATE', 'learningRate'],
    ['hidden', 'hiddenSize'],
    ['units', 'hiddenSize'],
    ['seed', 'rng'],
    ['keepdims', 'keepDims'],
    ['dim', 'axis'],
    ['eps', 'epsilon'],
  ])('%s means %s', (word, meant) => {
    const known = ['learningRate', 'hiddenSize', 'keepDims', 'rng', 'axis', 'epsilon']
    expect(didYouMean(word, known)).toBe(`; did you mean ${meant}?`)
  })

  it.each(['x', 'rate of fire', 'optimizer', ''])('%j means none of these', (word) => {
    expect(didYouMean(word, ['learningRate', 'h', 'rng', 'axis'])).toBe('')
  })
})

describe('showValue', () => {
  it.each([
    [NaN, 'NaN'],
    [10n, '10'],
    [Symbol('s'), 'Symbol(s)'],
    ['x'.repeat(99), `"${'x'.repeat(40)}…"`],
    [Tensor, 'the class Tensor'],
    [{}, 'an object'],
    [new Int32Array(2), 'an Int32Array'],
    [Object.create(null), 'an object'],
  ])('%o', (value, shown) => {
    expect(showValue(value)).toBe(shown)
  })
})
