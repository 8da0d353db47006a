import { ExitCode, type Run } from '@gosa/cli-kit'
import { checkFaults } from './check/check-faults.ts'
import type { GradcheckOptions } from './options.ts'
import { faultsLines } from './render/faults-lines.ts'
import { paintVerdict } from './render/paint-verdict.ts'
import { type Workers, withWorkers } from './with-workers.ts'

/** Measures the checker itself, by known faults and by correct code. */
export async function runFaults(run: Run<GradcheckOptions>, workers: Workers): Promise<ExitCode> {
  const { options, output } = run
  const start = performance.now()
  const result = await withWorkers(run, workers, (ask) => checkFaults(options.trials, ask))
  const seconds = (performance.now() - start) / 1000
  const ok = result.missed.length === 0 && result.falseAlarms === 0
  output.value({ ok, ...result, seed: options.seed, seconds })
  for (const line of faultsLines(result, output.paint)) output.detail(line)
  output.detail()
  const verdict = paintVerdict(ok ? 'pass' : 'fail', output.paint)
  const counts = `${result.caught} of ${result.planted} faults caught, ${result.falseAlarms} false alarms`
  output.result(`${verdict}: ${counts}, ${seconds.toFixed(1)} s`)
  return ok ? ExitCode.success : ExitCode.failed
}
