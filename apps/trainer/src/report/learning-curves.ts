/** The learning curves of a run: loss, accuracy and, if it changed, the learning rate. */
import { type ChartPoint, lineChart, type Series } from '@gosa/charts'
import { html, type Markup } from '@gosa/charts/html'
import { formatLoss, formatPercent, formatSignificant } from '@gosa/charts/text'
import type { EpochMetrics } from '@gosa/training'
import { reportTexts } from '../texts/report.ts'

/** How a network has learnt so far. */
export interface LearningCurves {
  readonly epochs: readonly EpochMetrics[]
  /** Losses of single batches, by the number of steps. */
  readonly batches: readonly ChartPoint[]
  readonly stepsPerEpoch: number
}

/** Two or three charts side by side. */
export function learningCurves({ epochs, batches, stepsPerEpoch }: LearningCurves): Markup {
  const { charts } = reportTexts()
  const words = { empty: charts.empty, endsAt: charts.endsAt }
  const series = (
    kind: Series['kind'],
    name: string,
    value: (metrics: EpochMetrics) => number | undefined,
  ): Series => ({
    ...{ kind, name },
    points: epochs.map((metrics) => [metrics.epoch, value(metrics) ?? Number.NaN]),
  })
  const percent = (share?: number) => share && 100 * share
  const rates = new Set(epochs.map(({ learningRate }) => learningRate))
  return html`<div class="charts">
${lineChart({
  ...{ title: charts.loss, xLabel: charts.epochs, yLabel: charts.crossEntropy, yRange: { low: 0 }, ...words },
  format: formatLoss,
  series: [
    {
      kind: 'batch',
      name: charts.batches,
      points: batches.map(([step, value]) => [step / stepsPerEpoch, value]),
    },
    series('train', charts.train, (metrics) => metrics.loss),
    series('validation', charts.validation, (metrics) => metrics.validationLoss),
    series('test', charts.test, (metrics) => metrics.testLoss),
  ],
})}
${lineChart({
  ...{
    title: charts.accuracy,
    xLabel: charts.epochs,
    yLabel: charts.accuracyPercent,
    yRange: { high: 100 },
    ...words,
  },
  format: (value) => formatPercent(value / 100, 2),
  series: [
    series('train', charts.train, ({ trainAccuracy }) => percent(trainAccuracy)),
    series('validation', charts.validation, ({ validationAccuracy }) => percent(validationAccuracy)),
    series('test', charts.test, ({ testAccuracy }) => percent(testAccuracy)),
  ],
})}
${
  rates.size > 1
    ? lineChart({
        ...{
          title: charts.learningRate,
          xLabel: charts.epochs,
          yLabel: charts.rate,
          yRange: { low: 0 },
          ...words,
        },
        format: formatSignificant,
        series: [series('rate', charts.endOfEpoch, ({ learningRate }) => learningRate)],
      })
    : undefined
}
</div>`
}
