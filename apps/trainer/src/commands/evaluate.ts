import {
  act,
  addBackendOption,
  type BackendOptions,
  ExitCode,
  loadData,
  type Run,
  useBackend,
} from '@gosa/cli-kit'
import { confusionMatrix, evaluate, sizesOf } from '@gosa/training'
import type { Command } from 'commander'
import { addPartOptions, type PartOptions, partAlone } from '../config/part-options.ts'
import { withRunData } from '../config/with-run-data.ts'
import { classLines } from '../evaluation/class-lines.ts'
import { confusionLines } from '../evaluation/confusion-lines.ts'
import { perClass } from '../evaluation/per-class.ts'
import { checkFits } from '../model/check-fits.ts'
import { readModel } from '../model/model-file.ts'
import { accuracy, count, loss } from '../report/numbers.ts'
import { remarked } from '../report/remarked.ts'

interface EvaluateOptions extends PartOptions, BackendOptions {
  model: string
}

/** Adds `evaluate`. */
export const addEvaluate = (program: Command): Command =>
  addBackendOption(
    addPartOptions(
      program
        .command('evaluate')
        .summary('say how good a model is')
        .description(
          'Says how good a model is: the share of images that it names rightly, its loss, how well it knows each class (precision: the share right of what was taken for it; recall: the share of it that was found), and what it takes for what.',
        )
        .requiredOption(
          '--model <file>',
          'a safetensors file, or the folder of a run, which says what --data is unless you do',
        ),
    ),
  ).action(act<EvaluateOptions>(run))

async function run(run: Run<EvaluateOptions>): Promise<ExitCode> {
  const { output, env } = run
  const options = await withRunData(run)
  useBackend(options)
  const model = await readModel(options.model)
  const data = await loadData(partAlone(options), {
    env,
    progress: output.progress,
    dtype: model.weights.W1.dtype,
  })
  checkFits(model, data)
  const { images, labels } = data[options.part]
  const result = evaluate(model.network, { images, labels })
  const outputs = sizesOf(model.weights).at(-1) as number
  const confusion = confusionMatrix(labels, result.predicted, outputs)
  const classes = perClass(confusion)
  const part = options.part === 'train' ? 'to train with' : 'to test'
  output.detail(`images     ${remarked(data)}: the ${count(labels.length)} ${part}`)
  output.result(`accuracy   ${output.paint.bold(accuracy(result.accuracy))}`)
  output.result(`loss       ${loss(result.loss)}`)
  output.detail()
  for (const line of classLines(classes, output)) output.detail(line)
  output.detail()
  for (const line of confusionLines(confusion, output)) output.detail(line)
  output.value({
    ...{ event: 'done', accuracy: result.accuracy, loss: result.loss, count: labels.length },
    ...{ perClass: classes, confusion },
  })
  return ExitCode.success
}
