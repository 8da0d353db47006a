import { createProgram } from '@gosa/cli-kit'
import type { Command } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { addEvaluate } from './commands/evaluate.ts'
import { addExport } from './commands/export.ts'
import { addImport } from './commands/import.ts'
import { addPredict } from './commands/predict.ts'
import { addTrain } from './commands/train.ts'
import { helpTexts } from './texts/help.ts'

/** The program `gosa-trainer`: its commands, and what `--help` says of all of them. */
export function program(): Command {
  const texts = helpTexts()
  const { examples } = texts
  const program = createProgram({
    name: 'gosa-trainer',
    version: manifest.version,
    description: texts.program,
    examples: [
      ['gosa-trainer', examples.digits],
      ['gosa-trainer --data mnist --data-dir mnist', examples.mnist],
      ['gosa-trainer --data wine.csv --target quality --task regression', examples.table],
      ['gosa-trainer --hidden 100 --optimizer adam', examples.network],
      ['gosa-trainer --network simple-conv --optimizer adam', examples.conv],
      ['gosa-trainer --live', examples.live],
      ['gosa-trainer --resume gosa-runs/digits-1', examples.resume],
      ['gosa-trainer --sweep learning-rate=0.1,0.3 hidden=30,50', examples.sweep],
      ['gosa-trainer --validation 0.1 --patience 5', examples.patience],
      ['gosa-trainer --book', examples.book],
      ['gosa-trainer evaluate --model gosa-runs/digits-1', examples.evaluate],
      ['gosa-trainer predict --model gosa-runs/digits-1 digit.png', examples.predict],
      ['gosa-trainer predict --model gosa-runs/wine-1 rows.csv', examples.predictRows],
      ['gosa-trainer export --model gosa-runs/digits-1 --out digits.onnx', examples.exporting],
    ],
  })
  const train = addTrain(program)
  addEvaluate(program)
  addPredict(program)
  addExport(program)
  addImport(program)
  return program.addHelpText('after', () => optionsHelp(texts.optionsOfTrain, train))
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
