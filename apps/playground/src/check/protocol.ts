import type { HeatMaps } from '@gosa/gradcheck/report'

/** The layers that can be checked. */
export const LAYERS = ['Affine', 'Relu', 'Sigmoid', 'Tanh', 'SoftmaxWithLoss'] as const

export type LayerName = (typeof LAYERS)[number]

/** What the page asks: a layer on random numbers of a seed, and which fault is planted in it, if any. */
export interface CheckRequest {
  readonly id: number
  readonly layer: LayerName
  readonly seed: number
  readonly fault?: string
}

/** The gradients of one input or weight, as found both ways. */
export interface CheckedEntry {
  readonly name: string
  readonly shape: readonly number[]
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  readonly compared: number
  readonly wrong: number
  readonly meanAbsoluteDifference: number
  readonly maxRelativeError: number
  readonly cause?: string
  /** Row-major. */
  readonly analytic: readonly number[]
  readonly numerical: readonly number[]
  readonly maps?: HeatMaps
}

/** What the checker says. */
export interface CheckReply {
  readonly id: number
  /** The faults that can be planted and show. */
  readonly faults: readonly string[]
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  readonly entries: readonly CheckedEntry[]
  readonly findings: readonly string[]
  /** The whole report, as a terminal shows it. */
  readonly table: string
}
