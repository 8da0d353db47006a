import { formatAccuracy, formatCount, formatDuration, formatLoss } from '@gosa/charts/text'
import { type Output, type ProgressState, startProgress } from '@gosa/cli-kit'
import { type Curve, createCurve, type Point, stepsPerEpoch, type TrainingProgress } from '@gosa/training'
import { runTexts } from '../texts/run.ts'
import { type Observer, secondsLeft } from './observer.ts'

/** The progress line of `train` in the terminal: a bar, epoch, loss, time left, test accuracy, learning curve and speed. */

/** The parts of a run that the progress line needs. */
export interface ProgressSource {
  config: { iterations: number; batchSize: number }
  data: { train: { t: ArrayLike<number> } }
}

/** Shows progress in a line of the terminal, if there is one. `losses` are the losses of single batches so far. */
export function progressObserver(
  source: ProgressSource,
  output: Pick<Output, 'showsProgress' | 'progressColumns' | 'progress' | 'stderrColors'>,
  losses: Curve = createCurve(),
  now: () => number = () => performance.now(),
): Observer {
  const line = startProgress(output, { now })
  let testAccuracy: number | undefined
  return {
    progress: (progress) => line.update(() => progressState(source, progress, losses.points(), testAccuracy)),
    epoch(metrics) {
      testAccuracy = metrics.testAccuracy
      // The row of the epoch table has overwritten the line.
      line.redraw()
    },
  }
}

/** The length of the learning curve, in characters. */
const CURVE_LENGTH = 10

/** What the line says, the most important first: a narrow terminal drops the last details. */
export function progressState(
  { config, data }: ProgressSource,
  progress: TrainingProgress,
  losses: readonly Point[],
  testAccuracy?: number,
): ProgressState {
  const perEpoch = stepsPerEpoch(data.train.t.length, config.batchSize)
  const epochs = Math.ceil(config.iterations / perEpoch)
  const { iteration, loss, samplesPerSecond } = progress
  const texts = runTexts().progress
  return {
    share: iteration / config.iterations,
    details: [
      texts.epoch(Math.min(epochs, Math.floor(iteration / perEpoch) + 1), epochs),
      texts.loss(formatLoss(loss)),
      texts.left(formatDuration(secondsLeft(progress, config))),
      testAccuracy === undefined ? '' : texts.test(formatAccuracy(testAccuracy)),
      sparkline(losses, CURVE_LENGTH),
      texts.samplesPerSecond(formatCount(samplesPerSecond)),
    ],
  }
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
