import type { Session } from '../session/session.ts'
import { count } from './numbers.ts'
import { remarked } from './remarked.ts'

/** What a run is about to do, for people: a line for the network, one for the images, one for how it learns. */
export function heading({ config, data, training }: Session): string[] {
  const { layers, activation, optimizer, learningRate, batchSize, iterations, seed, backend, dtype } = config
  const goingOn = training.iteration > 0 ? `, going on after ${count(training.iteration)}` : ''
  return [
    `network    ${layers.join('-')}, ${activation}, ${dtype}, ${backend}`,
    `images     ${remarked(data)}: ${count(data.train.labels.length)} to train, ${count(data.test.labels.length)} to test`,
    `training   ${optimizer}, learning rate ${learningRate}, batches of ${batchSize} drawn with replacement`,
    `length     ${count(iterations)} iterations${goingOn}, seed ${seed}`,
  ]
}
