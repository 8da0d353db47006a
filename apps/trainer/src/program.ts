import { createProgram } from '@gosa/cli-kit'
import type { Command } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { addEvaluate } from './commands/evaluate.ts'
import { addExport } from './commands/export.ts'
import { addImport } from './commands/import.ts'
import { addPredict } from './commands/predict.ts'
import { addTrain } from './commands/train.ts'
import { optionsHelp } from './report/options-help.ts'

/** The command `gosa-trainer`. */
export function program(): Command {
  const program = createProgram({
    name: 'gosa-trainer',
    version: manifest.version,
    description:
      'Trains the network of "Deep Learning from Scratch", chapter 5, or a deeper one, on images of digits, and uses it. ' +
      'Without a command it trains.\n' +
      'Exits with 0 where all went well, 1 where something failed, 2 where it is called wrongly, 130 where it was interrupted.',
    examples: [
      ['gosa-trainer', 'train on generated digits: no files, no network needed'],
      ['gosa-trainer --data mnist --data-dir mnist', "train on MNIST's four files in the folder mnist"],
      ['gosa-trainer --hidden 100 --optimizer adam', 'another network, another rule of learning'],
      ['gosa-trainer --live', 'watch it learn on a page of this machine'],
      ['gosa-trainer --resume gosa-runs/digits-1', 'go on with a run that was stopped'],
      ['gosa-trainer --sweep learning-rate=0.1,0.3 --sweep hidden=30,50', 'which of these is best?'],
      ['gosa-trainer --validation 0.1 --patience 5', 'stop when it gets no better'],
      ['gosa-trainer --book', "the chapter's loop, and what it prints"],
      ['gosa-trainer evaluate --model gosa-runs/digits-1', 'how good is it?'],
      ['gosa-trainer predict --model gosa-runs/digits-1 digit.png', 'what does it see in a picture?'],
      ['gosa-trainer export --model gosa-runs/digits-1 --out digits.onnx', 'use it elsewhere'],
    ],
  })
  const train = addTrain(program)
  addEvaluate(program)
  addPredict(program)
  addExport(program)
  addImport(program)
  return program.addHelpText('after', () => optionsHelp('Options of train:', train))
}
