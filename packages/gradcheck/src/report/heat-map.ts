import type { Tensor } from '@gosa/linalg'
import { showValue } from '@gosa/linalg/options'
import type { CheckEntry } from '../types/report.ts'

/** Heat maps of gradients, as levels of a colour scale. */

/** The heat map of a gradient: a level from 0 to 255 for each cell, row by row. */
export interface HeatMap {
  readonly width: number
  readonly height: number
  readonly levels: Uint8Array
}

/** The heat maps of an entry: both gradients, with 0 in the middle of the scale, and their difference, in decades. */
export interface HeatMaps {
  readonly analytic: HeatMap
  readonly numerical: HeatMap
  readonly error: HeatMap
  /** The largest absolute value of both gradients, at the ends of their scale; the errors are parts of it. */
  readonly largest: number
  /** The cells with the largest errors. */
  readonly worst: readonly { readonly column: number; readonly row: number }[]
}

const MAX_WORST_CELLS = 5
/** The scale of the error begins at 10⁻¹² of the largest entry and ends at 1. */
export const ERROR_DECADES = 12

/**
 * The heat maps of an entry; undefined if the report does not hold whole gradients. The last axis runs to the right, all
 * others run down.
 */
export function heatMapsOf(entry: CheckEntry): HeatMaps | undefined {
  if (typeof entry?.name !== 'string' || !Array.isArray(entry.shape)) {
    throw new TypeError(`heatMapsOf: entry must be an entry of a report, not ${showValue(entry)}`)
  }
  const { analytic, numerical, wrong } = entry
  if (!analytic || !numerical || analytic.size === 0) return undefined
  const largest = Math.max(maxFiniteAbs(analytic), maxFiniteAbs(numerical)) || 1
  const width = analytic.rank === 0 ? 1 : analytic.shape[analytic.rank - 1]
  const error = analytic.data.slice() as Float64Array
  for (let i = 0; i < error.length; i++) {
    error[i] = Math.abs(analytic.data[i] - numerical.data[i]) / largest
  }
  const signedMap = ({ data }: Tensor): HeatMap => heatMap(width, data, (g) => 127.5 * (1 + g / largest))
  const order = Array.from(error.keys()).sort((a, b) => rank(error[b]) - rank(error[a]))
  return {
    largest,
    analytic: signedMap(analytic),
    numerical: signedMap(numerical),
    error: heatMap(width, error, (e) => 255 * (1 + Math.log10(Math.max(rank(e), 1e-300)) / ERROR_DECADES)),
    worst: order
      .slice(0, Math.min(MAX_WORST_CELLS, Math.max(1, wrong)))
      .map((i) => ({ column: i % width, row: Math.floor(i / width) })),
  }
}

const heatMap = (width: number, values: ArrayLike<number>, level: (value: number) => number): HeatMap => ({
  width,
  height: values.length / width,
  levels: Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round(level(value)) || 0))),
})

/** NaN counts as the largest error. */
const rank = (error: number): number => (Number.isNaN(error) ? Infinity : error)

/** The largest absolute value of those that are finite. */
function maxFiniteAbs({ data }: Tensor): number {
  let largest = 0
  for (const value of data) if (Math.abs(value) < Infinity) largest = Math.max(largest, Math.abs(value))
  return largest
}
