import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { histogram } from '@gosa/charts'
import { fileWriteError } from '@gosa/cli-kit'
import { type Classifier, type EpochMetrics, stepsPerEpoch } from '@gosa/training'
import type { Config } from '../options/config.ts'
import type { Observer } from './observer.ts'
import { encodeRecord, startEvent, summaryEvent, versionEvent } from './tensorboard-events.ts'

/** Saves what a run measures for TensorBoard: an event file with scalars and histograms in the folder of the run. */

/** Roughly the most histograms of each weight per run; they take up most of the file. */
const MAX_HISTOGRAMS = 100

/** The parts of a run that TensorBoard shows. */
export interface TensorBoardSource {
  folder?: string
  config: Pick<Config, 'iterations' | 'batchSize' | 'learningRate'>
  data: { train: { t: ArrayLike<number> } }
  model: Pick<Classifier, 'parameters'>
  training: { readonly iteration: number }
}

/**
 * Writes the scalars of each epoch and histograms of the weights into an event file. A run that is resumed gets another file.
 * Does nothing for a run that is not saved.
 */
export function tensorboardObserver(
  { folder, config, data, model, training }: TensorBoardSource,
  now: () => number = () => Date.now() / 1000,
): Observer {
  if (folder === undefined) return {}
  const start = training.iteration
  const perEpoch = stepsPerEpoch(data.train.t.length, config.batchSize)
  const every = Math.max(1, Math.ceil(config.iterations / perEpoch / MAX_HISTOGRAMS))
  let path: string | undefined
  return {
    async epoch(metrics) {
      const wallTime = now()
      // Voids what an older file says after this iteration, which is measured again.
      const resumed = start > 0 ? [startEvent({ wallTime, step: start + 1 })] : []
      path ??= await createEventFile(folder, wallTime, [versionEvent(wallTime), ...resumed])
      const histograms = Math.round(metrics.epoch) % every === 0 ? weightHistograms(model) : {}
      const event = summaryEvent({ wallTime, step: metrics.iteration }, scalars(metrics, config), histograms)
      await appendEvent(path, event)
    },
  }
}

/** The scalars by their tags; TensorBoard groups tags by the part before the slash. */
function scalars(metrics: EpochMetrics, config: TensorBoardSource['config']): Record<string, number> {
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

const weightHistograms = (model: TensorBoardSource['model']) =>
  Object.fromEntries(model.parameters().map(({ name, value }) => [`weights/${name}`, histogram(value.data)]))

/**
 * Creates an event file with some events in a folder, and returns its path. TensorBoard finds it by its name and reads files in
 * the order of their names, so a file that exists is left alone and the new one sorts after it.
 */
async function createEventFile(
  folder: string,
  wallTime: number,
  events: readonly Uint8Array[],
): Promise<string> {
  const stem = join(folder, `events.out.tfevents.${String(Math.floor(wallTime)).padStart(10, '0')}.gosa`)
  for (let number = 0; ; number++) {
    const path = number === 0 ? stem : `${stem}.${number}`
    try {
      await writeFile(path, Buffer.concat(events.map(encodeRecord)), { flag: 'wx' })
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw fileWriteError(path, error)
    }
  }
}

/** Appends an event as one record, in one write. */
async function appendEvent(path: string, event: Uint8Array): Promise<void> {
  await appendFile(path, encodeRecord(event)).catch((error) => {
    throw fileWriteError(path, error)
  })
}
