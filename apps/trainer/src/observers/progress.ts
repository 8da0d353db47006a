import { formatAccuracy, formatCount, formatDuration, formatLoss } from '@gosa/charts/text'
import type { Output, Paint } from '@gosa/cli-kit'
import { type Curve, createCurve, type Point, stepsPerEpoch } from '@gosa/training'
import { type Observer, type Progress, secondsLeft } from './observer.ts'

/** The progress line of `train` in the terminal: a bar, epoch, loss, time left, test accuracy, learning curve and speed. */

/** How often the line is drawn at most. */
const REFRESH_MS = 100

/** The length of the bar, in characters: at most, and the least that is worth drawing. */
const BAR = { max: 24, min: 4 }

/** The length of the learning curve, in characters. */
const CURVE_LENGTH = 10

/** The parts of a run that the progress line needs. */
export interface ProgressSource {
  config: { iterations: number; batchSize: number }
  data: { train: { labels: ArrayLike<number> } }
}

/**
 * Shows progress in a line of the terminal, if there is one. The line is drawn at most ten times a second, and at once when
 * the terminal is resized.
 */
export function progressObserver(
  { config, data }: ProgressSource,
  output: Pick<Output, 'showsProgress' | 'progressColumns' | 'progress' | 'notePaint'>,
  losses: Curve = createCurve(),
  clock: () => number = () => performance.now(),
): Observer {
  const { iterations, batchSize } = config
  const perEpoch = stepsPerEpoch(data.train.labels.length, batchSize)
  let drawn = { at: -Infinity, columns: 0 }
  let testAccuracy: number | undefined
  let latest: Progress | undefined

  function draw(progress: Progress): void {
    const { progressColumns: columns } = output
    drawn = { at: clock(), columns }
    const parts = { ...progress, iterations, batchSize, perEpoch, testAccuracy, losses: losses.points() }
    output.progress(progressLine(parts, columns, output.notePaint))
  }

  if (!output.showsProgress) return {}
  return {
    progress(progress) {
      latest = progress
      if (clock() - drawn.at >= REFRESH_MS || output.progressColumns !== drawn.columns) draw(progress)
    },
    epoch(metrics) {
      testAccuracy = metrics.testAccuracy
      // The row of the epoch table has overwritten the line.
      if (latest) draw(latest)
    },
  }
}

/** What the progress line shows. */
export interface ProgressLine extends Progress {
  iterations: number
  perEpoch: number
  batchSize: number
  /** Undefined before the first evaluation. */
  testAccuracy?: number
  /** The losses so far. */
  losses: readonly Point[]
}

/**
 * The progress line, at most `columns` wide but always with the percentage. A narrow terminal drops first the speed, then the
 * curve, the accuracy, the time left, the loss, the epoch, and the bar.
 */
export function progressLine(
  progress: ProgressLine,
  columns: number,
  paint: Pick<Paint, 'cyan' | 'dim'>,
): string {
  const parts = progressParts(progress)
  const text = () => parts.join('  ')
  while (parts.length > 1 && text().length + BAR.min + 1 > columns) parts.pop()
  const length = Math.min(BAR.max, columns - text().length - 1)
  if (length < BAR.min) return text().trimStart()
  const filled = Math.min(length, Math.floor((progress.iteration / progress.iterations) * length))
  return `${paint.cyan('━'.repeat(filled))}${paint.dim('╌'.repeat(length - filled))} ${text()}`
}

/** The texts of the line, the most important first. */
function progressParts(progress: ProgressLine): string[] {
  const { iteration, iterations, perEpoch, loss, losses, testAccuracy, samplesPerSecond } = progress
  const epochs = Math.ceil(iterations / perEpoch)
  return [
    `${Math.floor((100 * iteration) / iterations)} %`.padStart(5),
    `epoch ${Math.min(epochs, Math.floor(iteration / perEpoch) + 1)}/${epochs}`,
    `loss ${formatLoss(loss)}`,
    `${formatDuration(secondsLeft(progress, progress))} left`,
    testAccuracy === undefined ? '' : `test ${formatAccuracy(testAccuracy)}`,
    sparkline(losses, CURVE_LENGTH),
    `${formatCount(samplesPerSecond)} samples/s`,
  ].filter((part) => part !== '')
}

const BLOCKS = [...'▁▂▃▄▅▆▇█']

/**
 * A curve as a word of at most `width` characters, `▇▅▃▂▁`: each is the mean of equally many neighbours, from the lowest of
 * all at the bottom to the highest at the top. NaN and infinite values are left out.
 */
export function sparkline(points: readonly Point[], width: number): string {
  const values = points.map(([, y]) => y).filter(Number.isFinite)
  const length = Math.min(values.length, Math.max(0, width))
  const means = Array.from({ length }, (_, i) => {
    const part = values.slice(
      Math.floor((i * values.length) / length),
      Math.floor(((i + 1) * values.length) / length),
    )
    return part.reduce((sum, value) => sum + value / part.length, 0)
  })
  const low = Math.min(...means)
  const range = Math.max(...means) - low
  const level = (value: number) => (range > 0 ? Math.round(((value - low) / range) * (BLOCKS.length - 1)) : 0)
  return means.map((value) => BLOCKS[level(value)]).join('')
}
