import type { PackedEntry } from '../jobs/pack-report.ts'
import type { Rows } from './slices.ts'

/** The entry of a slice. */
export interface Slice {
  readonly rows: Rows
  readonly entry: PackedEntry
}

/** The slices of each weight put together again, as one entry a weight, in the order in which they come. */
export function joinEntries(slices: readonly Slice[]): PackedEntry[] {
  const names = [...new Set(slices.map(({ rows }) => rows.name))]
  return names.map((name) =>
    slices
      .filter(({ rows }) => rows.name === name)
      .map(placed)
      .reduce(join),
  )
}

/** The entry with its worst index as it is in the whole weight. */
function placed({ rows, entry }: Slice): PackedEntry {
  const { worst } = entry
  if (!worst || entry.mode === 'projected') return entry
  const [row, ...rest] = worst.index
  return { ...entry, worst: { ...worst, index: [row + rows.from, ...rest] } }
}

function join(a: PackedEntry, b: PackedEntry): PackedEntry {
  const counted = ({ compared, kinks }: PackedEntry): number => compared - kinks
  const total = counted(a) + counted(b)
  const mean = (x: PackedEntry): number => (x.meanAbsoluteDifference * counted(x)) / Math.max(1, total)
  const [largest, smaller] = isWorse(b, a) ? [b, a] : [a, b]
  const graver = RANK[a.verdict] >= RANK[b.verdict] ? a : b
  return {
    ...largest,
    shape: [a.shape[0] + b.shape[0], ...a.shape.slice(1)],
    verdict: graver.verdict,
    cause: largest.cause ?? smaller.cause,
    compared: a.compared + b.compared,
    wrong: a.wrong + b.wrong,
    unclear: a.unclear + b.unclear,
    kinks: a.kinks + b.kinks,
    meanAbsoluteDifference: mean(a) + mean(b),
    maxNumericalError: Math.max(a.maxNumericalError, b.maxNumericalError),
    analytic: joined(a.analytic, b.analytic),
    numerical: joined(a.numerical, b.numerical),
  }
}

const RANK = { pass: 0, inconclusive: 1, fail: 2 }

/** Wrong entries before others, then the larger error; NaN counts as largest. */
const isWorse = (a: PackedEntry, b: PackedEntry): boolean =>
  a.wrong > 0 === b.wrong > 0 ? sizeOf(a.maxRelativeError) > sizeOf(b.maxRelativeError) : a.wrong > 0

const sizeOf = (error: number): number => (Number.isNaN(error) ? Infinity : error)

function joined<T extends PackedEntry['analytic']>(a: T, b: T): Float64Array | undefined {
  return a && b && Float64Array.from([...a, ...b])
}
