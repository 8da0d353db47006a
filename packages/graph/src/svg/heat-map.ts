import type { Tensor } from '@gosa/linalg'
import { largest } from '../text/show-number.ts'

/** A matrix as coloured cells. */
export interface HeatMap {
  readonly rows: number
  readonly columns: number
  /** Row-major: −LEVELS to LEVELS, 0 for 0; NaN where an entry is not finite. */
  readonly levels: readonly number[]
  /** In pixels. */
  readonly width: number
  readonly height: number
}

/** How many shades each sign has. */
export const LEVELS = 5
const MOST_CELLS = 28
const SIDE = 42
const LEAST = 5
const LARGEST_CELL = 9

/**
 * The heat map of a tensor, the last axis from left to right. Of larger matrices a cell stands for several entries, and shows
 * the one of largest absolute value. Shades are shares of the largest absolute value of all.
 *
 * @param arrange rows and columns to arrange the entries in, where their number is that of the tensor
 */
export function heatMap({ data, shape, size }: Tensor, arrange?: readonly [number, number]): HeatMap {
  const across = arrange && arrange[0] * arrange[1] === size ? arrange[1] : (shape[shape.length - 1] ?? 1)
  const down = size === 0 ? 0 : size / across
  const [rows, columns] = [down, across].map((count) => Math.min(count, MOST_CELLS))
  const cells = new Array<number>(rows * columns).fill(0)
  for (let i = 0; i < size; i++) {
    const row = Math.floor((Math.floor(i / across) * rows) / down)
    const cell = row * columns + Math.floor(((i % across) * columns) / across)
    if (!(Math.abs(data[i]) <= Math.abs(cells[cell])))
      cells[cell] = Number.isFinite(data[i]) ? data[i] : Number.NaN
  }
  const unit = largest(cells.filter(Number.isFinite)) || 1
  const cell = Math.min(LARGEST_CELL, SIDE / Math.max(across, down, 1))
  const side = (count: number) => Math.max(LEAST, Math.round(count * cell))
  return {
    rows,
    columns,
    levels: cells.map((x) => Math.round((LEVELS * x) / unit)),
    width: side(across),
    height: side(down),
  }
}
