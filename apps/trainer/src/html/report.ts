import type { NamedData } from '@gosa/cli-kit'
import { type Classifier, confusionMatrix, evaluate, worstMistakes } from '@gosa/training'
import type { Config } from '../config/config.ts'
import { count, loss } from '../report/numbers.ts'
import { remarked } from '../report/remarked.ts'
import { confusionTable } from './confusion-table.ts'
import { epochsTable } from './epochs-table.ts'
import { type Facts, factsTable } from './facts.ts'
import { figures } from './figures.ts'
import { histogramChart } from './histogram-chart.ts'
import { type Learnt, learningCurves } from './learning-curves.ts'
import { html, type Markup } from './markup.ts'
import { mistakeImages } from './mistake-images.ts'

import { page } from './page.ts'
import { weightImages } from './weight-images.ts'

/** How many mistakes and weights are shown at most. */
const [MISTAKES, WEIGHTS] = [24, 60]

/** A run as it stands, and what is known of it. */
export interface Reported extends Learnt {
  /** What it is called. */
  name: string
  /** How it ended, in a word and, where that was no success, in a sentence. */
  ending: string
  trouble?: string
  config: Config
  data: NamedData
  model: Classifier
  /** After how many steps it has its weights. */
  iteration: number
  samplesPerSecond: number
  machine: Facts
  /** How it is run again, and which weights come out then. */
  commandLine: string
  weightsSha256: string
  written: Date
}

/** A page that shows a run, from learning curves to single weights, in one file that needs no other. */
export function report(run: Reported): string {
  const { config, data, model, epochs } = run
  const { test } = data
  const seen = evaluate(model, test)
  const classes = Math.max(data.classes, ...config.layers.slice(-1))
  const mistakes = worstMistakes(model, test, seen.predicted, MISTAKES)
  const weights = model.parameters()
  const first = weights.find(({ value }) => value.rank === 2 && value.shape[0] === data.height * data.width)
  const content = html`<main>
<h1>${run.name}</h1>
<p class="soft">${run.ending} · ${config.layers.join('-')}, ${config.activation}, ${config.dtype} · ${remarked(data)} · <time datetime="${run.written.toISOString()}">${run.written.toISOString().slice(0, 16).replace('T', ' ')} UTC</time></p>
${run.trouble === undefined ? undefined : html`<p class="notice">${run.trouble}</p>`}
${figures({
  'accuracy on images not trained with': `${(100 * seen.accuracy).toFixed(2)} %`,
  'loss there': loss(seen.loss),
  [`mistakes in ${count(test.labels.length)} images`]: count(
    Math.round((1 - seen.accuracy) * test.labels.length),
  ),
  steps: count(run.iteration),
  'samples/s': count(run.samplesPerSecond),
})}
${section('How it learnt', html`${learningCurves(run)}${epochs.length > 0 ? epochsTable(epochs) : undefined}`)}
${section('What it takes for what', confusionTable(confusionMatrix(test.labels, seen.predicted, classes)))}
${section(
  'Its worst mistakes',
  mistakes.length > 0
    ? html`<p>Images not trained with, of which it was surest and wrong, and how sure.</p>${mistakeImages(mistakes, test, data)}`
    : html`<p>There were none.</p>`,
)}
${first && section('What its first units look for', weightImages(first.value, data))}
${section(
  'Its weights',
  html`<div class="histograms">${weights.slice(0, WEIGHTS).map(({ name, value }) => histogramChart(name, value))}</div>${weights.length > WEIGHTS ? html`<p>${weights.length - WEIGHTS} more are not shown.</p>` : undefined}`,
)}
${section('How to run it again', again(run))}
${section('Configuration', factsTable(configured(config)))}
${section('Machine', factsTable(run.machine))}
</main>`
  return page(`${run.name}: ${(100 * seen.accuracy).toFixed(2)} %`, content).text
}

const section = (title: string, content: Markup): Markup => html`<section><h2>${title}</h2>
${content}</section>`

const again = ({
  commandLine,
  weightsSha256,
  iteration,
}: Reported): Markup => html`<pre><code>${commandLine}</code></pre>
<p>The same images and the same seed give the same weights, to the bit. The SHA-256 of those shown here${iteration === 0 ? ', from before the first step,' : ''} is <code>${weightsSha256}</code>.</p>`

/** `batchSize: 100` as `batch size` and 100. */
const configured = (config: Config): Facts =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
      Array.isArray(value) ? value.join('-') : typeof value === 'boolean' ? (value ? 'yes' : 'no') : value,
    ]),
  )
