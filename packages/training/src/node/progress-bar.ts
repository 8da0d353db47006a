import { checkOptions } from '@gosa/linalg/options'
import type { EpochResult, FitObserver, StepResult } from '../fit/fit-options.ts'

/** Where the bar is drawn: `process.stderr`, or anything with `write`. */
interface Stream {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

export interface ProgressBarOptions {
  /** `process.stderr` by default. */
  stream?: Stream
}

/** The minimum time between two drawings, in ms. */
const REDRAW_EVERY_MS = 100

/** The maximum width of the bar itself, in characters. */
const MAX_BAR_WIDTH = 30

const DEFAULT_COLUMNS = 80

/** Moves to the start of the line and clears it. */
const CLEAR_LINE = '\r\u001b[K'

/**
 * Returns an observer for the option `progress` of `fit` that draws a bar with step, loss, and time left, and leaves a line
 * for each epoch:
 *
 *     await fit(network, data, { epochs: 5, progress: progressBar() })
 *
 * Where the stream is no terminal, such as a file, only the lines of the epochs are written.
 */
export function progressBar(options?: ProgressBarOptions): FitObserver {
  const { stream = process.stderr } = checkOptions('progressBar', options, ['stream'])
  const isTerminal = stream.isTTY === true
  let start: { readonly time: number; readonly iteration: number } | undefined
  let drawn = Number.NEGATIVE_INFINITY
  let isVisible = false
  const clear = () => {
    if (isVisible) stream.write(CLEAR_LINE)
    isVisible = false
  }
  return {
    onStep(step) {
      const now = performance.now()
      start ??= { time: now, iteration: step.iteration }
      if (!isTerminal || now - drawn < REDRAW_EVERY_MS) return
      drawn = now
      isVisible = true
      const msPerStep = (now - start.time) / Math.max(1, step.iteration - start.iteration)
      const seconds = ((step.iterations - step.iteration) * msPerStep) / 1000
      stream.write(CLEAR_LINE + barLine(step, seconds, stream.columns ?? DEFAULT_COLUMNS))
    },
    onEpoch(epoch) {
      clear()
      stream.write(`${epochLine(epoch)}\n`)
    },
    onEnd: clear,
  }
}

/** `━━━━━━────── step 1,200 of 6,000, loss 0.4312, 8 s left`, cut to the width of the terminal. */
function barLine({ iteration, iterations, loss }: StepResult, secondsLeft: number, columns: number): string {
  const text = ` step ${format(iteration)} of ${format(iterations)}, loss ${loss.toPrecision(4)}, ${Math.ceil(secondsLeft)} s left`
  const width = Math.max(0, Math.min(MAX_BAR_WIDTH, columns - 1 - text.length))
  const filled = Math.round((width * iteration) / iterations)
  return ('━'.repeat(filled) + '─'.repeat(width - filled) + text).slice(0, columns - 1)
}

/** `epoch 3, loss 0.2101, validation: loss 0.1893, accuracy 0.9412, best` */
function epochLine({ epoch, loss, validation, training, best }: EpochResult): string {
  const scores = Object.entries(validation ?? training ?? {})
    .map(([name, value]) => `${name} ${value.toPrecision(4)}`)
    .join(', ')
  const part = validation ? 'validation' : 'training'
  const name = Number.isInteger(epoch) ? String(epoch) : epoch.toFixed(2)
  return `epoch ${name}, loss ${loss.toPrecision(4)}${scores && `, ${part}: ${scores}`}${best && validation ? ', best' : ''}`
}

const format = (count: number): string => count.toLocaleString('en-US')
