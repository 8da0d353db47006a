import type { Tensor } from '@gosa/linalg'
import type { Entry } from './report.ts'

/** A picture of a gradient: one level a cell, 0 to 255, for a colour scale; cells row by row. */
export interface HeatMap {
  readonly width: number
  readonly height: number
  readonly levels: Uint8Array
}

/** The pictures of an entry: both gradients with 0 in the middle of the scale, and how far they differ, in decades. */
export interface HeatMaps {
  readonly analytic: HeatMap
  readonly numerical: HeatMap
  readonly error: HeatMap
  /** The cells of the largest relative errors. */
  readonly worst: readonly { readonly column: number; readonly row: number }[]
}

const WORST = 5
/** The error's scale begins at 10⁻¹² of the largest entry and ends at 1. */
const DECADES = 12

/** Undefined where the report holds no whole gradients. The last axis runs to the right, all others down. */
export function heatMapsOf({ analytic, numerical, wrong }: Entry): HeatMaps | undefined {
  if (!analytic || !numerical || analytic.size === 0) return undefined
  const largest = Math.max(largestOf(analytic), largestOf(numerical)) || 1
  const width = analytic.rank === 0 ? 1 : analytic.shape[analytic.rank - 1]
  const error = analytic.data.slice() as Float64Array
  for (let i = 0; i < error.length; i++) {
    error[i] = Math.abs(analytic.data[i] - numerical.data[i]) / largest
  }
  const signed = ({ data }: Tensor): HeatMap => map(width, data, (g) => 127.5 * (1 + g / largest))
  const order = Array.from(error.keys()).sort((a, b) => rank(error[b]) - rank(error[a]))
  return {
    analytic: signed(analytic),
    numerical: signed(numerical),
    error: map(width, error, (e) => 255 * (1 + Math.log10(Math.max(rank(e), 1e-300)) / DECADES)),
    worst: order
      .slice(0, Math.min(WORST, Math.max(1, wrong)))
      .map((i) => ({ column: i % width, row: Math.floor(i / width) })),
  }
}

const map = (width: number, numbers: ArrayLike<number>, level: (number: number) => number): HeatMap => ({
  width,
  height: numbers.length / width,
  levels: Uint8Array.from(numbers, (number) => Math.min(255, Math.max(0, Math.round(level(number)) || 0))),
})

/** NaN counts as the largest error. */
const rank = (error: number): number => (Number.isNaN(error) ? Infinity : error)

function largestOf({ data }: Tensor): number {
  let largest = 0
  for (const number of data) if (Math.abs(number) < Infinity) largest = Math.max(largest, Math.abs(number))
  return largest
}
