/** Where the values flow: to the right, as in the book, or down, for narrow pages. */
export type Direction = 'right' | 'down'

/** A size or a place with its axes exchanged, where values flow down: places are found as if they flowed to the right. */
export const turned = <T extends { readonly width: number; readonly height: number }>(
  one: T,
  direction: Direction,
): T => (direction === 'right' ? one : { ...one, width: one.height, height: one.width })
