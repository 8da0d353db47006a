import { basename, join, resolve } from 'node:path'
import type { NamedData } from '@gosa/cli-kit'
import type { TrainingOutcome as Outcome } from '@gosa/training'
import { type Classifier, type Curve, stepsPerEpoch } from '@gosa/training'
import type { Config } from '../config/config.ts'
import { weightsSha256 } from '../model/weights-sha256.ts'
import { readEpochs } from '../report/read-epochs.ts'
import { writeFileWhole } from '../run/write-file.ts'
import { scheduleOf } from '../session/session.ts'
import { commandLine } from './command-line.ts'
import { endingOf } from './ending.ts'
import { machine } from './machine.ts'
import { report } from './report.ts'

/** The name of the report in a run's folder. */
export const REPORT = 'report.html'

export interface Finished {
  config: Config
  data: NamedData
  model: Classifier
}

/**
 * Writes the report of a run that has ended, as far as it came, into its folder; an older one of the same run gives way.
 * Answers its path. The model gets the weights that are kept, which matters where the last ones are not good.
 */
export async function writeReport(
  folder: string,
  { config, data, model }: Finished,
  outcome: Outcome,
  losses: Curve,
): Promise<string> {
  const { weights, iterations, ...ending } = endingOf(outcome, config.iterations)
  for (const { name, value } of model.parameters()) value.data.set(weights[name].data)
  const text = report({
    ...{ config, data, model, ...ending },
    name: basename(resolve(folder)),
    epochs: await readEpochs(folder, outcome.kind === 'done' ? Infinity : ending.iteration),
    batches: losses.points(),
    perEpoch: stepsPerEpoch(data.train.labels.length, config.batchSize),
    samplesPerSecond: outcome.samplesPerSecond,
    machine: machine(config),
    commandLine: commandLine(shortened(config, iterations)),
    weightsSha256: weightsSha256(weights),
    written: new Date(),
  })
  const file = join(folder, REPORT)
  await writeFileWhole(file, text)
  return file
}

/** The configuration of a run that ends earlier, on the same way: a cosine that was to fall to the end keeps its length. */
function shortened(config: Config, iterations: number): Config {
  if (iterations === 0 || iterations === config.iterations) return config
  const { cosineSteps } = config.schedule === 'cosine' ? scheduleOf(config) : config
  return { ...config, iterations, cosineSteps }
}
