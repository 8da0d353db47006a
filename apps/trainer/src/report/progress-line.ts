import { count, duration, epochs, loss } from './numbers.ts'

export interface Progress {
  iteration: number
  iterations: number
  perEpoch: number
  loss: number
  samplesPerSecond: number
  batchSize: number
}

/** The bar's length where there is room, and the least that is worth drawing. */
const BAR = { most: 24, least: 6 }

/** One line with a bar, at most `columns` wide; what says least is left out first. */
export function progressLine(progress: Progress, columns: number): string {
  const { iteration, iterations, perEpoch, samplesPerSecond, batchSize } = progress
  const share = iteration / iterations
  const left = ((iterations - iteration) * batchSize) / samplesPerSecond
  const parts = [
    `${Math.floor(100 * share)} %`.padStart(5),
    `epoch ${epochs(Math.floor(iteration / perEpoch) + 1)}`,
    `loss ${loss(progress.loss)}`,
    `${duration(left)} left`,
    `${count(samplesPerSecond)} samples/s`,
  ]
  while (parts.length > 1 && parts.join('  ').length + BAR.least + 1 > columns) parts.pop()
  const text = parts.join('  ')
  const room = Math.min(BAR.most, columns - text.length - 1)
  return room < BAR.least ? text.trimStart() : `${bar(share, room)} ${text}`
}

function bar(share: number, length: number): string {
  const full = Math.min(length, Math.floor(share * length))
  return '━'.repeat(full) + '╌'.repeat(length - full)
}
