import {
  act,
  addBackendOption,
  type BackendOptions,
  ExitCode,
  loadData,
  type Run,
  usageError,
  useBackend,
  wholeNumber,
} from '@gosa/cli-kit'
import { argmax } from '@gosa/linalg'
import { softmax } from '@gosa/losses'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { addPartOptions, type PartOptions, partAlone } from '../config/part-options.ts'
import { checkFits } from '../model/check-fits.ts'
import { readModel } from '../model/model-file.ts'
import { drawImage } from '../report/draw-image.ts'
import { probabilityBars } from '../report/probability-bars.ts'

interface PredictOptions extends PartOptions, BackendOptions {
  model: string
  index: number[]
}

/** Adds `predict`. */
export const addPredict = (program: Command): Command =>
  addBackendOption(
    addPartOptions(
      program
        .command('predict')
        .summary('say what a model sees in images')
        .description('Says what a model sees in images of a set, and how sure it is.')
        .requiredOption('--model <file>', 'a safetensors file, or the folder of a run'),
    ).addOption(
      new Option('--index <n,…>', 'which of them, counted from 0').argParser(indices).default([0], '0'),
    ),
  ).action(act<PredictOptions>(run))

async function run({ options, output, env }: Run<PredictOptions>): Promise<ExitCode> {
  useBackend(options)
  const model = await readModel(options.model)
  const data = await loadData(partAlone(options), {
    env,
    progress: output.progress,
    dtype: model.weights.W1.dtype,
  })
  checkFits(model, data)
  const { images, labels } = data[options.part]
  const beyond = options.index.find((index) => index >= labels.length)
  if (beyond !== undefined)
    throw usageError(`--index ${beyond}: there are ${labels.length} images, 0 to ${labels.length - 1}`)
  for (const index of options.index) {
    const image = images.row(index)
    const probabilities = softmax(model.network.predict(image))
    const predicted = argmax(probabilities)
    const label = labels[index]
    output.detail()
    for (const line of drawImage(image, data, output.columns)) output.detail(line)
    output.detail()
    for (const line of probabilityBars(probabilities.data, output)) output.detail(line)
    output.result(`image ${index} of ${data.name} is taken for ${predicted}; its label is ${label}`)
    output.value({
      event: 'prediction',
      index,
      class: predicted,
      label,
      probabilities: [...probabilities.data],
    })
  }
  return ExitCode.success
}

const whole = wholeNumber({ min: 0 })

function indices(text: string): number[] {
  try {
    return text.split(',').map(whole)
  } catch {
    throw new InvalidArgumentError('It must be whole numbers from 0 up, with commas between them.')
  }
}
