import { textWidth } from '@gosa/charts/text'
import type { Colors } from './colors.ts'
import type { Output } from './output.ts'

/*
 * The progress line of long tasks: a bar, the percentage and a few facts, in one line of the terminal.
 */

/** How far a task is. */
export interface ProgressState {
  /** The share that is done, from 0 to 1. */
  readonly share: number
  /** Further facts, the most important first: `loss 0.25`. Empty ones are left out. */
  readonly details?: readonly string[]
}

/** The progress line of a task on the terminal. */
export interface Progress {
  /** Tells how far the task is. `state` is called only if the line is drawn. */
  update(state: () => ProgressState): void
  /** Draws the line now, for example after another line has replaced it. */
  redraw(): void
  /** Removes the line. */
  end(): void
}

/** The least time between two drawings by `update`; a changed width of the terminal is followed at once. */
const REFRESH_MS = 100

/** Shows progress on the terminal, if there is one; nothing before `delayMs`, so that a short task shows no line. */
export function startProgress(
  output: Pick<Output, 'progress' | 'progressColumns' | 'showsProgress' | 'stderrColors'>,
  { delayMs = 0, now = () => performance.now() }: { delayMs?: number; now?: () => number } = {},
): Progress {
  if (!output.showsProgress) return { update() {}, redraw() {}, end() {} }
  const startedAt = now()
  let drawn = { at: -Infinity, columns: 0 }
  let latest: (() => ProgressState) | undefined

  function redraw(): void {
    if (latest === undefined || now() - startedAt < delayMs) return
    const columns = output.progressColumns
    drawn = { at: now(), columns }
    output.progress(progressLine(latest(), columns, output.stderrColors))
  }

  return {
    update(state) {
      latest = state
      if (now() - drawn.at >= REFRESH_MS || output.progressColumns !== drawn.columns) redraw()
    },
    redraw,
    end() {
      latest = undefined
      output.progress()
    },
  }
}

const BAR_COLUMNS = { min: 4, max: 24 }

/**
 * A bar, the percentage and the details on one line: `━━━━━━╌╌╌╌╌╌  50 %  epoch 9/17`. It is at most `columns` wide; if
 * they do not suffice the last details are left out first, then the bar, but never the percentage.
 */
export function progressLine(
  { share, details = [] }: ProgressState,
  columns: number,
  colors: Pick<Colors, 'cyan' | 'dim'>,
): string {
  const parts = [`${Math.floor(100 * share)} %`.padStart(5), ...details.filter((detail) => detail !== '')]
  const text = () => parts.join('  ')
  while (parts.length > 1 && textWidth(text()) + BAR_COLUMNS.min + 1 > columns) parts.pop()
  const barColumns = Math.min(BAR_COLUMNS.max, columns - textWidth(text()) - 1)
  if (barColumns < BAR_COLUMNS.min) return text().trimStart()
  const done = Math.min(barColumns, Math.floor(share * barColumns))
  return `${colors.cyan('━'.repeat(done))}${colors.dim('╌'.repeat(barColumns - done))} ${text()}`
}
