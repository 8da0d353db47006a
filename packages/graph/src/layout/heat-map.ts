/** Tensors as small matrices of coloured cells. */
import type { Tensor } from '@gosa/linalg'
import { largestMagnitude } from '../values.ts'

/** A matrix of coloured cells. */
export interface HeatMap {
  readonly rows: number
  readonly columns: number
  /** Row-major: −SHADES to SHADES, 0 for zero; NaN for an entry that is not finite. */
  readonly levels: readonly number[]
  /** In pixels. */
  readonly width: number
  readonly height: number
}

/** Number of shades of each sign. */
export const SHADES = 5
/** The largest number of rows and of columns. */
const MAX_CELLS = 28
/** Lengths in pixels. */
const MAX_SIDE = 42
const MIN_SIDE = 5
const MAX_CELL_SIDE = 9

/**
 * The heat map of a tensor, the last axis from left to right. In a larger matrix a cell stands for several entries, and shows
 * the one with the largest absolute value. Shades are relative to the largest absolute value of all entries.
 *
 * @param arrange rows and columns to arrange the entries in, used if their number fits
 */
export function heatMap({ data, shape, size }: Tensor, arrange?: readonly [number, number]): HeatMap {
  const across = arrange && arrange[0] * arrange[1] === size ? arrange[1] : (shape[shape.length - 1] ?? 1)
  const down = size === 0 ? 0 : size / across
  const [rows, columns] = [down, across].map((count) => Math.min(count, MAX_CELLS))
  const cells = new Array<number>(rows * columns).fill(0)
  for (let i = 0; i < size; i++) {
    const row = Math.floor((Math.floor(i / across) * rows) / down)
    const cell = row * columns + Math.floor(((i % across) * columns) / across)
    if (!(Math.abs(data[i]) <= Math.abs(cells[cell])))
      cells[cell] = Number.isFinite(data[i]) ? data[i] : Number.NaN
  }
  const unit = largestMagnitude(cells.filter(Number.isFinite)) || 1
  const cellSide = Math.min(MAX_CELL_SIDE, MAX_SIDE / Math.max(across, down, 1))
  const side = (count: number) => Math.max(MIN_SIDE, Math.round(count * cellSide))
  return {
    rows,
    columns,
    levels: cells.map((x) => Math.round((SHADES * x) / unit)),
    width: side(across),
    height: side(down),
  }
}
