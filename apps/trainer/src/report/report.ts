/** The report of a run as a page: data in, HTML out. A file for a run that has ended, or parts of a page while it goes on. */
import { histogram, histogramChart } from '@gosa/charts'
import { figureList, html, type Markup } from '@gosa/charts/html'
import {
  formatAccuracy,
  formatCount,
  formatDuration,
  formatEpoch,
  formatLoss,
  formatPercent,
} from '@gosa/charts/text'
import type { Tensor } from '@gosa/linalg'
import {
  type Classifier,
  type ClassSamples,
  confusionMatrix,
  type EpochMetrics,
  evaluateClassifier,
  worstMistakes,
} from '@gosa/training'
import { reportTexts } from '../texts/report.ts'
import { confusionMatrixView } from './confusion-matrix.ts'
import { featureMaps, filterImages, filtersOf, type LayeredModel } from './filters.ts'
import { mistakeImages, weightImages } from './images.ts'
import { type LearningCurves, learningCurves } from './learning-curves.ts'

/** Names and values of a table; `undefined` is left out. */
export type Facts = Readonly<Record<string, string | number | undefined>>

/** What stays the same while a run goes on. */
export interface RunDescription {
  readonly name: string
  /** In a few words: `784-50-10, relu, float32`, and `generated digits (drawn by a program)`. */
  readonly network: string
  readonly dataset: string
  /** Images x (N, height·width) and labels t on which the network was not trained. */
  readonly test: ClassSamples
  readonly height: number
  readonly width: number
  /** Of the data set or the outputs of the network, whichever is more. */
  readonly classes: number
  readonly stepsPerEpoch: number
  /** The filters (F, C, FH, FW) of a ConvNet before training. */
  readonly initialFilters?: Tensor
  readonly configuration: Facts
  readonly machine: Facts
  /** The command that repeats the run. */
  readonly commandLine: string
}

/** A run at some moment. */
export interface ReportData extends RunDescription, LearningCurves {
  readonly model: Pick<Classifier, 'predict' | 'parameters'> & LayeredModel
  /** Number of steps after which the model has its weights. */
  readonly iteration: number
  readonly samplesPerSecond: number
  /** How the run ended, in a word, and in a sentence if it did not succeed; `running` before. */
  readonly status: string
  readonly warning?: string
  /** How far the run is, until it has ended. */
  readonly progress?: Progress
  /** Of the weights, once the run has ended. */
  readonly weightsSha256?: string
  readonly date: Date
}

/** How far a run is. */
export interface Progress {
  /** The share of the steps that have been taken, from 0 to 1. */
  readonly share: number
  /** Of the last batch; NaN before the first. */
  readonly loss: number
  readonly secondsLeft: number
}

/** A page in parts, so that each can be replaced: the content of elements by their ids. */
export interface Report {
  readonly title: string
  readonly parts: Readonly<Record<string, Markup>>
}

const MAX_MISTAKES = 24
const MAX_HISTOGRAMS = 60
const MAX_TABLE_EPOCHS = 200
const HISTOGRAM_BINS = 34

/** The sections of a report and the ids of their parts. A section without parts in a report is left out. */
const SECTIONS: Readonly<Record<keyof ReturnType<typeof reportTexts>['sections'], readonly string[]>> = {
  curves: ['curves', 'epochs'],
  confusion: ['confusion'],
  mistakes: ['mistakes'],
  units: ['units'],
  filters: ['filters'],
  maps: ['maps'],
  weights: ['weights'],
  reproduce: ['reproduce'],
  configuration: ['configuration'],
  machine: ['machine'],
}

const SECTION_NAMES = Object.keys(SECTIONS) as (keyof typeof SECTIONS)[]

/** The whole report. Evaluates the model on the test images. */
export function createReport(run: ReportData): Report {
  const { test, model, epochs, progress } = run
  const evaluation = evaluateClassifier(model, test)
  const weights = model.parameters()
  const mistakes = worstMistakes(model, test, evaluation.predicted, MAX_MISTAKES)
  const first = weights.find(({ value }) => value.rank === 2 && value.shape[0] === run.height * run.width)
  const { initialFilters } = run
  const filters = filtersOf(model)
  const head = progress
    ? { title: progressTitle(run, progress), figures: progressFigures(run, progress) }
    : {
        title: `${run.name}: ${formatPercent(evaluation.accuracy, 2)}`,
        figures: resultFigures(run, evaluation),
      }
  return {
    title: head.title,
    parts: {
      summary: summary(run, head.figures),
      curves: learningCurves(run),
      epochs: epochs.length > 0 ? epochTable(epochs) : html``,
      confusion: confusionMatrixView(confusionMatrix(test.t, evaluation.predicted, run.classes)),
      mistakes:
        mistakes.length === 0
          ? html`<p>${reportTexts().noMistakes}</p>`
          : html`<p>${reportTexts().mistakesLead}</p>${mistakeImages(mistakes, test.x, run)}`,
      ...(first && { units: weightImages(first.value, run) }),
      ...(initialFilters && filters && { filters: filterImages(initialFilters, filters) }),
      ...(filters && { maps: featureMaps(model, test) }),
      weights: histograms(weights),
      reproduce: reproduction(run),
      configuration: factTable(run.configuration),
      machine: factTable(run.machine),
    },
  }
}

