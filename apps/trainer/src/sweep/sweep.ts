import { join } from 'node:path'
import { type CommandContext, ExitCode, type Interruption, type Output, printable } from '@gosa/cli-kit'
import { loadImages } from '../data/load-images.ts'
import { resumeCommand } from '../options/command-line.ts'
import type { TrainOptions } from '../options/option-table.ts'
import { performRun, type RunContext } from '../run/perform.ts'
import { resumeRun } from '../run/resume.ts'
import { createRun } from '../run/run.ts'
import { createRunFolder, isRunFolder } from '../run-folder/run-folder.ts'
import { labelled } from '../texts/labels.ts'
import { runTexts } from '../texts/run.ts'
import { type Combination, createGrid } from './grid.ts'
import { resultLine, resultTable, resultValue, type SweepResult, sortResults } from './results.ts'
import { writeSweep } from './saved-sweep.ts'

/**
 * Trains once with each combination of the values of `--sweep`, one run after the other, each in a subfolder of the sweep, and
 * prints the results. A run whose training fails is one of the results. `resumedFolder` is that of a sweep to resume.
 */
export async function performSweep(
  context: CommandContext<TrainOptions> & Pick<RunContext, 'live'>,
  interruption: Interruption,
  resumedFolder?: string,
): Promise<ExitCode> {
  const { options, output, env } = context
  const { signal } = interruption
  const load = loadOnce()
  const { names, combinations } = await createGrid(context, signal, load)
  const runs = combinations.length
  const folder = resumedFolder ?? (await createSweepFolder(options))
  if (folder && !resumedFolder) await writeSweep(folder, context)
  const texts = runTexts()
  const saved = folder ? texts.sweep.savedIn(printable(folder)) : texts.done.notSaved
  output.detail(labelled('sweep', texts.sweep.runs(runs, saved)))

  /** Performs one run; undefined if it was interrupted. */
  async function performOne(combination: Combination, number: number): Promise<SweepResult | undefined> {
    const startedAt = performance.now()
    const out = folder !== undefined && join(folder, subfolderName(combination, number))
    const own = {
      ...context,
      options: { ...options, ...combination.values, out },
      output: outputOfRun(output, number, runs),
    }
    const run =
      out && (await isRunFolder(out))
        ? await resumeRun(out, { ...own, given: new Set() }, signal, load)
        : await createRun(own, signal, load)
    const { outcome } = await performRun(run, { ...own, startedAt }, interruption)
    if (outcome.kind === 'interrupted') return undefined
    const quality = outcome.kind === 'done' ? outcome : undefined
    return { run: number, combination, out: run.folder, quality, iterations: run.training.iteration }
  }

  const results: SweepResult[] = []
  for (const [i, combination] of combinations.entries()) {
    const result = signal.aborted
      ? undefined
      : await performOne(combination, i + 1).catch((error) => {
          if (!signal.aborted || error !== signal.reason) throw error
        })
    if (!result) break
    results.push(result)
    output.detail(resultLine(result, runs))
  }
  if (results.length > 0) output.detail()
  for (const line of resultTable(names, results)) output.result(line)
  const stopped = results.length < runs
  if (stopped) {
    const { interrupted } = texts
    const message = interrupted.sweep(results.length, runs)
    output.warn(folder ? interrupted.sweepResume(message, resumeCommand(folder, env)) : message)
  }
  output.value({ event: 'sweep', stopped, out: folder, runs: sortResults(results).map(resultValue) })
  if (stopped) return signal.reason === 'SIGPIPE' ? ExitCode.success : ExitCode.interrupted
  return results.some(({ quality }) => quality) ? ExitCode.success : ExitCode.failed
}

const createSweepFolder = async ({ out, data }: TrainOptions): Promise<string | undefined> =>
  out === false ? undefined : createRunFolder(out, `${data}-sweep`)

/** The name of a run's subfolder, valid on every file system and without characters that a shell interprets. */
const subfolderName = ({ name }: Combination, number: number): string =>
  `${number}-${name.replace(/[^\w.=,+-]/g, '_')}`

/** A `loadImages` that loads the same images only once in a row. */
function loadOnce(): typeof loadImages {
  let latest: { key: string; data: ReturnType<typeof loadImages> } | undefined
  return ({ data, dataDir, trainSize, testSize }, loading) => {
    const options = { data, dataDir, trainSize, testSize }
    const key = JSON.stringify({ ...options, dtype: loading.dtype })
    if (latest?.key !== key) latest = { key, data: loadImages(options, loading) }
    return latest.data
  }
}

/** The output of one run of a sweep: JSON lines get the number of the run; people see only its progress and warnings. */
export function outputOfRun(output: Output, run: number, runs: number): Output {
  const prefix = `${run}/${runs} `
  const silent = { value: () => {} }
  return Object.create(output, {
    detail: silent,
    result: silent,
    note: silent,
    warn: { value: (line: string) => output.warn(`${prefix}${line}`) },
    value: { value: (value: object) => output.value({ ...value, run }) },
    progressColumns: { get: () => Math.max(0, output.progressColumns - prefix.length) },
    progress: { value: (text = '') => output.progress(text && `${prefix}${text}`) },
  })
}
