import { Tensor } from '@gosa/linalg'
import type { DerivativeComparison } from '../compare/compare-derivatives.ts'
import type { VariableComparison } from '../compare/compare-variables.ts'
import { isZeroByBothMethods } from '../compare/influence.ts'
import type { Outcome } from '../compare/judge.ts'
import { maxAbs, maxAbsIgnoringNaN, relativeError } from '../numeric/magnitude.ts'
import { unravelIndex } from '../subject/values.ts'
import type { CheckEntry, CheckMode, Report, Verdict, WorstEntry } from '../types/report.ts'
import { reportText } from './table.ts'

/** Builds a report out of comparisons and findings: verdicts, entries, notes. */

/** Builds a report and decides its verdict. */
export function buildReport(parts: Omit<Report, 'ok' | 'verdict' | 'toString'>): Report {
  const verdict = reportVerdict(parts)
  const report = { ok: verdict === 'pass', verdict, ...parts }
  // Not enumerable, so that reports can be compared and copied.
  return Object.defineProperties(report, {
    toString: { value: () => reportText(report) },
    toJSON: { value: () => ({ ...report, entries: report.entries.map(withoutTensors) }) },
  })
}

const withoutTensors = ({ analytic, numerical, ...entry }: CheckEntry): CheckEntry => entry

function reportVerdict({
  entries,
  findings,
  unchecked,
}: Pick<Report, 'entries' | 'findings' | 'unchecked'>): Verdict {
  if (findings.length > 0 || entries.some(({ verdict }) => verdict === 'fail')) return 'fail'
  const isUnclear = unchecked.length > 0 || entries.some(({ verdict }) => verdict === 'inconclusive')
  return isUnclear ? 'inconclusive' : 'pass'
}

/**
 * Summarises the comparison of a variable. `cause` is the likely cause of a wrong gradient; `isVacuous` says that the output
 * does not depend on the variable, so that the comparison proves nothing.
 */
export function buildEntry(
  { variable, comparison, entries, mode }: VariableComparison,
  { cause, isVacuous = false }: { cause?: string; isVacuous?: boolean } = {},
): CheckEntry {
  const { name, value } = variable
  const { analytic, numerical, error, outcome } = comparison
  const { counts, totalDifference, maxRelativeError, worst } = summarize(comparison)
  const worstEntry = (k: number): WorstEntry => {
    const index = entries ? unravelIndex(entries[k], value.shape) : [k]
    return { index, analytic: analytic[k], numerical: numerical[k] }
  }
  return {
    name,
    shape: value.shape,
    verdict: entryVerdict(counts, isVacuous),
    mode,
    compared: outcome.length,
    wrong: counts.wrong,
    unclear: counts.unclear,
    kinks: counts.kink,
    meanAbsoluteDifference: totalDifference / Math.max(1, outcome.length - counts.kink),
    maxRelativeError,
    maxNumericalError: error.reduce(greater, 0),
    ...(worst < 0 ? {} : { worst: worstEntry(worst) }),
    ...(cause === undefined ? {} : { cause }),
    ...(mode === 'full'
      ? { analytic: new Tensor(analytic, value.shape), numerical: new Tensor(numerical, value.shape) }
      : {}),
  }
}

function entryVerdict(counts: Readonly<Record<Outcome, number>>, isVacuous: boolean): Verdict {
  if (counts.wrong > 0) return 'fail'
  return counts.unclear > 0 || isVacuous ? 'inconclusive' : 'pass'
}

/** The part of the largest gradient below which entries that agree are measured against that part. */
const RELATIVE_FLOOR = 1e-3

/** Added to the rank of wrong entries, so that they come before all others. */
const WRONG_FIRST = 2 ** 30

