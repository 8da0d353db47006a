/** The next multiple of four, since tiles have four rows, and copies from even places are quicker. */
export const upToFour = (count: number): number => Math.ceil(count / 4) * 4

/** How long each is, but the last, of as few and as equal parts of `total` as possible, none longer than `most`; whole fours where possible. */
const lengthOf = (total: number, most: number): number =>
  Math.min(most, upToFour(total / Math.ceil(total / most)))

/** How long each is, but the last, of so many parts of `total`, or fewer. */
export const partLength = (total: number, parts: number): number => lengthOf(total, upToFour(total / parts))

/** The parts of `total`, none longer than `most`: where each begins, its length, its number. */
export function cut(total: number, most: number): [start: number, length: number, number: number][] {
  if (total === 0) return []
  const length = lengthOf(total, most)
  const parts: [number, number, number][] = []
  for (let start = 0; start < total; start += length) {
    parts.push([start, Math.min(length, total - start), parts.length])
  }
  return parts
}
