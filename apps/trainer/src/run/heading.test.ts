import { expect, it } from 'vitest'
import type { Config } from '../options/config.ts'
import { trainingSummary } from './heading.ts'

const plain = {
  ...{ optimizer: 'sgd', learningRate: 0.1, batchSize: 100, sampling: 'replacement' },
  ...{ schedule: 'constant', warmUp: 0, weightDecay: 0, clipNorm: 0 },
} as Config

it.each<[Partial<Config>, string]>([
  [{}, 'sgd, learning rate 0.1, batches of 100 drawn with replacement'],
  [
    { sampling: 'epochs', weightDecay: 0.01, clipNorm: 5 },
    'sgd, learning rate 0.1, batches of 100 of shuffled epochs, weight decay 0.01, gradients clipped to norm 5',
  ],
  [
    { schedule: 'step', stepEvery: 1000, stepFactor: 0.5, warmUp: 10 },
    'sgd, learning rate 0.1 after a warm-up of 10 iterations, times 0.5 every 1,000 iterations, batches of 100 drawn with replacement',
  ],
  [
    { schedule: 'cosine', cosineFloor: 0 },
    'sgd, learning rate 0.1, falling to 0 by a cosine, batches of 100 drawn with replacement',
  ],
  [
    { schedule: 'cosine', cosineFloor: 0.1, cosineSteps: 500 },
    'sgd, learning rate 0.1, falling to 0.1 of it by a cosine over 500 iterations, batches of 100 drawn with replacement',
  ],
])('trainingSummary describes %j as %s', (config, words) => {
  expect(trainingSummary({ ...plain, ...config })).toBe(words)
})
