import type { Verdict } from '@gosa/gradcheck'
import type { Tensor } from '@gosa/linalg'
import type { TwoLayerNetTensors } from '@gosa/networks'
import type { EntryResult } from '../cases/case-result.ts'

/*
 * The book's check as plain data for both threads: the images, the sizes of the network, its weights cut into slices that
 * workers check one by one, and the results of the slices joined to those of whole weights.
 */

/** The images of the check, and the sizes that follow from them. */
export interface BookData {
  /** (N, D), row-major, from 0 to 1. */
  readonly images: Float64Array
  readonly labels: Uint8Array
  readonly inputSize: number
  readonly classes: number
}

export const HIDDEN_SIZE = 50

/** Standard deviation of the random weights. */
export const WEIGHT_STD = 0.01

/** `TwoLayerNet 784-50-10`. */
export const networkName = ({ inputSize, classes }: BookData): string =>
  `TwoLayerNet ${inputSize}-${HIDDEN_SIZE}-${classes}`

/** The rows `from` to `to` of a weight. */
export interface WeightSlice {
  readonly name: keyof TwoLayerNetTensors
  readonly from: number
  readonly to: number
}

/** Small enough that all threads end at about the same time, large enough that a job is worth its message. */
const ENTRIES_PER_SLICE = 2500

/** Cuts the weights into slices. These depend on the shapes, not on the number of threads, and so do the results. */
export function weightSlices({ inputSize, classes }: Pick<BookData, 'inputSize' | 'classes'>): WeightSlice[] {
  const shapes = [
    { name: 'W1', rows: inputSize, columns: HIDDEN_SIZE },
    { name: 'b1', rows: HIDDEN_SIZE, columns: 1 },
    { name: 'W2', rows: HIDDEN_SIZE, columns: classes },
    { name: 'b2', rows: classes, columns: 1 },
  ] as const
  return shapes.flatMap(({ name, rows, columns }) => {
    const count = Math.ceil((rows * columns) / ENTRIES_PER_SLICE)
    const start = (k: number): number => Math.round((k * rows) / count)
    return Array.from({ length: count }, (_, k) => ({ name, from: start(k), to: start(k + 1) }))
  })
}

/** The result of a slice. */
export interface SliceResult {
  readonly slice: WeightSlice
  readonly entry: EntryResult
}

/** Joins the results of the slices of each weight to one entry, in the order of the weights. */
export function joinSlices(results: readonly SliceResult[]): EntryResult[] {
  const names = [...new Set(results.map(({ slice }) => slice.name))]
  return names.map((name) =>
    results
      .filter(({ slice }) => slice.name === name)
      .map(withIndexInWeight)
      .reduce(join),
  )
}

/** The entry with its worst index counted from the start of the weight. */
function withIndexInWeight({ slice, entry }: SliceResult): EntryResult {
  const { worst } = entry
  if (!worst || entry.mode === 'projected') return entry
  const [row, ...rest] = worst.index
  return { ...entry, worst: { ...worst, index: [row + slice.from, ...rest] } }
}

function join(a: EntryResult, b: EntryResult): EntryResult {
  const count = ({ compared, kinks }: EntryResult): number => compared - kinks
  const total = count(a) + count(b)
  const meanShare = (entry: EntryResult): number =>
    (entry.meanAbsoluteDifference * count(entry)) / Math.max(1, total)
  const [worse, better] = isWorse(b, a) ? [b, a] : [a, b]
  return {
    ...worse,
    shape: [a.shape[0] + b.shape[0], ...a.shape.slice(1)],
    verdict: joinVerdicts(a, b),
    cause: worse.cause ?? better.cause,
    compared: a.compared + b.compared,
    wrong: a.wrong + b.wrong,
    unclear: a.unclear + b.unclear,
    kinks: a.kinks + b.kinks,
    meanAbsoluteDifference: meanShare(a) + meanShare(b),
    maxNumericalError: Math.max(a.maxNumericalError, b.maxNumericalError),
    analytic: concatenate(a.analytic, b.analytic),
    numerical: concatenate(a.numerical, b.numerical),
  }
}

/**
 * A slice without unclear entries is inconclusive if the loss does not depend on it, as on the weights of pixels that are 0 in all
 * images: a weight is so only if all its slices are.
 */
function joinVerdicts(a: EntryResult, b: EntryResult): Verdict {
  if (a.verdict === 'fail' || b.verdict === 'fail') return 'fail'
  if (a.unclear > 0 || b.unclear > 0) return 'inconclusive'
  return a.verdict === 'inconclusive' && b.verdict === 'inconclusive' ? 'inconclusive' : 'pass'
}

/** Whether `a` has wrong entries and `b` has none, or else the larger error; NaN is the largest. */
const isWorse = (a: EntryResult, b: EntryResult): boolean =>
  a.wrong > 0 === b.wrong > 0
    ? nanAsInfinity(a.maxRelativeError) > nanAsInfinity(b.maxRelativeError)
    : a.wrong > 0

const nanAsInfinity = (error: number): number => (Number.isNaN(error) ? Infinity : error)

const concatenate = (a?: Tensor['data'], b?: Tensor['data']): Float64Array | undefined =>
  a && b && Float64Array.from([...a, ...b])
