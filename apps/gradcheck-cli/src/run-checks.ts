import type { Run } from '@gosa/cli-kit'
import { loadImages } from './book/load-images.ts'
import type { CaseResult } from './check/case-result.ts'
import { checkBook } from './check/check-book.ts'
import { checkModules, type Module } from './check/check-modules.ts'
import type { GradcheckOptions } from './options.ts'
import { bookTitle } from './render/book-title.ts'
import { type Workers, withWorkers } from './with-workers.ts'

/** What was checked, and what came of it. */
export interface Checked {
  /** What people are told first. */
  readonly title: readonly string[]
  /** Whether these are many small cases, of which a line each says enough. */
  readonly suite: boolean
  readonly results: readonly CaseResult[]
}

/** Checks modules, the suite, or else what the book checks. Rejects where it is aborted. */
export async function runChecks(
  run: Run<GradcheckOptions>,
  modules: readonly Module[],
  workers: Workers,
): Promise<Checked> {
  const { seed, suite, only, mode = 'full' } = run.options
  if (modules.length > 0) {
    const results = await withWorkers(run, workers, (ask) => checkModules(modules, ask, only))
    return { title: [], suite, results }
  }
  if (suite) {
    // Loads all layers, which nothing else needs in this thread.
    const { checkSuite } = await import('./check/check-suite.ts')
    const results = await withWorkers(run, workers, (ask) => checkSuite(seed, ask, only))
    return { title: [`every built-in layer, loss and network, seed ${seed}`], suite, results }
  }
  const { env, output } = run
  const { signal } = workers
  const { title, ...book } = await loadImages(run.options, { env, signal, progress: output.progress })
  output.progress()
  const results = await withWorkers(run, workers, (ask) => checkBook(book, mode === 'full', ask), book)
  return { title: bookTitle(title, seed, results), suite, results }
}
