import {
  formatAccuracy as accuracy,
  formatCount as count,
  formatEpoch as epochNumber,
  formatLoss as loss,
} from '@gosa/charts/text'
import type { EpochMetrics } from '@gosa/training'
import { html, type Markup } from './markup.ts'

/** More epochs than these, the last ones, are not listed. */
const MOST = 200

/** What was measured at the end of each epoch, in numbers. */
export const epochsTable = (epochs: readonly EpochMetrics[]): Markup => html`<details>
<summary>The numbers of each epoch${epochs.length > MOST ? ` (the last ${MOST} of ${epochs.length})` : ''}</summary>
<div class="scroll" role="region" aria-label="Epochs" tabindex="0"><table class="epochs">
<thead><tr>${['epoch', 'iterations', 'loss', 'test loss', 'train accuracy', 'test accuracy', 'samples/s'].map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${epochs.slice(-MOST).map(
  (metrics) => html`<tr>${[
    epochNumber(metrics.epoch),
    count(metrics.iteration),
    loss(metrics.loss),
    loss(metrics.testLoss),
    accuracy(metrics.trainAccuracy),
    accuracy(metrics.testAccuracy),
    count(metrics.samplesPerSecond),
  ].map((value) => html`<td>${value}</td>`)}</tr>
`,
)}</tbody></table></div></details>`
