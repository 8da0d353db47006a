/** Tensors as small matrices of coloured cells. */
import { type Tensor, zeros } from '@gosa/linalg'
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
/** The largest number of rows and of columns, of matrices and of images side by side. */
const MAX_CELLS = 28
const MAX_IMAGE_CELLS = 58
/** Lengths in pixels. */
const MAX_SIDE = 42
const MAX_IMAGE_SIDE = 58
const MIN_SIDE = 5
const MAX_CELL_SIDE = 9

/**
 * The heat map of a tensor, the last axis from left to right. Of images (N, C, H, W) and filters (F, C, FH, FW) the first
 * feature maps or filters are shown side by side, as many as have room. In a larger matrix a cell stands for several entries, and shows
 * the one with the largest absolute value. Shades are relative to the largest absolute value of all entries.
 *
 * @param arrange rows and columns to arrange the entries in, used if their number fits
 */
export function heatMap(tensor: Tensor, arrange?: readonly [number, number]): HeatMap {
  const isArranged = arrange && arrange[0] * arrange[1] === tensor.size
  const { rank, shape, size } = tensor
  const areImages = !isArranged && rank === 4 && size > 0 && shape[2] > 1 && shape[3] > 1
  return areImages
    ? cellsOf(sideBySide(tensor), MAX_IMAGE_CELLS, MAX_IMAGE_SIDE)
    : cellsOf(tensor, MAX_CELLS, MAX_SIDE, isArranged ? arrange : undefined)
}

/** The largest number of images in a row or column. */
const MAX_TILES = 4

/** Images (N, C, H, W) as one matrix: the first ones in a square, with a line of zeros between them. */
function sideBySide({ data, shape: [N, C, H, W] }: Tensor): Tensor {
  const tilesAcross = Math.min(MAX_TILES, Math.max(1, Math.floor(MAX_IMAGE_CELLS / (Math.max(H, W) + 1))))
  const across = Math.min(tilesAcross, Math.ceil(Math.sqrt(N * C)))
  const down = Math.min(across, Math.ceil((N * C) / across))
  const mosaic = zeros([down * (H + 1) - 1, across * (W + 1) - 1])
  for (let tile = 0; tile < Math.min(N * C, across * down); tile++) {
    const [top, left] = [Math.floor(tile / across) * (H + 1), (tile % across) * (W + 1)]
    for (let y = 0; y < H; y++) {
      const line = data.subarray((tile * H + y) * W, (tile * H + y + 1) * W)
      mosaic.data.set(line, (top + y) * mosaic.shape[1] + left)
    }
  }
  return mosaic
}

function cellsOf(
  { data, shape, size }: Tensor,
  maxCells: number,
  maxSide: number,
  arrange?: readonly [number, number],
): HeatMap {
  const across = arrange?.[1] ?? shape[shape.length - 1] ?? 1
  const down = size === 0 ? 0 : size / across
  const [rows, columns] = [down, across].map((count) => Math.min(count, maxCells))
  const cells = new Array<number>(rows * columns).fill(0)
  for (let i = 0; i < size; i++) {
    const row = Math.floor((Math.floor(i / across) * rows) / down)
    const cell = row * columns + Math.floor(((i % across) * columns) / across)
    if (!(Math.abs(data[i]) <= Math.abs(cells[cell])))
      cells[cell] = Number.isFinite(data[i]) ? data[i] : Number.NaN
  }
  const unit = largestMagnitude(cells.filter(Number.isFinite)) || 1
  const cellSide = Math.min(MAX_CELL_SIDE, maxSide / Math.max(across, down, 1))
  const side = (count: number) => Math.max(MIN_SIDE, Math.round(count * cellSide))
  return {
    rows,
    columns,
    levels: cells.map((x) => Math.round((SHADES * x) / unit)),
    width: side(across),
    height: side(down),
  }
}
