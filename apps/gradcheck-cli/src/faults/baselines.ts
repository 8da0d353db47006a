import type { CheckOptions, FindingName, Report } from '@gosa/gradcheck'
import { type Case, checkLayered } from '../cases/case.ts'

/*
 * How others would judge a case: the reader of the book, and PyTorch. The checker is measured against them.
 */

/** Compares with central differences only. */
const COMPARISON_ONLY: CheckOptions = { method: 'central', secondOrder: false, independent: false }

/** Accepts any difference. */
const UNLIMITED = { rtol: 0, atol: Number.MAX_VALUE }

/** The mean absolute difference below which a reader of chapter 5 accepts a gradient. */
const BOOK_MEAN_LIMIT = 1e-6

/** Findings that stop any comparison: a missing array, a wrong shape, NaN. */
const STOPPING: readonly FindingName[] = ['missing-gradient', 'wrong-shape', 'not-finite']

/** Findings of `torch.autograd.gradcheck`, which also repeats the pass. */
const STOPPING_PYTORCH: readonly FindingName[] = ['not-repeatable', 'accumulated', 'wrong-dtype', ...STOPPING]

/** The rules of others, applied to the same cases: whether each accepts a case as correct. */
export const BASELINES = {
  /** The mean absolute difference that chapter 5 prints. */
  book: (given: Case): boolean =>
    accepts(given, { h: 1e-4, tolerance: UNLIMITED }, STOPPING, (mean) => mean < BOOK_MEAN_LIMIT),
  /** `torch.autograd.gradcheck` with its defaults. */
  pytorch: (given: Case): boolean =>
    accepts(given, { h: 1e-6, tolerance: { rtol: 1e-3, atol: 1e-5 } }, STOPPING_PYTORCH),
} as const

export type Baseline = keyof typeof BASELINES

function accepts(
  given: Case,
  options: CheckOptions,
  stopping: readonly FindingName[],
  isMeanAccepted: (meanAbsoluteDifference: number) => boolean = () => true,
): boolean {
  const isAccepted = ({ entries, findings }: Report): boolean =>
    !findings.some(({ name }) => stopping.includes(name)) &&
    entries.every((entry) => entry.verdict === 'pass' && isMeanAccepted(entry.meanAbsoluteDifference))
  try {
    return isAccepted(checkLayered(given, { ...options, ...COMPARISON_ONLY }))
  } catch {
    return false
  }
}
