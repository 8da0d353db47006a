/** The card with the progress of training. */
import type { TrainTexts } from '../../i18n/train.ts'
import { createChart } from '../../ui/chart.ts'
import { el } from '../../ui/el.ts'
import type { NumberFormats } from '../../ui/numbers.ts'
import { card } from '../../ui/widgets.ts'
import type { TrainState } from '../state.ts'

/** The buttons, and the progress of training in words, in numbers and as curves. */
export function progressCard(
  t: TrainTexts,
  { count, percent, wholePercent, short }: NumberFormats,
  buttons: HTMLElement,
) {
  const status = el('p', { class: 'status' })
  const announcement = el('p', { class: 'visually-hidden', role: 'status' })
  const bar = el('progress', { max: 1, value: 0, 'aria-label': t.progress })
  const figure = (name: string) => {
    const value = el('dd', {}, '–')
    return { value, element: el('div', {}, el('dt', {}, name), value) }
  }
  const figures = {
    test: figure(t.testAccuracy),
    train: figure(t.trainAccuracy),
    loss: figure(t.loss),
    speed: figure(t.samples),
  }
  const lossChart = createChart()
  const accuracyChart = createChart()
  const numbers = el('dl', { class: 'figures' }, ...Object.values(figures).map(({ element }) => element))
  const charts = el('div', { class: 'charts' }, lossChart.element, accuracyChart.element)
  const element = card(t.progress, 'progress', buttons, status, announcement, bar, numbers, charts)

  function update(state: TrainState, iterations: number): void {
    const {
      network,
      drawing,
      iteration,
      losses,
      measurement,
      trainAccuracies,
      testAccuracies,
      samplesPerSecond,
    } = state
    numbers.hidden = charts.hidden = !network
    const total = Math.max(iterations, iteration)
    bar.value = drawing ? drawing.drawn / drawing.total : iteration / total
    status.textContent = describe(state, total)
    status.classList.toggle('fault', state.stopped === 'diverged')
    // Screen readers announce when something starts or ends, not every step.
    const announced = state.running ? t.running : describe(state, total)
    if (announcement.textContent !== announced) announcement.textContent = announced
    const points = losses.points()
    const last = points.at(-1)
    figures.test.value.textContent = measurement ? percent(measurement.testAccuracy) : '–'
    figures.train.value.textContent = measurement ? percent(measurement.trainAccuracy) : '–'
    figures.loss.value.textContent = last ? short(last[1]) : '–'
    figures.speed.value.textContent = samplesPerSecond > 0 && network ? count(samplesPerSecond) : '–'
    const description = (value?: string) => (value ? t.chartDescription(value, count(iteration)) : t.noValues)
    const common = { xRange: { low: 0, high: total }, xTick: count, empty: t.noValues }
    lossChart.update({
      ...common,
      title: t.lossChart,
      series: [{ name: t.loss, kind: 'train', points }],
      yRange: { low: 0 },
      format: short,
      description: description(last && short(last[1])),
    })
    accuracyChart.update({
      ...common,
      title: t.accuracyChart,
      series: [
        { name: t.onTrain, kind: 'train', points: trainAccuracies },
        { name: t.onTest, kind: 'test', points: testAccuracies },
      ],
      yRange: { low: 0, high: 1 },
      yTick: wholePercent,
      format: percent,
      description: description(measurement && percent(measurement.testAccuracy)),
    })
  }

  function describe({ network, drawing, running, iteration, stopped }: TrainState, total: number): string {
    if (drawing) return t.drawing(count(drawing.drawn), count(drawing.total))
    if (!network) return running ? t.running : t.waiting
    if (stopped === 'diverged') return t.diverged
    if (!running && iteration === 0) return network.loaded ? t.loadedFrom(network.loaded) : t.untrained
    const activity = running ? t.running : stopped === 'done' ? t.done : t.paused
    return t.ofSteps(activity, count(iteration), count(total))
  }
  return { element, update }
}
