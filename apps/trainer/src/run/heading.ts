import { formatCount } from '@gosa/charts/text'
import { datasetLabel } from '@gosa/cli-kit'
import type { Config } from '../options/config.ts'
import type { Run } from './run.ts'

/** The lines that `train` prints before it starts: network, images, training, length. */
export function headingLines({ config, data, training }: Run): string[] {
  const { layers, activation, iterations, patience, seed, backend, dtype } = config
  const heldOut = data.validation ? `, ${formatCount(data.validation.t.length)} for validation` : ''
  const earlyStop = patience ? `, or until ${patience} epochs bring no improvement` : ''
  const resumed = training.iteration > 0 ? `, resumed after ${formatCount(training.iteration)}` : ''
  return [
    `network    ${layers.join('-')}, ${activation}, ${dtype}, ${backend}`,
    `images     ${datasetLabel(data)}: ${formatCount(data.train.t.length)} for training, ${formatCount(data.test.t.length)} for testing${heldOut}`,
    `training   ${trainingSummary(config)}`,
    `length     ${formatCount(iterations)} iterations${earlyStop}${resumed}, seed ${seed}`,
  ]
}

/** Optimizer, learning rate and batches: `sgd, learning rate 0.1, batches of 100 drawn with replacement`. */
export function trainingSummary(config: Config): string {
  const { optimizer, learningRate, batchSize, sampling, weightDecay, clipNorm } = config
  const drawn = sampling === 'epochs' ? 'of shuffled epochs' : 'drawn with replacement'
  return [
    optimizer,
    `learning rate ${learningRate}${scheduleSummary(config)}`,
    `batches of ${batchSize} ${drawn}`,
    ...(weightDecay > 0 ? [`weight decay ${weightDecay}`] : []),
    ...(clipNorm > 0 ? [`gradients clipped to norm ${clipNorm}`] : []),
  ].join(', ')
}

function scheduleSummary(config: Config): string {
  const { schedule, warmUp, stepEvery = 0, stepFactor, cosineSteps, cosineFloor } = config
  const warm = warmUp > 0 ? ` after a warm-up of ${formatCount(warmUp)} iterations` : ''
  if (schedule === 'step') return `${warm}, times ${stepFactor} every ${formatCount(stepEvery)} iterations`
  if (schedule === 'cosine') {
    const length = cosineSteps === undefined ? '' : ` over ${formatCount(cosineSteps)} iterations`
    return `${warm}, falling to ${cosineFloor ? `${cosineFloor} of it` : '0'} by a cosine${length}`
  }
  return warm
}
