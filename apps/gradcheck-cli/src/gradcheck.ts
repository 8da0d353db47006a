import { availableParallelism } from 'node:os'
import {
  type CommandContext,
  CommandError,
  ExitCode,
  listenForInterruption,
  startProgress,
  writeFileAtomic,
} from '@gosa/cli-kit'
import type { BookData } from './book/book-data.ts'
import { worstVerdict } from './cases/case-result.ts'
import { checkModules, checkSuite, type Module, ModuleLoadError } from './checks/check-cases.ts'
import { problemLines } from './errors/user-frame.ts'
import { resolveModule } from './modules/load-module.ts'
import { type GradcheckOptions, rejectContradictions, toCheckOptions } from './options.ts'
import { toHtmlPage, toJson, toJUnitXml } from './output/export-results.ts'
import { type CheckedCases, showResults } from './output/show-results.ts'
import { createTimeEstimate, longCheckHint, timeLeft } from './output/time-estimate.ts'
import { texts } from './texts.ts'
import { watchModules } from './watch.ts'
import type { Job, JobResults, RunJobs, WorkerSettings } from './workers/jobs.ts'
import { createPool } from './workers/pool.ts'

/*
 * The action of the command: what is checked, in worker threads, and what is shown, written and returned.
 */

type Context = CommandContext<GradcheckOptions>

/** The workers' script, and the signal that ends them. */
interface WorkerSetup {
  readonly script: URL
  readonly signal: AbortSignal
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
  const setup = { script, signal }
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
    if (signal.aborted) return ExitCode.interrupted
    throw error
  } finally {
    release()
  }
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
  const { seed, suite, only, mode = 'full' } = context.options
  if (modules.length > 0) {
    return { results: await withWorkers(context, setup, (runJobs) => checkModules(modules, runJobs, only)) }
  }
  if (suite) {
    const results = await withWorkers(context, setup, (runJobs) => checkSuite(seed, runJobs, only))
    return { title: [texts().suiteTitle(seed)], isSuite: true, results }
  }
  const { bookTitle, checkBook, loadBookImages } = await import('./checks/check-book.ts')
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
    (runJobs) => checkBook(book, mode === 'full', runJobs),
    book,
  )
  return { title: bookTitle(title, seed, result), results: [result] }
}

/** `--faults`: measures the checker itself. */
async function measureAndShow(context: Context, setup: WorkerSetup): Promise<ExitCode> {
  const { options, output } = context
  const { measureChecker } = await import('./checks/measure-checker.ts')
  const { showCheckerQuality } = await import('./output/checker-quality.ts')
  const startedAt = performance.now()
  const quality = await withWorkers(context, setup, (runJobs) => measureChecker(options.trials, runJobs))
  const seconds = (performance.now() - startedAt) / 1000
  const ok = quality.missed.length === 0 && quality.falseAlarms === 0
  output.value({ ok, ...quality, seed: options.seed, seconds })
  showCheckerQuality(quality, output, seconds)
  return ok ? ExitCode.success : ExitCode.failed
}

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
  { script, signal }: WorkerSetup,
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
    if (!isHintDue || estimate.measuredSeconds < HINT_DELAY_SECONDS) return
    isHintDue = false
    for (const line of longCheckHint(estimate.secondsLeft, options)) output.note(line)
  }
  const redrawing = setInterval(progress.redraw, REDRAW_INTERVAL_MS)
  try {
    // The pool returns the results in the order of the jobs, so each has the type for its kind of job.
    return await use(((jobs) => pool.run(jobs, onProgress)) as RunJobs)
  } finally {
    clearInterval(redrawing)
    progress.end()
    await pool.close()
  }
}
