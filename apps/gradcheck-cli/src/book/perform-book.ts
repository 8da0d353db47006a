import { type CheckOptions, checkNetwork, type NetworkLike, type Report } from '@gosa/gradcheck'
import { assumeFinite } from '@gosa/linalg/kernels'
import type { Settings } from '../jobs/job.ts'
import { type BookData, bookCase, nameOf } from './book-case.ts'
import { type Rows, sliceOf } from './slices.ts'

/** How many entries the check looks at that is there for everything else. */
const FEW = 20

/**
 * Checks some rows of a weight of the book's network, or without them its whole, as far as `mode` says. Second derivatives
 * are left to the suite: so near to the kinks of its ReLUs nothing could be said of them.
 */
export function performBook(rows: Rows | undefined, { book, seed }: Settings, options: CheckOptions): Report {
  if (book === undefined) throw new Error('performBook: there are no images')
  const { network, x, t } = onceFor(book, seed)
  const name = nameOf(book)
  const check = (subject: NetworkLike, more: CheckOptions): Report =>
    checkNetwork(subject, x, t, { method: 'central', secondOrder: false, ...options, ...more, name })
  // The network has small weights, though the check is not told of all that the loss depends on.
  if (rows) return assumeFinite(network.params.W1, () => check(sliceOf(network, rows), { properties: false }))
  const whole = options.mode !== undefined && options.mode !== 'full'
  return check(network, whole ? {} : { mode: 'sampled', samples: FEW })
}

let made:
  | { readonly book: BookData; readonly seed: number; readonly it: ReturnType<typeof bookCase> }
  | undefined

/** The same for all slices, since a check leaves a network as it was. */
function onceFor(book: BookData, seed: number): ReturnType<typeof bookCase> {
  if (made?.book !== book || made.seed !== seed) made = { book, seed, it: bookCase(book, seed) }
  return made.it
}
