import type { Run } from '@gosa/cli-kit'
import { loadImages } from './book/load-images.ts'
import type { CaseResult } from './check/case-result.ts'
import { checkBook } from './check/check-book.ts'
import { checkModules, type Module } from './check/check-modules.ts'
import { checkSuite } from './check/check-suite.ts'
import { checkOptions, type GradcheckOptions } from './options.ts'
import { bookTitle } from './render/book-title.ts'
import { withWorkers } from './with-workers.ts'

/** What was checked, and what came of it. */
export interface Checked {
  /** What people are told first. */
  readonly title: readonly string[]
  /** Whether these are many small cases, of which a line each says enough. */
  readonly suite: boolean
  readonly results: readonly CaseResult[]
}

/** Checks modules, the suite, or else what the book checks. Rejects where the signal is aborted. */
export async function runChecks(
  { options, given, output, env }: Run<GradcheckOptions>,
  modules: readonly Module[],
  { signal, script }: { signal: AbortSignal; script: URL },
): Promise<Checked> {
  const { seed, backend, threads, html } = options
  const asked = checkOptions(options, given.has('seed') ? seed : undefined)
  const settings = { seed, backend, options: asked, gradients: html !== undefined }
  const shared = { threads, signal, output, script }
  if (modules.length > 0) {
    const results = await withWorkers({ ...shared, settings }, (ask) => checkModules(modules, ask))
    return { title: [], suite: false, results }
  }
  if (options.suite) {
    const results = await withWorkers({ ...shared, settings }, (ask) => checkSuite(seed, ask))
    return { title: [`every built-in layer, loss and network, seed ${seed}`], suite: true, results }
  }
  const { title, ...book } = await loadImages(options, env)
  const full = asked.mode === undefined || asked.mode === 'full'
  const results = await withWorkers({ ...shared, settings: { ...settings, book } }, (ask) =>
    checkBook(book, full, ask),
  )
  return { title: bookTitle(title, seed, results), suite: false, results }
}
