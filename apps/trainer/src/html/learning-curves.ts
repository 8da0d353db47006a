import { formatLoss as loss } from '@gosa/charts/text'
import type { EpochMetrics, Point } from '@gosa/training'
import { lineChart, type Series } from './line-chart.ts'
import { html, type Markup } from './markup.ts'

/** What is known of how a network learnt. */
export interface Learnt {
  epochs: readonly EpochMetrics[]
  /** The losses of single batches, by the number of steps. */
  batches: readonly Point[]
  perEpoch: number
}

/** More epochs than these are not all drawn. */
const MOST = 300

/** How loss, accuracy and, where it changed, the learning rate went: pictures that stand beside one another. */
export function learningCurves({ epochs, batches, perEpoch }: Learnt): Markup {
  const few = thinned(epochs)
  const series = (
    kind: Series['kind'],
    name: string,
    value: (metrics: EpochMetrics) => number | undefined,
  ): Series => ({ kind, name, points: few.map((metrics) => [metrics.epoch, value(metrics) ?? Number.NaN]) })
  const percent = (share?: number) => share && 100 * share
  const rates = new Set(epochs.map(({ learningRate }) => learningRate))
  return html`<div class="charts">
${lineChart({
  ...{ title: 'Loss', x: 'epochs', y: 'cross-entropy / nats', from: 0, show: loss },
  series: [
    {
      kind: 'batch',
      name: 'single batches',
      points: batches.map(([step, value]) => [step / perEpoch, value]),
    },
    series('train', 'training images', (metrics) => metrics.loss),
    series('validation', 'validation images', (metrics) => metrics.validationLoss),
    series('test', 'test images', (metrics) => metrics.testLoss),
  ],
})}
${lineChart({
  ...{ title: 'Accuracy', x: 'epochs', y: 'recognized / % of images', to: 100 },
  show: (value) => `${value.toFixed(2)} %`,
  series: [
    series('train', 'training images', ({ trainAccuracy }) => percent(trainAccuracy)),
    series('validation', 'validation images', ({ validationAccuracy }) => percent(validationAccuracy)),
    series('test', 'test images', ({ testAccuracy }) => percent(testAccuracy)),
  ],
})}
${
  rates.size > 1
    ? lineChart({
        ...{ title: 'Learning rate', x: 'epochs', y: 'size of a step', from: 0 },
        show: (value) => String(Number(value.toPrecision(3))),
        series: [series('rate', 'at the end of an epoch', ({ learningRate }) => learningRate)],
      })
    : undefined
}
</div>`
}

/** Every k-th, the last one always. */
function thinned(epochs: readonly EpochMetrics[]): readonly EpochMetrics[] {
  const each = Math.ceil(epochs.length / MOST)
  return epochs.filter((_, i) => (epochs.length - 1 - i) % each === 0)
}
