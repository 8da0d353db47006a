import { availableParallelism } from 'node:os'
import {
  type CommandContext,
  CommandError,
  ExitCode,
  listenForInterruption,
  startProgress,
  usageError,
  writeFileAtomic,
} from '@gosa/cli-kit'
import type { BookData } from './book/book-data.ts'
import { type CaseResult, worstVerdict } from './cases/case-result.ts'
import {
  type CaseSelection,
  checkModules,
  checkSuite,
  type Module,
  ModuleLoadError,
} from './checks/check-cases.ts'
import { problemLines } from './errors/user-frame.ts'
import { resolveModule } from './modules/load-module.ts'
import { type GradcheckOptions, rejectContradictions, toCheckOptions } from './options.ts'
import { toHtmlPage, toJson, toJUnitXml } from './output/export-results.ts'
import { githubAnnotations } from './output/github-annotations.ts'
import { interruptedLines } from './output/interrupted.ts'
import { type CheckedCases, showResults } from './output/show-results.ts'
import { createTimeEstimate, longCheckHint, timeLeft } from './output/time-estimate.ts'
import { texts } from './texts.ts'
import { watchModules } from './watch.ts'
import type { Job, JobResults, RunJobs, WorkerSettings } from './workers/jobs.ts'
import { createPool, type Outcome } from './workers/pool.ts'

/*
 * The action of the command: what is checked, in worker threads, and what is shown, written and returned.
 */

type Context = CommandContext<GradcheckOptions>

/** The workers' script, and the signal that ends them. */
interface WorkerSetup {
  readonly script: URL
  readonly signal: AbortSignal
  /** What is known so far, for the case of an interruption. */
  readonly soFar: { readonly startedAt: number; share: number; finished: CaseResult[] }
}

const EXIT_CODES = {
  pass: ExitCode.success,
  fail: ExitCode.failed,
  inconclusive: ExitCode.inconclusive,
} as const

/** The action of the command: checks once, or with `--watch` after each change. `script` is the compiled `worker.ts`. */
export async function gradcheck(context: Context, script: URL): Promise<ExitCode> {
  const { args, options, given, output } = context
  rejectContradictions(options, args, given)
  const folder = process.cwd()
  const modules = args.map((argument) => ({ argument, file: resolveModule(argument, folder) }))
  const { signal, release } = listenForInterruption()
  const soFar = { startedAt: performance.now(), share: 0, finished: [] }
  const setup: WorkerSetup = { script, signal, soFar }
  try {
    if (options.faults) return await measureAndShow(context, setup)
    if (!options.watch) return await checkAndShow(context, modules, setup, folder)
    const check = () => checkAndShow(context, modules, setup, folder).catch(warnOfUsageError(context))
    return await watchModules(
      modules.map(({ file }) => file),
      check,
      { signal, output, folder },
    )
  } catch (error) {
    if (signal.aborted) {
      if (!options.watch) showInterruption(context, setup)
      return ExitCode.interrupted
    }
    throw error
  } finally {
    release()
  }
}

function showInterruption({ output }: Context, { soFar }: WorkerSetup): void {
  const seconds = (performance.now() - soFar.startedAt) / 1000
  for (const line of interruptedLines(soFar.finished, { share: soFar.share, seconds })) output.note(line)
}

/** Reports a usage error, for example a module without cases, instead of ending: the next change may fix it. */
const warnOfUsageError =
  ({ output }: Context) =>
  (error: unknown): void => {
    if (!(error instanceof CommandError)) throw error
    output.warn(`gosa-gradcheck: ${error.message}`)
  }

/** Checks what the command line names, shows the results, and writes the files. */
async function checkAndShow(
  context: Context,
  modules: readonly Module[],
  setup: WorkerSetup,
  folder: string,
): Promise<ExitCode> {
  const { options, output } = context
  const startedAt = performance.now()
  try {
    const checked = await check(context, modules, setup)
    const { results } = checked
    const seconds = (performance.now() - startedAt) / 1000
    output.value(toJson(results, seconds))
    showResults(checked, output, { seconds, folder })
    if (options.format === 'github') {
      const repository = context.env.GITHUB_WORKSPACE || folder
      for (const line of githubAnnotations(results, { folder, repository })) output.result(line)
    }
    if (options.junit) await writeFileAtomic(options.junit, toJUnitXml(results, folder))
    if (options.html) await writeFileAtomic(options.html, toHtmlPage(results, folder))
    return EXIT_CODES[worstVerdict(results.map(({ verdict }) => verdict))]
  } catch (error) {
    if (!(error instanceof ModuleLoadError)) throw error
    const [first, ...lines] = problemLines(error.problem, folder)
    for (const line of [`gosa-gradcheck: ${first}`, ...lines]) output.warn(line)
    if (options.debug) for (const line of error.problem.stack.split('\n')) output.warn(line)
    return ExitCode.usage
  }
}

