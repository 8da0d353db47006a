import type { Output } from '@gosa/cli-kit'

/** Before that a bar would only flicker. */
const AFTER = 1000
const EVERY = 100

export interface ProgressBar {
  /** The share that is done, 0 to 1. */
  update(share: number): void
  /** Takes the bar away. */
  end(): void
}

/** A bar on the terminal for what takes longer than a second: `checking ━━━━━━━━━───────── 52 %, about 3 s left`. */
export function startProgress(
  {
    progress,
    progressColumns,
    showsProgress,
  }: Pick<Output, 'progress' | 'progressColumns' | 'showsProgress'>,
  now: () => number = () => performance.now(),
): ProgressBar {
  if (!showsProgress) return { update() {}, end() {} }
  const start = now()
  let share = 0
  const draw = (): void => {
    if (now() - start >= AFTER) progress(bar(share, now() - start, progressColumns))
  }
  const timer = setInterval(draw, EVERY)
  return {
    update(done) {
      share = done
    },
    end() {
      clearInterval(timer)
      progress()
    },
  }
}

/** As wide as there is room, up to 30 characters. */
export function bar(share: number, elapsed: number, columns: number): string {
  const left = share > 0.02 ? `, about ${Math.ceil((elapsed / share - elapsed) / 1000)} s left` : ''
  const text = ` ${Math.floor(100 * share)} %${left}`
  const width = Math.max(0, Math.min(30, columns - text.length - 'checking '.length))
  const done = Math.round(share * width)
  return `checking ${'━'.repeat(done)}${'─'.repeat(width - done)}${text}`
}
