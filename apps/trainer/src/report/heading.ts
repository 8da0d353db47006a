import type { Session } from '../session/session.ts'
import { learningWords } from './learning-words.ts'
import { count } from './numbers.ts'
import { remarked } from './remarked.ts'

/** What a run is about to do, for people: a line for the network, one for the images, one for how it learns. */
export function heading({ config, data, training }: Session): string[] {
  const { layers, activation, iterations, patience, seed, backend, dtype } = config
  const aside = data.validation ? `, ${count(data.validation.labels.length)} set aside` : ''
  const patient = patience ? `, or until ${patience} epochs bring nothing better` : ''
  const goingOn = training.iteration > 0 ? `, going on after ${count(training.iteration)}` : ''
  return [
    `network    ${layers.join('-')}, ${activation}, ${dtype}, ${backend}`,
    `images     ${remarked(data)}: ${count(data.train.labels.length)} to train, ${count(data.test.labels.length)} to test${aside}`,
    `training   ${learningWords(config)}`,
    `length     ${count(iterations)} iterations${patient}${goingOn}, seed ${seed}`,
  ]
}
