import {
  addBackendOption,
  type BackendOptions,
  type CommandContext,
  commandAction,
  ExitCode,
  integer,
  usageError,
  useBackend,
} from '@gosa/cli-kit'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { readModel } from '../model/model.ts'
import { flagOf } from '../options/option-table.ts'
import { readTableModel } from '../table/table-model.ts'
import { predictRows } from '../table/use-table-model.ts'
import { commandTexts } from '../texts/commands.ts'
import { errorTexts } from '../texts/errors.ts'
import { helpTexts } from '../texts/help.ts'
import { addModelOptions, type ModelOptions, withRunData } from './model-options.ts'
import { readDatasetImages, readPictures, showPrediction } from './predicted-images.ts'

/** `gosa-trainer predict`: classifies PNG files or images of a data set. */

interface PredictOptions extends ModelOptions, BackendOptions {
  index?: number[]
}

/** The options that select images of a data set, which PNG files exclude. */
const DATASET_OPTIONS = ['data', 'dataDir', 'trainSize', 'testSize', 'split', 'index']

/** Adds the command. */
export const addPredict = (program: Command): Command =>
  addBackendOption(
    addModelOptions(
      program
        .command('predict')
        .summary(helpTexts().predict.summary)
        .description(helpTexts().predict.description)
        .argument('[file...]', helpTexts().predict.files),
    ).addOption(new Option('--index <n,…>', helpTexts().predict.index).argParser(parseIndices)),
  ).action(commandAction<PredictOptions>(runPredict))

async function runPredict(context: CommandContext<PredictOptions>): Promise<ExitCode> {
  const { options, args: files, given, output } = context
  const other = DATASET_OPTIONS.find((name) => given.has(name))
  if (files.length > 0 && other) {
    throw usageError(errorTexts().options.pictureOrData(flagOf(other), files[0]))
  }
  useBackend(options)
  const table = await readTableModel(options.model)
  if (table) return predictRows(table, files, context)
  const model = await readModel(options.model)
  const images =
    files.length > 0
      ? await readPictures(files, model)
      : await readDatasetImages(
          options.index ?? [0],
          { ...context, options: await withRunData(context) },
          model,
        )
  if (files.length === 0 && !given.has('index')) output.note(commandTexts().noPicture(images[0].title))
  for (const image of images)
    showPrediction(image, model.network.predict(image.pixels.reshape([1, -1])).row(0), output)
  return ExitCode.success
}

const parseIndex = integer({ min: 0 })

function parseIndices(text: string): number[] {
  try {
    return text.split(',').map(parseIndex)
  } catch {
    throw new InvalidArgumentError(helpTexts().predict.indexExpected)
  }
}
