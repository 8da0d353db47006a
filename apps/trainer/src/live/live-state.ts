import {
  formatAccuracy as accuracy,
  formatCount as count,
  formatDuration as duration,
  formatEpoch as epochNumber,
  formatLoss as loss,
} from '@gosa/charts/text'
import { datasetLabel as remarked } from '@gosa/cli-kit'
import type { Curve, EpochMetrics, TrainingProgress as Now } from '@gosa/training'
import { figures } from '../html/figures.ts'
import { learningCurves } from '../html/learning-curves.ts'
import { html, type Markup } from '../html/markup.ts'
import { secondsLeft } from '../observers/observer.ts'
import type { Config } from '../options/config.ts'

/** A run that is looked at. */
export interface LiveRun {
  name: string
  config: Pick<Config, 'layers' | 'activation' | 'dtype' | 'iterations' | 'batchSize'>
  data: { name: string; remark?: string }
  perEpoch: number
  losses: Curve
  /** What was measured before it went on, if it did. */
  earlier: readonly EpochMetrics[]
}

/** What has been seen of it. */
export interface Seen {
  now: Now
  epochs: readonly EpochMetrics[]
}

/** Where a run stands, as a part of a page, and in a few words for its title. */
export function liveState(run: LiveRun, { now, epochs }: Seen): { title: string; content: Markup } {
  const { config } = run
  const share = `${Math.floor((100 * now.iteration) / config.iterations)} %`
  const latest = epochs.at(-1)
  const content = html`<h1>${run.name}</h1>
<p class="soft">${config.layers.join('-')}, ${config.activation}, ${config.dtype} · ${remarked(run.data)}</p>
<progress max="${config.iterations}" value="${now.iteration}" aria-label="steps taken"></progress>
${figures({
  done: share,
  epoch: epochNumber(Math.floor(now.iteration / run.perEpoch)),
  'loss of a batch': Number.isNaN(now.loss) ? '…' : loss(now.loss),
  'test accuracy': latest ? accuracy(latest.testAccuracy) : '…',
  left: now.samplesPerSecond > 0 ? duration(secondsLeft(now, config)) : '…',
  'samples/s': count(now.samplesPerSecond),
})}
<section><h2>How it learns</h2>
${learningCurves({ epochs, batches: run.losses.points(), perEpoch: run.perEpoch })}</section>`
  return { title: `${share} ${run.name}`, content }
}
