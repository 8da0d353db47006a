import { formatCount } from '@gosa/charts/text'
import { datasetLabel } from '@gosa/cli-kit'
import type { Config } from '../options/config.ts'
import { networkLabel } from '../options/network-choice.ts'
import { labelled } from '../texts/labels.ts'
import { runTexts } from '../texts/run.ts'
import type { Run } from './run.ts'

/** The lines that `train` prints before it starts: network, images, training, length. */
export function headingLines({ config, data, training }: Run): string[] {
  const { backend, dtype } = config
  const { train, test, validation } = data
  const texts = runTexts()
  const images = texts.images(datasetLabel(data), formatCount(train.t.length), formatCount(test.t.length))
  return [
    labelled('network', [networkLabel(config), dtype, backend].join(texts.summary.separator)),
    labelled('images', validation ? texts.heldOut(images, formatCount(validation.t.length)) : images),
    labelled('training', trainingSummary(config)),
    labelled('length', lengthSummary(config, training.iteration)),
  ]
}

/** `60 iterations, or until 5 epochs bring no improvement, resumed after 20, seed 0`. */
function lengthSummary({ iterations, patience, seed }: Config, iteration: number): string {
  const texts = runTexts()
  let length = texts.length(formatCount(iterations))
  if (patience) length = texts.patience(length, patience)
  if (iteration > 0) length = texts.resumed(length, formatCount(iteration))
  return texts.seed(length, seed)
}

/** Optimizer, learning rate and batches: `sgd, learning rate 0.1, batches of 100 drawn with replacement`. */
export function trainingSummary(config: Config): string {
  const { optimizer, batchSize, sampling, weightDecay, clipNorm } = config
  const { summary } = runTexts()
  return [
    optimizer,
    learningRateSummary(config),
    sampling === 'epochs' ? summary.shuffled(batchSize) : summary.replaced(batchSize),
    ...(weightDecay > 0 ? [summary.weightDecay(weightDecay)] : []),
    ...(clipNorm > 0 ? [summary.clipNorm(clipNorm)] : []),
  ].join(summary.separator)
}

function learningRateSummary(config: Config): string {
  const { learningRate, schedule, warmUp, stepEvery = 0, stepFactor, cosineSteps, cosineFloor } = config
  const { summary } = runTexts()
  let rate = summary.learningRate(learningRate)
  if (warmUp > 0) rate = summary.warmUp(rate, formatCount(warmUp))
  if (schedule === 'step') return summary.step(rate, stepFactor, formatCount(stepEvery))
  if (schedule !== 'cosine') return rate
  const falling = summary.cosine(rate, cosineFloor ? summary.floor(cosineFloor) : '0')
  return cosineSteps === undefined ? falling : summary.cosineOver(falling, formatCount(cosineSteps))
}
