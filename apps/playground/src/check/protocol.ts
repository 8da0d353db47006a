/** The messages between the page Check and its worker. */
import type { HeatMaps } from '@gosa/gradcheck/report'

/** The layers that can be checked. */
export const LAYERS = ['Affine', 'Relu', 'Sigmoid', 'Tanh', 'SoftmaxWithLoss'] as const

export type LayerName = (typeof LAYERS)[number]

/** A request: check a layer on random numbers. */
export interface CheckRequest {
  readonly id: number
  readonly layer: LayerName
  readonly seed: number
  /** The fault to plant in it, if any. */
  readonly fault?: string
}

/** The two gradients of one input or weight, and how they compare. */
export interface CheckedEntry {
  readonly name: string
  readonly shape: readonly number[]
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  /** The number of entries that were compared, and of those that are wrong. */
  readonly compared: number
  readonly wrong: number
  readonly meanAbsoluteDifference: number
  readonly maxRelativeError: number
  /** What would explain the error. */
  readonly cause?: string
  /** Row-major. */
  readonly analytic: readonly number[]
  readonly numerical: readonly number[]
  readonly maps?: HeatMaps
}

/** The result of a check. */
export interface CheckReply {
  readonly id: number
  /** The faults that can be planted in the layer and have an effect. */
  readonly faults: readonly string[]
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  readonly entries: readonly CheckedEntry[]
  readonly findings: readonly string[]
  /** The whole report, as a terminal shows it. */
  readonly table: string
}

/** The reply to a check that could not be run. */
export interface CheckFailure {
  readonly id: number
  readonly failed: string
}
