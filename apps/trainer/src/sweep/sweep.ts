import { join } from 'node:path'
import { ExitCode, type Interruption, type Run } from '@gosa/cli-kit'
import { isRun } from '../config/config-file.ts'
import type { TrainOptions } from '../config/train-options.ts'
import type { Live } from '../observers/live.ts'
import { newRunFolder } from '../run/new-run-folder.ts'
import { newSession } from '../session/new-session.ts'
import { perform } from '../session/perform.ts'
import { resumeCommand } from '../session/resume-command.ts'
import { resumedSession } from '../session/resumed-session.ts'
import type { Combination } from './axes.ts'
import { loadOnce } from './load-once.ts'
import { planOf } from './plan.ts'
import { type Result, resultLine, resultTable, resultValue, sorted } from './results.ts'
import { runOutput } from './run-output.ts'
import { writeSweep } from './saved-sweep.ts'

/**
 * Trains once with each combination of the values of `--sweep`, one after the other, each run in a folder of its own in
 * that of the sweep, and shows what came of them. A run whose training fails is one of the results.
 */
export async function sweep(
  run: Run<TrainOptions> & { live?: Live },
  interruption: Interruption,
  /** Where it goes on; a new folder where it begins. */
  begun?: string,
): Promise<ExitCode> {
  const { options, output, env } = run
  const { signal } = interruption
  const load = loadOnce()
  const { names, cells } = await planOf(run, signal, load)
  const folder = begun ?? (await folderOf(options))
  if (folder && !begun) await writeSweep(folder, run)
  output.detail(`sweep      ${cells.length} runs, kept in ${folder ?? 'no folder (--no-out)'}`)

  /** What comes of one run; undefined where it was interrupted. */
  async function bestOrLatest(cell: Combination, number: number): Promise<Result | undefined> {
    const out = folder === undefined ? false : join(folder, folderName(cell, number))
    const own = {
      options: { ...options, ...cell.values, out },
      output: runOutput(output, number, cells.length),
      given: run.given,
      env,
      live: run.live,
    }
    const session =
      out && (await isRun(out))
        ? await resumedSession(out, { ...own, given: new Set(), args: [] }, signal, load)
        : await newSession(own, signal, load)
    const { outcome } = await perform(session, own, interruption)
    if (outcome.kind === 'interrupted') return undefined
    const quality = outcome.kind === 'done' ? outcome : undefined
    return { run: number, cell, out: session.folder, quality, iterations: session.training.iteration }
  }

  const results: Result[] = []
  for (const [i, cell] of cells.entries()) {
    const result = signal.aborted
      ? undefined
      : await bestOrLatest(cell, i + 1).catch((error) => {
          if (!signal.aborted || error !== signal.reason) throw error
        })
    if (!result) break
    results.push(result)
    output.detail(resultLine(result, cells.length))
  }
  if (results.length > 0) output.detail()
  for (const line of resultTable(names, results)) output.result(line)
  const stopped = results.length < cells.length
  if (stopped) {
    const on = folder ? `; go on with all of it: ${resumeCommand(folder, env)}` : ''
    output.warn(`the sweep was stopped after ${results.length} of ${cells.length} runs${on}`)
  }
  output.value({ event: 'sweep', stopped, out: folder, runs: sorted(results).map(resultValue) })
  if (stopped) return signal.reason === 'SIGPIPE' ? ExitCode.success : ExitCode.interrupted
  return results.some(({ quality }) => quality) ? ExitCode.success : ExitCode.failed
}

const folderOf = async ({ out, data }: TrainOptions): Promise<string | undefined> =>
  out === false ? undefined : newRunFolder(typeof out === 'string' ? out : undefined, `${data}-sweep`)

/** A name that every file system takes and no shell minds. */
const folderName = ({ name }: Combination, number: number): string =>
  `${number}-${name.replace(/[^\w.=,+-]/g, '_')}`
