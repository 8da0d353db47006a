/** The report of a run on a table: learning curve, and what the model does with the test part. */
import { lineChart, scatterChart } from '@gosa/charts'
import { figureList, html, type Markup } from '@gosa/charts/html'
import { formatCount, formatLoss, formatPercent, formatSignificant } from '@gosa/charts/text'
import type { TablePreprocessing } from '@gosa/datasets'
import type { EpochResult } from '@gosa/training'
import { reportPage } from '../report/page.ts'
import {
  areaUnder,
  type ClassTableScores,
  type NumberTableScores,
  rocCurve,
  type TableScores,
} from './score-table.ts'

/** What the report shows. */
export interface TableReport {
  readonly name: string
  /** In a few words: `13-50-3, relu, float32`. */
  readonly network: string
  readonly preprocessing: TablePreprocessing
  readonly history: readonly EpochResult[]
  readonly scores: TableScores
  readonly commandLine: string
  readonly configuration: Readonly<Record<string, string>>
}

/** With more classes there is neither a matrix nor a curve for each, since nobody could read them. */
const MAX_CLASSES = 40
const MAX_ROC_CURVES = 12

/** The page as HTML, which stands alone. */
export function tableReportPage(report: TableReport): string {
  const { name, network, preprocessing, scores, commandLine, configuration } = report
  const { target } = preprocessing
  const body = html`<h1>${name}: ${target.name}</h1>
<p class="soft">${scores.kind === 'class' ? 'classification' : 'regression'} · ${network} · ${formatCount(scores.count)} rows for testing</p>
${figureList(figuresOf(scores))}
<section><h2>Learning curve</h2><div class="charts">${learningCurve(report)}</div></section>
${scores.kind === 'class' && target.kind === 'class' ? classSections(scores, target.classes) : undefined}
${scores.kind === 'number' ? residualSection(scores, target.name) : undefined}
<section><h2>Features</h2>${featureTable(preprocessing)}</section>
<section><h2>Reproduce this run</h2><pre><code>${commandLine}</code></pre>
<p>The same table and the same seed give the same weights, to the bit.</p></section>
<section><h2>Configuration</h2><dl class="facts">${Object.entries(configuration).map(
    ([key, value]) => html`<div><dt>${key}</dt><dd>${value}</dd></div>\n`,
  )}</dl></section>`
  return reportPage(`${name}: ${target.name}`, body).text
}

const figuresOf = (scores: TableScores): Record<string, string> =>
  scores.kind === 'class'
    ? {
        'test accuracy': formatPercent(scores.accuracy, 2),
        'test loss': formatLoss(scores.loss),
        'area under ROC': Number.isNaN(scores.rocAuc) ? '–' : formatSignificant(scores.rocAuc, 4),
      }
    : {
        'R² on the test part': formatSignificant(scores.r2, 4),
        'root mean squared error': formatSignificant(scores.rmse, 4),
        'mean absolute error': formatSignificant(scores.meanAbsoluteError, 4),
      }

function learningCurve({ history, scores }: TableReport): Markup {
  const yLabel = scores.kind === 'class' ? 'cross-entropy / nats' : 'squared error, standardized'
  return lineChart({
    ...{ title: 'Loss', xLabel: 'epochs', yLabel, yRange: { low: 0 }, format: formatLoss },
    series: [
      { kind: 'train', name: 'training', points: history.map(({ epoch, loss }) => [epoch, loss]) },
      {
        kind: 'validation',
        name: 'validation',
        points: history.map(({ epoch, validation }) => [epoch, validation?.loss ?? Number.NaN]),
      },
    ],
  })
}

function classSections(scores: ClassTableScores, classes: readonly string[]): Markup {
  const curves = classes
    .map((name, label) => ({ name, curve: rocCurve(scores.labels, scores.probabilities, label) }))
    .filter(({ curve }) => curve.every((point) => point.every(Number.isFinite)))
  // Of two classes, one curve is the mirror image of the other.
  const shown = curves.slice(classes.length === 2 ? 1 : 0, MAX_ROC_CURVES)
  return html`<section><h2>Confusion matrix</h2>${
    classes.length <= MAX_CLASSES
      ? matrix(scores.confusion, classes)
      : html`<p>There are ${classes.length} classes.</p>`
  }</section>
<section><h2>ROC curves</h2><div class="charts">${shown.map(({ name, curve }) =>
    lineChart({
      ...{ title: `${name} against the others`, xLabel: 'false positive rate', yLabel: 'true positive rate' },
      ...{
        xRange: { low: 0, high: 1 },
        yRange: { low: 0, high: 1 },
        format: () => areaOf(curve),
      },
      description: areaOf(curve),
      series: [{ kind: 'train', name: 'ROC curve', points: curve }],
    }),
  )}</div></section>`
}

const areaOf = (curve: readonly (readonly [number, number])[]): string =>
  `area ${formatSignificant(areaUnder(curve), 4)}`

const matrix = (confusion: readonly (readonly number[])[], classes: readonly string[]): Markup =>
  html`<div class="scroll" role="region" aria-label="Confusion matrix" tabindex="0"><table class="confusion">
<caption>Rows: the class of a row. Columns: the predicted class.</caption>
<thead><tr><td></td>${classes.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${confusion.map(
  (row, label) =>
    html`<tr><th scope="row">${classes[label]}</th>${row.map(
      (count, predicted) =>
        html`<td class="${count === 0 ? 'none' : predicted === label ? 'hit level-3' : 'miss level-3'}">${count}</td>`,
    )}</tr>\n`,
)}</tbody></table></div>`

function residualSection({ actual, predicted, count }: NumberTableScores, name: string): Markup {
  const points = Array.from(actual, (value, i): [number, number] => [predicted[i], value])
  const residuals = points.map(([at, value]): [number, number] => [at, value - at])
  const ends = [...actual, ...predicted]
  const [low, high] = [ends.reduce((a, b) => Math.min(a, b)), ends.reduce((a, b) => Math.max(a, b))]
  const predictions = points.map(([at]) => at)
  const [left, right] = [
    predictions.reduce((a, b) => Math.min(a, b)),
    predictions.reduce((a, b) => Math.max(a, b)),
  ]
  const description = `${formatCount(count)} rows of the test part`
  return html`<section><h2>Residuals</h2><div class="charts">${scatterChart({
    ...{ title: 'Residuals', xLabel: `${name}, predicted`, yLabel: 'actual − predicted', description },
    ...{
      points: residuals,
      line: [
        [left, 0],
        [right, 0],
      ],
    },
  })}${scatterChart({
    ...{ title: 'Predictions', xLabel: `${name}, predicted`, yLabel: `${name}, actual`, description },
    ...{
      points,
      line: [
        [low, low],
        [high, high],
      ],
    },
  })}</div></section>`
}

const featureTable = ({ features }: TablePreprocessing): Markup =>
  html`<dl class="facts">${features.map((feature) => {
    const value =
      feature.kind === 'number'
        ? `${formatSignificant(feature.mean, 4)} ± ${formatSignificant(feature.std, 4)}`
        : `${feature.categories.slice(0, 10).join(', ')}${feature.categories.length > 10 ? ', …' : ''}`
    return html`<div><dt>${feature.name}</dt><dd>${value}</dd></div>\n`
  })}</dl>`