/** The parts that change with each step, which take little time: the summary and the learning curves. */
export function createProgressReport(run: ReportData & { readonly progress: Progress }): Report {
  const { progress } = run
  const parts = { summary: summary(run, progressFigures(run, progress)), curves: learningCurves(run) }
  return { title: progressTitle(run, progress), parts }
}

/** All parts in their sections. Each is in an element with its id. */
export const reportBody = ({ parts }: Report): Markup =>
  html`${part('summary', parts)}${SECTION_NAMES.filter((name) => parts[SECTIONS[name][0]] !== undefined).map(
    (name) =>
      html`<section><h2>${reportTexts().sections[name]}</h2>${SECTIONS[name].map((id) => part(id, parts))}</section>\n`,
  )}`

const part = (id: string, parts: Report['parts']): Markup => html`
<div id="${id}">${parts[id]}</div>`

function summary(run: ReportData, figures: Figures): Markup {
  const { name, status, progress, network, dataset, date, warning } = run
  const now = date.toISOString()
  return html`<h1>${name}</h1>
<p class="soft">${status} · ${network} · ${dataset} · <time datetime="${now}">${now.slice(0, 16).replace('T', ' ')} UTC</time></p>
${warning && html`<p class="notice">${warning}</p>`}${progress && html`<progress max="1" value="${progress.share}" aria-label="${reportTexts().progress}"></progress>`}
${figureList(figures)}`
}

/** The most important numbers by their names. */
type Figures = Readonly<Record<string, string>>

function resultFigures(
  { test, iteration, samplesPerSecond }: ReportData,
  { accuracy, loss }: { accuracy: number; loss: number },
): Figures {
  const { figures } = reportTexts()
  return {
    [figures.testAccuracy]: formatPercent(accuracy, 2),
    [figures.testLoss]: formatLoss(loss),
    [figures.mistakes(formatCount(test.t.length))]: formatCount((1 - accuracy) * test.t.length),
    [figures.iterations]: formatCount(iteration),
    [figures.samplesPerSecond]: formatCount(samplesPerSecond),
  }
}

function progressFigures(
  { epochs, iteration, samplesPerSecond, stepsPerEpoch }: ReportData,
  progress: Progress,
): Figures {
  const { share, loss, secondsLeft } = progress
  const latest = epochs.at(-1)
  const { figures } = reportTexts()
  return {
    [figures.done]: percentDone(share),
    [figures.epoch]: formatEpoch(Math.floor(iteration / stepsPerEpoch)),
    [figures.batchLoss]: Number.isNaN(loss) ? '…' : formatLoss(loss),
    [figures.testAccuracy]: latest ? formatPercent(latest.testAccuracy, 2) : '…',
    [figures.left]: Number.isFinite(secondsLeft) ? formatDuration(secondsLeft) : '…',
    [figures.samplesPerSecond]: formatCount(samplesPerSecond),
  }
}

const progressTitle = ({ name }: ReportData, { share }: Progress): string => `${percentDone(share)} ${name}`

/** Never 100 % before the end. */
const percentDone = (share: number): string => `${Math.floor(100 * share)} %`

function epochTable(epochs: readonly EpochMetrics[]): Markup {
  const texts = reportTexts().epochTable
  const summary =
    epochs.length > MAX_TABLE_EPOCHS ? texts.summaryOfLast(MAX_TABLE_EPOCHS, epochs.length) : texts.summary
  const titles = [
    ...[texts.epoch, texts.iterations, texts.loss, texts.testLoss],
    ...[texts.trainAccuracy, texts.testAccuracy, texts.samplesPerSecond],
  ]
  const rows = epochs
    .slice(-MAX_TABLE_EPOCHS)
    .map((metrics) => [
      formatEpoch(metrics.epoch),
      formatCount(metrics.iteration),
      formatLoss(metrics.loss),
      formatLoss(metrics.testLoss),
      formatAccuracy(metrics.trainAccuracy),
      formatAccuracy(metrics.testAccuracy),
      formatCount(metrics.samplesPerSecond),
    ])
  return html`<details id="epoch-table">
<summary>${summary}</summary>
<div class="scroll" role="region" aria-label="${texts.region}" tabindex="0"><table class="epochs">
<thead><tr>${titles.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody></table></div></details>`
}

function histograms(weights: ReturnType<Classifier['parameters']>): Markup {
  const { description, moments } = reportTexts().histogram
  const charts = weights
    .filter(({ value }) => value.data.some(Number.isFinite))
    .slice(0, MAX_HISTOGRAMS)
    .map(({ name, value }) => {
      const shape = value.shape.map(formatCount).join(' × ')
      return histogramChart(name, histogram(value.data, HISTOGRAM_BINS), {
        note: shape,
        texts: { description, moments },
      })
    })
  const rest = weights.length - charts.length
  return html`<div class="histograms">${charts}</div>${rest > 0 ? html`<p>${reportTexts().notShown(rest)}</p>` : undefined}`
}

function reproduction({ commandLine, weightsSha256, iteration }: ReportData): Markup {
  const texts = reportTexts()
  const sha256 =
    weightsSha256 === undefined
      ? undefined
      : html`${iteration === 0 ? texts.hashBefore : texts.hash} <code>${weightsSha256}</code>`
  return html`<pre><code>${commandLine}</code></pre>
<p>${texts.same}${sha256}</p>`
}

const factTable = (facts: Facts): Markup =>
  html`<dl class="facts">${Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>`
