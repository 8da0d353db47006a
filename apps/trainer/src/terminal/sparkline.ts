import type { Point } from '@gosa/training'

const BLOCKS = [...'▁▂▃▄▅▆▇█']

/**
 * A curve as a word of at most `width` characters, `▇▅▃▂▁`: each is the mean of as many neighbours as there are points to
 * a character, the lowest of all at the bottom, the highest at the top. Values that are no numbers are left out.
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
  const span = Math.max(...means) - low
  const level = (value: number) => (span > 0 ? Math.round(((value - low) / span) * (BLOCKS.length - 1)) : 0)
  return means.map((value) => BLOCKS[level(value)]).join('')
}
