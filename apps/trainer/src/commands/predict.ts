import {
  act,
  addBackendOption,
  type BackendOptions,
  ExitCode,
  type Run,
  usageError,
  useBackend,
  wholeNumber,
} from '@gosa/cli-kit'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { flagOf } from '../config/options-by-key.ts'
import { addPartOptions, type PartOptions } from '../config/part-options.ts'
import { withRunData } from '../config/with-run-data.ts'
import { readModel } from '../model/model-file.ts'
import { imagesOfSet } from '../prediction/images-of-set.ts'
import { pictures } from '../prediction/pictures.ts'
import { showPrediction } from '../prediction/show-prediction.ts'

interface PredictOptions extends PartOptions, BackendOptions {
  model: string
  index?: number[]
}

/** What chooses images of a set, by the names of the options. */
const OF_SET = ['data', 'dataDir', 'trainSize', 'testSize', 'part', 'index']

/** Adds `predict`. */
export const addPredict = (program: Command): Command =>
  addBackendOption(
    addPartOptions(
      program
        .command('predict')
        .summary('say what a model sees in pictures')
        .description(
          'Says what a model sees in PNG files with a digit each, and how sure it is. They may have any size, and be dark on light or light on dark: digits are cut out, scaled and centred as those of MNIST were. Without files, it looks at images of a set.',
        )
        .argument('[png...]', 'the files')
        .requiredOption(
          '--model <file>',
          'a safetensors file, or the folder of a run, which says what --data is unless you do',
        ),
    ).addOption(
      new Option('--index <n,…>', 'which images of the set, counted from 0 (default: 0)').argParser(indices),
    ),
  ).action(act<PredictOptions>(run))

async function run(run: Run<PredictOptions>): Promise<ExitCode> {
  const { options, args: files, given, output } = run
  const ofSet = OF_SET.find((name) => given.has(name))
  if (files.length > 0 && ofSet) {
    throw usageError(
      `${files[0]} is a picture, but ${flagOf(ofSet)} chooses images of a set: leave one of them out`,
    )
  }
  useBackend(options)
  const model = await readModel(options.model)
  const subjects =
    files.length > 0
      ? await pictures(files, model)
      : await imagesOfSet(options.index ?? [0], { ...run, options: await withRunData(run) }, model)
  for (const subject of subjects) showPrediction(subject, model.network.predict(subject.image), output)
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
