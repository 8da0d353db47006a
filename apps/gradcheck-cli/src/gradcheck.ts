import { ExitCode, listenForInterruption, type Run } from '@gosa/cli-kit'
import { gravest } from './check/case-result.ts'
import { ModuleProblem } from './check/check-modules.ts'
import { moduleFile } from './modules/load-module.ts'
import { type GradcheckOptions, refuseContradictions } from './options.ts'
import { problemLines } from './render/problem-lines.ts'
import { showResults } from './render/show-results.ts'
import { runChecks } from './run-checks.ts'
import { toJson } from './to-json.ts'

const EXIT_CODES = {
  pass: ExitCode.success,
  fail: ExitCode.failed,
  inconclusive: ExitCode.inconclusive,
} as const

/** The command's action. `script` is the compiled `worker.ts`. */
export const gradcheck =
  (script: URL) =>
  async (run: Run<GradcheckOptions>): Promise<ExitCode> => {
    refuseContradictions(run.options, run.args)
    const interruption = listenForInterruption()
    try {
      return await checkOnce(run, { script, signal: interruption.signal })
    } catch (error) {
      if (interruption.signal.aborted) return ExitCode.interrupted
      if (error instanceof ModuleProblem) return cannotLoad(error, run)
      throw error
    } finally {
      interruption.release()
    }
  }

async function checkOnce(
  run: Run<GradcheckOptions>,
  how: { script: URL; signal: AbortSignal },
): Promise<ExitCode> {
  const { args, options, output } = run
  const folder = process.cwd()
  const modules = args.map((word) => ({ word, file: moduleFile(word, folder) }))
  const start = performance.now()
  const checked = await runChecks(run, modules, how)
  const seconds = (performance.now() - start) / 1000
  output.value(toJson(checked.results, seconds))
  showResults(checked, output, { detailed: !options.suite, seconds, folder })
  return EXIT_CODES[gravest(checked.results.map(({ verdict }) => verdict))]
}

/** A module that cannot be loaded: its author's line is shown. */
function cannotLoad({ problem }: ModuleProblem, { output, options }: Run<GradcheckOptions>): ExitCode {
  const [first, ...lines] = problemLines(problem, process.cwd())
  for (const line of [`gosa-gradcheck: ${first}`, ...lines]) output.warn(line)
  if (options.debug) output.warn(problem.stack)
  return ExitCode.usage
}
