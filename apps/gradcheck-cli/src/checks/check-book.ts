import { loadData } from '@gosa/cli-kit'
import { type BookData, joinSlices, networkName, WEIGHT_STD, weightSlices } from '../book/book-data.ts'
import { confidence, type Plan, planWithin } from '../cases/budget.ts'
import { type CaseResult, failedCase, worstVerdict } from '../cases/case-result.ts'
import { texts } from '../texts.ts'
import type { RunJobs } from '../workers/jobs.ts'

/*
 * The book's check: TwoLayerNet on the first three images of a data set, its weights slice by slice in several workers.
 */

/** The number of images, as in the book. */
const IMAGES = 3

export interface BookImages extends BookData {
  /** What the images are: `the first 3 images of MNIST`. */
  readonly title: string
}

/** Loads the first images of the data set that `--data` names. Throws as `loadData` does. */
export async function loadBookImages(
  { data, dataDir }: { data: string; dataDir?: string },
  loading: Omit<Parameters<typeof loadData>[1], 'dtype'>,
): Promise<BookImages> {
  const set = await loadData(
    { data, dataDir, trainSize: IMAGES, testSize: 1 },
    { ...loading, dtype: 'float64' },
  )
  const { x, t } = set.train
  const { book } = texts()
  return {
    title: set.generated ? book.generated(IMAGES) : book.images(IMAGES, set.name),
    images: Float64Array.from(x.data),
    labels: Uint8Array.from(t),
    inputSize: set.height * set.width,
    classes: set.classes,
  }
}

/** Checks the network as a whole, and if `full` every entry of its weights; otherwise, with a plan, as that says. */
export async function checkBook(
  book: BookData,
  full: boolean,
  runJobs: RunJobs,
  plan?: Plan,
): Promise<CaseResult> {
  const slices = full ? weightSlices(book) : []
  const outcomes = await runJobs([
    { kind: 'book', plan: full ? undefined : plan },
    ...slices.map((slice) => ({ kind: 'book' as const, slice })),
  ])
  const results: CaseResult[] = []
  for (const outcome of outcomes) {
    if ('problem' in outcome) return failedCase(networkName(book), outcome.problem)
    results.push(outcome.result)
  }
  const [whole, ...parts] = results
  if (!full) return whole
  const entries = joinSlices(parts.map(({ entries: [entry] }, i) => ({ slice: slices[i], entry })))
  const verdict = worstVerdict([
    whole.findings.length > 0 ? 'fail' : 'pass',
    ...entries.map((entry) => entry.verdict),
  ])
  const settings = whole.settings && { ...whole.settings, mode: 'full' as const }
  return { ...whole, ok: verdict === 'pass', verdict, entries, settings }
}

/** Checks as much of the network as a budget of `seconds` allows on `threads` threads, and adds a note that says how much. */
export async function checkBookWithin(
  seconds: number,
  book: BookData,
  threads: number,
  runJobs: RunJobs,
): Promise<CaseResult> {
  const startedAt = performance.now()
  const [outcome] = await runJobs([{ kind: 'time-book' }])
  if ('problem' in outcome) return failedCase(networkName(book), outcome.problem)
  const { timing, entries } = outcome.result
  const left = seconds - (performance.now() - startedAt) / 1000
  const plan = planWithin(left, entries, timing, threads)
  const result = await checkBook(book, plan.mode === 'full', runJobs, plan)
  return { ...result, notes: [...result.notes, confidence(result.entries, seconds)] }
}

/** The title of the book's check, in two lines: the network and the images. */
export function bookTitle(images: string, seed: number, { name, settings }: CaseResult): string[] {
  const { book } = texts()
  const how = settings ? `; ${settings.method}, ${book[settings.mode]}` : ''
  return [book.network(name, WEIGHT_STD), `${book.settings(images, seed)}${how}`]
}
