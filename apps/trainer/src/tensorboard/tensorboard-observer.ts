import { type Classifier, stepsPerEpoch } from '@gosa/training'
import type { Config } from '../config/config.ts'
import { histogram } from '../report/histogram.ts'
import type { Observer } from '../report/observer.ts'
import type { EpochMetrics } from '../run/metrics.ts'
import { startEvent, summaryEvent, versionEvent } from './event.ts'
import { appendEvent, newEventFile } from './event-file.ts'

/** At most about as many histograms of each weight are kept of a run, which are most of what is kept. */
const HISTOGRAMS = 100

export interface Logged {
  folder?: string
  config: Pick<Config, 'iterations' | 'batchSize' | 'learningRate'>
  data: { train: { labels: ArrayLike<number> } }
  model: Pick<Classifier, 'parameters'>
  training: { readonly iteration: number }
}

/**
 * Keeps what is measured in an event file of the run's folder, which TensorBoard shows: scalars of each epoch, and
 * histograms of the weights. A run that goes on gets another file. Where nothing is kept, there is nobody to do it.
 */
export function tensorboardObserver(
  { folder, config, data, model, training }: Logged,
  now: () => number = () => Date.now() / 1000,
): Observer[] {
  if (folder === undefined) return []
  const begun = training.iteration
  const perEpoch = stepsPerEpoch(data.train.labels.length, config.batchSize)
  const every = Math.max(1, Math.ceil(config.iterations / perEpoch / HISTOGRAMS))
  let path: string | undefined
  return [
    {
      async epoch(metrics) {
        const wallTime = now()
        // What was written before a run was killed, and is measured again, lies behind this step.
        const goingOn = begun > 0 ? [startEvent({ wallTime, step: begun + 1 })] : []
        path ??= await newEventFile(folder, wallTime, [versionEvent(wallTime), ...goingOn])
        const drawn = Math.round(metrics.epoch) % every === 0 ? histogramsOf(model) : {}
        await appendEvent(
          path,
          summaryEvent({ wallTime, step: metrics.iteration }, scalarsOf(metrics, config), drawn),
        )
      },
    },
  ]
}

/** By TensorBoard's tags, of which those with one beginning are shown together. */
function scalarsOf(metrics: EpochMetrics, config: Logged['config']): Record<string, number> {
  const { validationLoss, validationAccuracy } = metrics
  return {
    'loss/train': metrics.loss,
    'loss/test': metrics.testLoss,
    ...(validationLoss !== undefined && { 'loss/validation': validationLoss }),
    'accuracy/train': metrics.trainAccuracy,
    'accuracy/test': metrics.testAccuracy,
    ...(validationAccuracy !== undefined && { 'accuracy/validation': validationAccuracy }),
    'training/learning rate': metrics.learningRate ?? config.learningRate,
    'training/samples per second': metrics.samplesPerSecond,
  }
}

const histogramsOf = (model: Logged['model']) =>
  Object.fromEntries(model.parameters().map(({ name, value }) => [`weights/${name}`, histogram(value.data)]))
