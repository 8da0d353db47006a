/** The learning curves of a run: loss, accuracy and, if it changed, the learning rate. */
import { type ChartPoint, lineChart, type Series } from '@gosa/charts'
import { html, type Markup } from '@gosa/charts/html'
import { formatLoss, formatPercent, formatSignificant } from '@gosa/charts/text'
import type { EpochMetrics } from '@gosa/training'

/** How a network has learnt so far. */
export interface LearningCurves {
  readonly epochs: readonly EpochMetrics[]
  /** Losses of single batches, by the number of steps. */
  readonly batches: readonly ChartPoint[]
  readonly stepsPerEpoch: number
}

/** Two or three charts side by side. */
export function learningCurves({ epochs, batches, stepsPerEpoch }: LearningCurves): Markup {
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
  ...{ title: 'Loss', xLabel: 'epochs', yLabel: 'cross-entropy / nats', yRange: { low: 0 } },
  format: formatLoss,
  series: [
    {
      kind: 'batch',
      name: 'single batches',
      points: batches.map(([step, value]) => [step / stepsPerEpoch, value]),
    },
    series('train', 'training images', (metrics) => metrics.loss),
    series('validation', 'validation images', (metrics) => metrics.validationLoss),
    series('test', 'test images', (metrics) => metrics.testLoss),
  ],
})}
${lineChart({
  ...{ title: 'Accuracy', xLabel: 'epochs', yLabel: 'accuracy / %', yRange: { high: 100 } },
  format: (value) => formatPercent(value / 100, 2),
  series: [
    series('train', 'training images', ({ trainAccuracy }) => percent(trainAccuracy)),
    series('validation', 'validation images', ({ validationAccuracy }) => percent(validationAccuracy)),
    series('test', 'test images', ({ testAccuracy }) => percent(testAccuracy)),
  ],
})}
${
  rates.size > 1
    ? lineChart({
        ...{ title: 'Learning rate', xLabel: 'epochs', yLabel: 'learning rate', yRange: { low: 0 } },
        format: formatSignificant,
        series: [series('rate', 'at the end of an epoch', ({ learningRate }) => learningRate)],
      })
    : undefined
}
</div>`
}
