import { expect, it } from 'vitest'
import type { Config } from '../config/config.ts'
import { learningWords } from './learning-words.ts'

const plain = {
  ...{ optimizer: 'sgd', learningRate: 0.1, batchSize: 100, sampling: 'replacement' },
  ...{ schedule: 'constant', warmUp: 0, weightDecay: 0, clipNorm: 0 },
} as Config

it.each<[Partial<Config>, string]>([
  [{}, 'sgd, learning rate 0.1, batches of 100 drawn with replacement'],
  [
    { sampling: 'epochs', weightDecay: 0.01, clipNorm: 5 },
    'sgd, learning rate 0.1, batches of 100 of shuffled epochs, weight decay 0.01, gradients clipped to 5',
  ],
  [
    { schedule: 'step', stepEvery: 1000, stepFactor: 0.5, warmUp: 10 },
    'sgd, learning rate 0.1 after 10 steps of warm-up, times 0.5 each 1,000 steps, batches of 100 drawn with replacement',
  ],
  [
    { schedule: 'cosine', cosineFloor: 0 },
    'sgd, learning rate 0.1, down to 0 by a cosine, batches of 100 drawn with replacement',
  ],
  [
    { schedule: 'cosine', cosineFloor: 0.1, cosineSteps: 500 },
    'sgd, learning rate 0.1, down to 0.1 of that by a cosine over 500 steps, batches of 100 drawn with replacement',
  ],
])('a run with %j is said to learn by %s', (config, words) => {
  expect(learningWords({ ...plain, ...config })).toBe(words)
})
