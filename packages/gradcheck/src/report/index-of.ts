import { type Shape, showShape } from '@gosa/linalg'

/** Where the i-th number of a tensor stands: its index along each axis. */
export function indexOf(i: number, shape: Shape): number[] {
  const index = new Array<number>(shape.length)
  for (let axis = shape.length - 1, rest = i; axis >= 0; axis--) {
    index[axis] = rest % shape[axis]
    rest = Math.floor(rest / shape[axis])
  }
  return index
}

/** `x (0, 1)`, or `x` alone for a number. */
export const place = (name: string, i: number, shape: Shape): string =>
  shape.length === 0 ? name : `${name} ${showShape(indexOf(i, shape))}`
