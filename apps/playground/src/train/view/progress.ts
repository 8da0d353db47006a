import { el } from '../../dom/el.ts'
import type { TrainTexts } from '../../text/train.ts'
import { card } from '../../view/card.ts'
import { lineChart } from '../../view/line-chart.ts'
import type { Numbers } from '../../view/numbers.ts'
import type { TrainState } from '../state.ts'

/** The buttons, and how far training is: in words, in numbers and as curves. */
export function progressCard(
  t: TrainTexts,
  { count, share, wholeShare, short }: Numbers,
  buttons: HTMLElement,
) {
  const status = el('p', { class: 'status' })
  const spoken = el('p', { class: 'unseen', role: 'status' })
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
  const loss = lineChart({ title: t.lossChart, value: (y) => String(Number(y.toPrecision(2))), count })
  const accuracy = lineChart({
    title: t.accuracyChart,
    range: [0, 1],
    value: wholeShare,
    count,
  })
  const numbers = el('dl', { class: 'figures' }, ...Object.values(figures).map((one) => one.element))
  const charts = el('div', { class: 'charts' }, loss.element, accuracy.element)
  const element = card(t.progress, 'progress', buttons, status, spoken, bar, numbers, charts)

  function update(state: TrainState, iterations: number): void {
    const {
      network,
      drawing,
      iteration,
      losses,
      measured,
      trainAccuracies,
      testAccuracies,
      samplesPerSecond,
    } = state
    numbers.hidden = charts.hidden = !network
    const total = Math.max(iterations, iteration)
    bar.value = drawing ? drawing.drawn / drawing.total : iteration / total
    status.textContent = words(state, total)
    status.classList.toggle('fault', state.stopped === 'diverged')
    // Read aloud where something begins or ends, not with every step.
    const said = state.running ? t.running : words(state, total)
    if (spoken.textContent !== said) spoken.textContent = said
    const points = losses.points()
    const last = points.at(-1)
    figures.test.value.textContent = measured ? share(measured.testAccuracy) : '–'
    figures.train.value.textContent = measured ? share(measured.trainAccuracy) : '–'
    figures.loss.value.textContent = last ? short(last[1]) : '–'
    figures.speed.value.textContent = samplesPerSecond > 0 && network ? count(samplesPerSecond) : '–'
    const after = (value?: string) => (value ? t.chartWords(value, count(iteration)) : t.noValues)
    loss.update({
      series: [{ name: t.loss, kind: 'backward', points }],
      end: total,
      words: after(last && short(last[1])),
    })
    accuracy.update({
      series: [
        { name: t.onTrain, kind: 'soft', points: trainAccuracies },
        { name: t.onTest, kind: 'forward', points: testAccuracies },
      ],
      end: total,
      words: after(measured && share(measured.testAccuracy)),
    })
  }

  function words({ network, drawing, running, iteration, stopped }: TrainState, total: number): string {
    if (drawing) return t.drawing(count(drawing.drawn), count(drawing.total))
    if (!network) return running ? t.running : t.waiting
    if (stopped === 'diverged') return t.diverged
    if (!running && iteration === 0) return network.loaded ? t.loadedFrom(network.loaded) : t.fresh
    const what = running ? t.running : stopped === 'done' ? t.done : t.paused
    return t.ofSteps(what, count(iteration), count(total))
  }
  return { element, update }
}
