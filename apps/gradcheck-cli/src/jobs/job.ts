import type { CheckOptions } from '@gosa/gradcheck'
import type { BookData } from '../book/book-case.ts'
import type { Rows } from '../book/slices.ts'
import type { Judged } from '../faults/judge.ts'
import type { PackedReport } from './pack-report.ts'

/** What every worker is told at its start. */
export interface Settings {
  readonly seed: number
  readonly backend: string
  /** The options that were typed, which win over those of a case. */
  readonly options: CheckOptions
  /** Whether the whole gradients are wanted, for a picture of them. */
  readonly gradients: boolean
  /** Of faults: only those in whose name this stands. */
  readonly only?: string
  /** Of the book's check. */
  readonly book?: BookData
}

/** A piece of work. */
export type Job =
  /** Rows of a weight of the book's network; or without them, all that is checked besides the single entries. */
  | { readonly kind: 'book'; readonly rows?: Rows }
  | { readonly kind: 'suite'; readonly index: number }
  | { readonly kind: 'module'; readonly file: string; readonly index: number }
  /** Planted faults, or correct code, of the given numbers. */
  | { readonly kind: 'faults' | 'trials'; readonly from: number; readonly to: number }
  /** How many faults there are. */
  | { readonly kind: 'count' }
  /** Which cases a module exports. */
  | { readonly kind: 'cases'; readonly file: string }

/** What comes of a job. */
export type Result =
  | { readonly report: PackedReport }
  | { readonly names: readonly string[] }
  | { readonly judged: readonly Judged[] }
  | { readonly count: number }
