import type { CheckOptions, FindingName, Report } from '@gosa/gradcheck'
import type { Case } from '../cases/case.ts'
import { checkCase } from '../cases/check-case.ts'

/** What is compared with central differences, and nothing else. */
const ALONE: CheckOptions = { method: 'central', secondOrder: false, independent: false }

/** Any difference is within it. */
const ANYTHING = { rtol: 0, atol: Number.MAX_VALUE }

/** Below which mean of absolute differences the reader of chapter 5 takes a gradient for right. */
const MEAN = 1e-6

/** What stops any comparison: arrays that do not fit, no array, no numbers. */
const NOTICED: readonly FindingName[] = ['missing-gradient', 'wrong-shape', 'not-finite']

/** What `torch.autograd.gradcheck` looks at besides: whether the same pass twice gives the same. */
const NOTICED_BY_PYTORCH: readonly FindingName[] = [
  ...NOTICED,
  'not-repeatable',
  'accumulated',
  'wrong-dtype',
]

/** The rules that others judge by, applied to the same cases: whether they take one for right. */
export const RIVALS = {
  /** The mean of the absolute differences, which chapter 5 prints, looked at by eye. */
  book: (given: Case): boolean =>
    accepted(given, { h: 1e-4, tolerance: ANYTHING }, NOTICED, (mean) => mean < MEAN),
  /** `torch.autograd.gradcheck` with its defaults. */
  pytorch: (given: Case): boolean =>
    accepted(given, { h: 1e-6, tolerance: { rtol: 1e-3, atol: 1e-5 } }, NOTICED_BY_PYTORCH),
} as const

export type Rival = keyof typeof RIVALS

function accepted(
  given: Case,
  options: CheckOptions,
  noticed: readonly FindingName[],
  enough: (meanAbsoluteDifference: number) => boolean = () => true,
): boolean {
  const isRight = ({ entries, findings }: Report): boolean =>
    !findings.some(({ name }) => noticed.includes(name)) &&
    entries.every(({ verdict, meanAbsoluteDifference: mean }) => verdict === 'pass' && enough(mean))
  try {
    return isRight(checkCase(given, { ...options, ...ALONE }))
  } catch {
    return false
  }
}
