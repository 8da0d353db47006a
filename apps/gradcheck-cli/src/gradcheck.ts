import { CommandError, ExitCode, listenForInterruption, type Run } from '@gosa/cli-kit'
import { toHtml, toJUnit } from '@gosa/gradcheck/report'
import { asReport } from './check/as-report.ts'
import { gravest } from './check/case-result.ts'
import { type Module, ModuleProblem } from './check/check-modules.ts'
import { moduleFile } from './modules/load-module.ts'
import { type GradcheckOptions, refuseContradictions } from './options.ts'
import { problemLines } from './render/problem-lines.ts'
import { showResults } from './render/show-results.ts'
import { runChecks } from './run-checks.ts'
import { runFaults } from './run-faults.ts'
import { toJson } from './to-json.ts'
import { checkAgain } from './watch/check-again.ts'
import type { Workers } from './with-workers.ts'
import { writeWhole } from './write-whole.ts'

const EXIT_CODES = {
  pass: ExitCode.success,
  fail: ExitCode.failed,
  inconclusive: ExitCode.inconclusive,
} as const

/** The command's action. `script` is the compiled `worker.ts`. */
export const gradcheck =
  (script: URL) =>
  async (run: Run<GradcheckOptions>): Promise<ExitCode> => {
    const { args, options, given, output } = run
    refuseContradictions(options, args, given)
    const folder = process.cwd()
    const modules = args.map((word) => ({ word, file: moduleFile(word, folder) }))
    const { signal, release } = listenForInterruption()
    const workers = { script, signal }
    const check = () => checkOnce(run, modules, workers, folder)
    try {
      if (options.faults) return await runFaults(run, workers)
      if (!options.watch) return await check()
      const files = modules.map(({ file }) => file)
      return await checkAgain(files, () => check().catch(showUsage(run)), { signal, output, folder })
    } catch (error) {
      if (signal.aborted) return ExitCode.interrupted
      throw error
    } finally {
      release()
    }
  }

async function checkOnce(
  run: Run<GradcheckOptions>,
  modules: readonly Module[],
  workers: Workers,
  folder: string,
): Promise<ExitCode> {
  const { options, output } = run
  const start = performance.now()
  try {
    const checked = await runChecks(run, modules, workers)
    const seconds = (performance.now() - start) / 1000
    output.value(toJson(checked.results, seconds))
    showResults(checked, output, { seconds, folder })
    if (options.junit) writeWhole(options.junit, toJUnit(checked.results.map(asReport(folder))))
    if (options.html)
      writeWhole(options.html, toHtml(checked.results.map(asReport(folder)), { title: 'gosa-gradcheck' }))
    return EXIT_CODES[gravest(checked.results.map(({ verdict }) => verdict))]
  } catch (error) {
    if (!(error instanceof ModuleProblem)) throw error
    const [first, ...lines] = problemLines(error.problem, folder)
    for (const line of [`gosa-gradcheck: ${first}`, ...lines]) output.warn(line)
    if (options.debug) output.warn(error.problem.stack)
    return ExitCode.usage
  }
}

/** While a module is watched, a wrong one is no end: it will be mended. */
const showUsage =
  ({ output }: Run<GradcheckOptions>) =>
  (error: unknown): void => {
    if (!(error instanceof CommandError)) throw error
    output.warn(`gosa-gradcheck: ${error.message}`)
  }
