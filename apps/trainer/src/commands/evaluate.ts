import { formatAccuracy, formatCount, formatLoss } from '@gosa/charts/text'
import {
  addBackendOption,
  type BackendOptions,
  type CommandContext,
  commandAction,
  datasetLabel,
  ExitCode,
  useBackend,
} from '@gosa/cli-kit'
import { confusionMatrix, evaluateClassifier } from '@gosa/training'
import type { Command } from 'commander'
import { loadImages } from '../data/load-images.ts'
import { checkModelFits, classesOf, dtypeOf, readModel } from '../model/model.ts'
import { readTableModel } from '../table/table-model.ts'
import { evaluateTable } from '../table/use-table-model.ts'
import { commandTexts } from '../texts/commands.ts'
import { helpTexts } from '../texts/help.ts'
import { labelled } from '../texts/labels.ts'
import { classTable, confusionTable, metricsByClass } from './class-metrics.ts'
import { addModelOptions, type ModelOptions, onlySelectedSplit, withRunData } from './model-options.ts'

/** `gosa-trainer evaluate`: accuracy and loss of a model, precision and recall by class, and the confusion matrix. */

interface EvaluateOptions extends ModelOptions, BackendOptions {}

/** Adds the command. */
export const addEvaluate = (program: Command): Command =>
  addBackendOption(
    addModelOptions(
      program
        .command('evaluate')
        .summary(helpTexts().evaluate.summary)
        .description(helpTexts().evaluate.description),
    ),
  ).action(commandAction<EvaluateOptions>(runEvaluate))

async function runEvaluate(context: CommandContext<EvaluateOptions>): Promise<ExitCode> {
  const { output, env } = context
  useBackend(context.options)
  const table = await readTableModel(context.options.model)
  if (table)
    return evaluateTable(table, context.given.has('data') ? context.options.data : undefined, context)
  const model = await readModel(context.options.model)
  const options = await withRunData(context)
  const data = await loadImages(onlySelectedSplit(options), {
    env,
    progress: output.progress,
    dtype: dtypeOf(model),
  })
  checkModelFits(model, data)
  const { x, t } = data[options.split]
  const { accuracy, loss, predicted } = evaluateClassifier(model.network, { x, t })
  const confusion = confusionMatrix(t, predicted, classesOf(model))
  const perClass = metricsByClass(confusion, t)
  const { images, splits } = commandTexts()
  output.detail(labelled('images', images(datasetLabel(data), formatCount(t.length), splits[options.split])))
  output.result(labelled('accuracy', output.colors.bold(formatAccuracy(accuracy))))
  output.result(labelled('loss', formatLoss(loss)))
  output.detail()
  for (const line of classTable(perClass, output)) output.detail(line)
  output.detail()
  for (const line of confusionTable(confusion, output)) output.detail(line)
  output.value({ event: 'done', accuracy, loss, count: t.length, perClass, confusion })
  return ExitCode.success
}
