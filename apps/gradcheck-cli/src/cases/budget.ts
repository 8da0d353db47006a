import type { CheckOptions, Report } from '@gosa/gradcheck'
import { type CaseResult, type EntryResult, toCaseResult } from './case-result.ts'

/*
 * `--budget`: how much of a case is compared in a given time. A short check measures the time for each entry; then every entry is
 * compared if the time allows, else a sample, else whole variables along random directions. The result says what that means.
 */

/** How long a check took. */
export interface Timing {
  /** For everything but the comparison of entries. */
  readonly fixedSeconds: number
  readonly secondsPerEntry: number
}

/** What a budget buys. */
export type Plan =
  | { readonly mode: 'full' }
  | { readonly mode: 'sampled'; readonly samples: number }
  | { readonly mode: 'projected' }

/** Entries of the short check that measures the time. */
const PILOT_SAMPLES = 40

/** A sample of less than this part of the entries says less than random directions, along which every entry counts. */
const MIN_SAMPLED_PART = 0.1

/** Chooses which entries to compare in the remaining seconds. Only a check of every entry is shared among `threads`. */
export function planWithin(
  secondsLeft: number,
  entries: number,
  { fixedSeconds, secondsPerEntry }: Timing,
  threads = 1,
): Plan {
  if (fixedSeconds + (entries * secondsPerEntry) / threads <= secondsLeft) return { mode: 'full' }
  const samples = Math.floor((secondsLeft - fixedSeconds) / secondsPerEntry)
  return samples >= MIN_SAMPLED_PART * entries ? { mode: 'sampled', samples } : { mode: 'projected' }
}

type Check = (options: CheckOptions) => Report | Promise<Report>

/** Runs the short check and measures it. */
export async function measureCheck(check: Check): Promise<{ report: Report; timing: Timing }> {
  const startedAt = performance.now()
  const entries = { first: 0, latest: 0, done: 0 }
  const onProgress = ({ done }: { done: number }): void => {
    entries.latest = performance.now()
    if (entries.done === 0) entries.first = entries.latest
    entries.done = done
  }
  const report = await check({ mode: 'sampled', samples: PILOT_SAMPLES, onProgress })
  const seconds = (performance.now() - startedAt) / 1000
  const secondsPerEntry =
    entries.done > 1
      ? (entries.latest - entries.first) / 1000 / (entries.done - 1)
      : seconds / Math.max(1, entries.done)
  const fixedSeconds = Math.max(0, seconds - entries.done * secondsPerEntry)
  return { report, timing: { fixedSeconds, secondsPerEntry } }
}

/** Checks a case within the seconds, and adds a note on what was compared. A fault that the short check finds stays. */
export async function checkWithin(
  seconds: number,
  check: Check,
  keepGradients: boolean,
): Promise<CaseResult> {
  const startedAt = performance.now()
  const { report: pilot, timing } = await measureCheck(check)
  const left = seconds - (performance.now() - startedAt) / 1000
  const entries = totalEntries(pilot.entries)
  const isComplete = pilot.entries.every(({ shape, compared }) => compared === sizeOf(shape))
  const report = isComplete ? pilot : await check(planWithin(left, entries, timing))
  const worst = pilot.verdict === 'fail' ? pilot : report
  const result = toCaseResult(report.verdict === 'fail' ? report : worst, keepGradients)
  return { ...result, notes: [...result.notes, confidence(result.entries, seconds)] }
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1)

/** The number of entries of all variables. */
export const totalEntries = (entries: readonly Pick<EntryResult, 'shape'>[]): number =>
  entries.reduce((sum, { shape }) => sum + sizeOf(shape), 0)

/** The probability with which the stated faults are missed. */
const MISS_PROBABILITY = 0.001

/** Says what was compared, and what that means. */
export function confidence(entries: CaseResult['entries'], seconds: number): string {
  const bought = `a budget of ${seconds} s bought`
  const sampled = entries.filter(
    ({ mode, shape, compared }) => mode === 'sampled' && compared < sizeOf(shape),
  )
  const total = totalEntries(entries).toLocaleString('en')
  if (entries.some(({ mode }) => mode === 'projected')) {
    const directions = Math.max(
      ...entries.filter(({ mode }) => mode === 'projected').map(({ compared }) => compared),
    )
    return (
      `${bought} ${directions} random directions for each variable: all ${total} entries count, but wrong ones that cancel ` +
      'along each direction, or below the numerical error of the whole, pass unnoticed'
    )
  }
  if (sampled.length === 0) return `${bought} every entry`
  const compared = entries.reduce((sum, entry) => sum + entry.compared, 0).toLocaleString('en')
  const share = Math.max(...sampled.map((entry) => 1 - MISS_PROBABILITY ** (1 / entry.compared)))
  return (
    `${bought} ${compared} of ${total} entries: a fault in at least ${(100 * share).toPrecision(2)} % of the entries of any variable is ` +
    `found with a probability of ${100 - 100 * MISS_PROBABILITY} %`
  )
}
