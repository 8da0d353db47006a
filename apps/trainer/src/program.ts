import { createProgram } from '@gosa/cli-kit'
import type { Command } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { addEvaluate } from './commands/evaluate.ts'
import { addExport } from './commands/export.ts'
import { addImport } from './commands/import.ts'
import { addPredict } from './commands/predict.ts'
import { addTrain } from './commands/train.ts'

/** The program `gosa-trainer`: its commands, and what `--help` says of all of them. */
export function program(): Command {
  const program = createProgram({
    name: 'gosa-trainer',
    version: manifest.version,
    description:
      'Trains the network of "Deep Learning from Scratch", chapter 5, or a deeper one, to classify images or to predict a column of a table, and uses the result. ' +
      'Without a command it trains.\n' +
      'Exit codes: 0 success, 1 failure, 2 wrong usage, 130 interrupted.',
    examples: [
      ['gosa-trainer', 'train on generated digits: no files, no network needed'],
      ['gosa-trainer --data mnist --data-dir mnist', "train on MNIST's four files in the folder mnist"],
      ['gosa-trainer --data wine.csv --target quality --task regression', 'predict a column of a table'],
      ['gosa-trainer --hidden 100 --optimizer adam', 'change the network and the optimizer'],
      ['gosa-trainer --live', 'watch the run in the browser'],
      ['gosa-trainer --resume gosa-runs/digits-1', 'resume a run that was stopped'],
      ['gosa-trainer --sweep learning-rate=0.1,0.3 hidden=30,50', 'find the best of four combinations'],
      ['gosa-trainer --validation 0.1 --patience 5', 'stop early when validation stops improving'],
      ['gosa-trainer --book', "run the book's training loop"],
      ['gosa-trainer evaluate --model gosa-runs/digits-1', 'measure the accuracy of a model'],
      ['gosa-trainer predict --model gosa-runs/digits-1 digit.png', 'classify a picture'],
      ['gosa-trainer predict --model gosa-runs/wine-1 rows.csv', 'predict for the rows of a table'],
      [
        'gosa-trainer export --model gosa-runs/digits-1 --out digits.onnx',
        'export a model for other programs',
      ],
    ],
  })
  const train = addTrain(program)
  addEvaluate(program)
  addPredict(program)
  addExport(program)
  addImport(program)
  return program.addHelpText('after', () => optionsHelp('Options of train:', train))
}

/** The options of a command as its own help shows them, without `--help`, under a heading. */
function optionsHelp(heading: string, command: Command): string {
  const help = command.createHelp()
  help.prepareContext({ helpWidth: process.stdout.columns || 80 })
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help')
  const width = help.longestOptionTermLength(command, help)
  const groups = help.groupItems(
    [...command.options],
    options,
    ({ helpGroupHeading = '' }) => helpGroupHeading,
  )
  const lines = [...groups].flatMap(([group, members]) => [
    ...(group ? ['', group] : []),
    ...members.map((option) =>
      help.formatItem(help.optionTerm(option), width, help.optionDescription(option), help),
    ),
  ])
  return ['', heading, ...lines].join('\n')
}
