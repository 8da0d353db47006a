import type { Paint } from '@gosa/cli-kit'
import type { Point } from '@gosa/training'
import { accuracy, count, duration, loss } from '../report/numbers.ts'
import type { Now } from '../report/observer.ts'
import { secondsLeft } from '../report/seconds-left.ts'
import { sparkline } from './sparkline.ts'

export interface Progress extends Now {
  iterations: number
  perEpoch: number
  batchSize: number
  /** The accuracy on images not trained with, once there was an epoch. */
  testAccuracy?: number
  /** The losses so far. */
  losses: readonly Point[]
}

/** The bar's length where there is room, and the least that is worth drawing. */
const BAR = { most: 24, least: 4 }

/** How long the learning curve is. */
const CURVE = 10

/**
 * One line with a bar and a learning curve, at most `columns` wide, but never without the share that is done. Where lines
 * are narrow the speed is left out first, then the curve, the accuracy, the time left, the loss, the epoch, the bar.
 */
export function progressLine(
  progress: Progress,
  columns: number,
  paint: Pick<Paint, 'cyan' | 'dim'>,
): string {
  const parts = partsOf(progress)
  const text = () => parts.join('  ')
  while (parts.length > 1 && text().length + BAR.least + 1 > columns) parts.pop()
  const room = Math.min(BAR.most, columns - text().length - 1)
  if (room < BAR.least) return text().trimStart()
  const full = Math.min(room, Math.floor((progress.iteration / progress.iterations) * room))
  return `${paint.cyan('━'.repeat(full))}${paint.dim('╌'.repeat(room - full))} ${text()}`
}

/** What the line says, the most important first. */
function partsOf(now: Progress): string[] {
  const { iteration, iterations, perEpoch } = now
  const epochs = Math.ceil(iterations / perEpoch)
  return [
    `${Math.floor((100 * iteration) / iterations)} %`.padStart(5),
    `epoch ${Math.min(epochs, Math.floor(iteration / perEpoch) + 1)}/${epochs}`,
    `loss ${loss(now.loss)}`,
    `${duration(secondsLeft(now, now))} left`,
    now.testAccuracy === undefined ? '' : `test ${accuracy(now.testAccuracy)}`,
    sparkline(now.losses, CURVE),
    `${count(now.samplesPerSecond)} samples/s`,
  ].filter((part) => part !== '')
}