/** Checks the modules, or the suite, or else the book's network. Rejects with the signal's reason if it is aborted. */
async function check(
  context: Context,
  modules: readonly Module[],
  setup: WorkerSetup,
): Promise<CheckedCases> {
  const { env, output } = context
  const { seed, suite, only, mode = 'full', budget, threads = availableParallelism() } = context.options
  const seconds =
    budget === undefined ? undefined : (cases: number) => (budget * Math.min(threads, cases)) / cases
  const selection: CaseSelection = { only, seconds }
  if (modules.length > 0) {
    return {
      results: await withWorkers(context, setup, (runJobs) => checkModules(modules, runJobs, selection)),
    }
  }
  if (suite) {
    const results = await withWorkers(context, setup, (runJobs) => checkSuite(seed, runJobs, selection))
    return { title: [texts().suiteTitle(seed)], isSuite: true, results }
  }
  const { bookTitle, checkBook, checkBookWithin, loadBookImages } = await import('./checks/check-book.ts')
  const images = await loadBookImages(context.options, {
    env,
    signal: setup.signal,
    progress: output.progress,
  })
  output.progress()
  const { title, ...book } = images
  const result = await withWorkers(
    context,
    setup,
    (runJobs) =>
      budget === undefined
        ? checkBook(book, mode === 'full', runJobs)
        : checkBookWithin(budget, book, threads, runJobs),
    book,
  )
  return { title: bookTitle(title, seed, result), results: [result] }
}

/** `--faults`: measures the checker itself. */
async function measureAndShow(context: Context, setup: WorkerSetup): Promise<ExitCode> {
  const { options, output } = context
  const { isPerfect, measureChecker, measureCorpus } = await import('./checks/measure-checker.ts')
  const { showCheckerQuality, showCorpusQuality } = await import('./output/checker-quality.ts')
  const startedAt = performance.now()
  const { quality, corpus } = await withWorkers(context, setup, async (runJobs) => ({
    quality: options.corpus === 'second' ? undefined : await measureChecker(options.trials, runJobs),
    corpus: options.corpus === 'planted' ? [] : await measureCorpus(runJobs),
  }))
  const seconds = (performance.now() - startedAt) / 1000
  if (!quality && corpus.length === 0) throw usageError(texts().wrong.noFault)
  const ok = [quality, ...corpus].every((one) => !one || isPerfect(one))
  output.value({ ok, ...quality, corpus, seed: options.seed, seconds })
  if (quality) showCheckerQuality(quality, output, seconds)
  for (const half of corpus) showCorpusQuality(half, output)
  return ok ? ExitCode.success : ExitCode.failed
}

const isCaseResult = (result: unknown): result is CaseResult =>
  typeof result === 'object' && result !== null && 'verdict' in result && 'entries' in result

/** Below this a check shows no progress: the line would only flicker. */
const PROGRESS_DELAY_MS = 1000

/** How long a check runs until it says how much longer it will take. */
const HINT_DELAY_SECONDS = 1

/** How often the progress line is redrawn, also while no worker reports progress. */
const REDRAW_INTERVAL_MS = 100

/**
 * Lets `use` run jobs in workers, with a progress line, and terminates the workers afterwards. Rejects with the signal's
 * reason if it is aborted.
 */
async function withWorkers<T>(
  { options, given, output }: Context,
  { script, signal, soFar }: WorkerSetup,
  use: (runJobs: RunJobs) => Promise<T>,
  book?: BookData,
): Promise<T> {
  const { seed, backend, only, threads = availableParallelism() } = options
  const settings: WorkerSettings = {
    seed,
    backend,
    options: toCheckOptions(options, given.has('seed') ? seed : undefined),
    keepGradients: options.html !== undefined,
    only,
    book,
  }
  const pool = createPool<Job, JobResults[Job['kind']]>({ script, workers: threads, data: settings, signal })
  const progress = startProgress(output, { delayMs: PROGRESS_DELAY_MS })
  const estimate = createTimeEstimate()
  progress.update(() => ({ share: estimate.share, details: [timeLeft(estimate.secondsLeft)] }))
  let isHintDue = true
  const onProgress = (share: number): void => {
    estimate.update(share)
    soFar.share = share
    if (!isHintDue || estimate.measuredSeconds < HINT_DELAY_SECONDS) return
    isHintDue = false
    for (const line of longCheckHint(estimate.secondsLeft, options)) output.note(line)
  }
  const onOutcome = (outcome: Outcome<unknown>): void => {
    if ('result' in outcome && isCaseResult(outcome.result)) soFar.finished.push(outcome.result)
  }
  const redrawing = setInterval(progress.redraw, REDRAW_INTERVAL_MS)
  try {
    // The pool returns the results in the order of the jobs, so each has the type for its kind of job.
    const run = (jobs: readonly Job[]) => {
      soFar.share = 0
      return pool.run(jobs, onProgress, onOutcome)
    }
    return await use(run as RunJobs)
  } finally {
    clearInterval(redrawing)
    progress.end()
    await pool.close()
  }
}
