/** Splitting a length into nearly equal chunks. */

/** Rounds up to a multiple of 4: tiles have four rows, and aligned copies are faster. */
export const roundUpToMultipleOf4 = (count: number): number => Math.ceil(count / 4) * 4

/**
 * Returns the chunk length if `total` is split into the fewest equal chunks of at most `max`, rounded up to a multiple of 4
 * (but not above `max`); the last chunk may be shorter.
 */
const chunkLength = (total: number, max: number): number =>
  Math.min(max, roundUpToMultipleOf4(total / Math.ceil(total / max)))

/** Returns the number of rows per part if `total` rows are split into at most `parts` nearly equal parts. */
export const rowsPerPart = (total: number, parts: number): number =>
  chunkLength(total, roundUpToMultipleOf4(total / parts))

/** Splits `total` into nearly equal chunks of at most `max`: returns the start, length and index of each. */
export function splitEvenly(total: number, max: number): [start: number, length: number, index: number][] {
  if (total === 0) return []
  const length = chunkLength(total, max)
  const chunks: [number, number, number][] = []
  for (let start = 0; start < total; start += length) {
    chunks.push([start, Math.min(length, total - start), chunks.length])
  }
  return chunks
}