/** Counts the outcomes, adds up the differences and finds the worst entry (−1 for none). Kinks are left out. */
function summarize({ analytic, numerical, outcome }: DerivativeComparison) {
  const floor = RELATIVE_FLOOR * Math.max(maxAbsIgnoringNaN(analytic), maxAbsIgnoringNaN(numerical))
  const counts: Record<Outcome, number> = { agrees: 0, kink: 0, wrong: 0, unclear: 0 }
  let [totalDifference, maxRelativeError, worst, worstRank] = [0, 0, -1, -1]
  for (let k = 0; k < outcome.length; k++) {
    counts[outcome[k]]++
    if (outcome[k] === 'kink') continue
    const wrong = outcome[k] === 'wrong'
    const relative = relativeError(analytic[k], numerical[k], wrong ? 0 : floor)
    totalDifference += Math.abs(analytic[k] - numerical[k])
    maxRelativeError = greater(relative, maxRelativeError)
    const rank = (Number.isNaN(relative) ? Infinity : relative) + (wrong ? WRONG_FIRST : 0)
    if (rank > worstRank) {
      worst = k
      worstRank = rank
    }
  }
  return { counts, totalDifference, maxRelativeError, worst }
}

/** The greater of two numbers; NaN counts as the greatest. */
const greater = (a: number, b: number): number => (a >= b || Number.isNaN(a) ? a : b)

/** The limits of a check that the reader of its report should know. */
export function buildNotes(
  compared: readonly VariableComparison[],
  requestedMode: CheckMode,
  {
    epsilon,
    unchecked,
    vacuous,
  }: { epsilon: number; unchecked: readonly string[]; vacuous: ReadonlySet<VariableComparison> },
): string[] {
  const hasFloat32 = compared.some(({ variable }) => variable.value.dtype === 'float32')
  const noteOn = (applies: (one: VariableComparison) => boolean, note: (name: string) => string): string[] =>
    compared.filter(applies).map(({ variable }) => note(variable.name))
  return [
    ...(unchecked.length > 0
      ? [
          `not checked: ${unchecked.join(', ')}, on which the output depends: list weights with their gradients in ` +
            'parameters(), and what is not learnt in buffers()',
        ]
      : []),
    ...noteOn(
      ({ mode }) => requestedMode === 'projected' && mode === 'full',
      (name) => `${name} disagreed along a random direction, so every entry was checked`,
    ),
    ...(vacuous.size > 0
      ? [
          `the output does not depend on ${[...vacuous].map(({ variable }) => variable.name).join(', ')}: a gradient of 0 would ` +
            'pass whether or not the code computes one; check with several samples of random values, and with two classes or more',
        ]
      : []),
    ...noteOn(
      (one) => isZeroByBothMethods(one) && !vacuous.has(one),
      (name) =>
        `the gradient of ${name} is 0 everywhere, as that of wrong code may be: check with other data`,
    ),
    ...noteOn(
      ({ comparison: { outcome } }) => outcome.length > 0 && outcome.every((one) => one === 'kink'),
      (name) =>
        `every entry of ${name} lies at a kink, where any gradient between both sides passes: check at other inputs`,
    ),
    ...noteOn(
      ({ variable: { kind, value } }) => kind === 'input' && value.rank > 1 && value.shape[0] === 1,
      (name) => `${name} holds one sample, which hides wrong sums or means over samples: use two or more`,
    ),
    ...(hasFloat32
      ? [`checked in float32, since there is no astype that returns a float64 copy: ${accuracyOf(compared)}`]
      : epsilon > Number.EPSILON
        ? [`the code computes with about ${digitsOf(epsilon)} digits inside: ${accuracyOf(compared)}`]
        : []),
  ]
}

const digitsOf = (epsilon: number): number => Math.round(-Math.log10(epsilon))

function accuracyOf(compared: readonly VariableComparison[]): string {
  const share = Math.max(
    ...compared.map(({ comparison: { error, numerical } }) => maxAbs(error) / (maxAbs(numerical) || 1)),
  )
  return `gradients that are wrong by less than ${share.toExponential(0)} of the largest may pass unnoticed`
}
