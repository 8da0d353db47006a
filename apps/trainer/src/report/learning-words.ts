import type { Config } from '../config/config.ts'
import { count } from './numbers.ts'

/** How a run learns, in words: `sgd, learning rate 0.1, batches of 100 drawn with replacement`. */
export function learningWords(config: Config): string {
  const { optimizer, learningRate, batchSize, sampling, weightDecay, clipNorm } = config
  const drawn = sampling === 'epochs' ? 'of shuffled epochs' : 'drawn with replacement'
  return [
    optimizer,
    `learning rate ${learningRate}${scheduleWords(config)}`,
    `batches of ${batchSize} ${drawn}`,
    ...(weightDecay > 0 ? [`weight decay ${weightDecay}`] : []),
    ...(clipNorm > 0 ? [`gradients clipped to ${clipNorm}`] : []),
  ].join(', ')
}

function scheduleWords({
  schedule,
  warmUp,
  stepEvery = 0,
  stepFactor,
  cosineSteps,
  cosineFloor,
}: Config): string {
  const warm = warmUp > 0 ? ` after ${count(warmUp)} steps of warm-up` : ''
  if (schedule === 'step') return `${warm}, times ${stepFactor} each ${count(stepEvery)} steps`
  if (schedule === 'cosine') {
    const length = cosineSteps === undefined ? '' : ` over ${count(cosineSteps)} steps`
    return `${warm}, down to ${cosineFloor ? `${cosineFloor} of that` : '0'} by a cosine${length}`
  }
  return warm
}
