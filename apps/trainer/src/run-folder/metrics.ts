import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileWriteError, writeFileAtomic } from '@gosa/cli-kit'
import type { EpochMetrics } from '@gosa/training'

/** `metrics.jsonl` in the folder of a run: one line of JSON per evaluation. */

const METRICS_FILE = 'metrics.jsonl'

/** Appends the metrics of an epoch. */
export async function appendMetrics(folder: string, metrics: EpochMetrics): Promise<void> {
  const file = join(folder, METRICS_FILE)
  await appendFile(file, `${JSON.stringify(metrics)}\n`).catch((error) => {
    throw fileWriteError(file, error)
  })
}

/** The metrics of a run up to an iteration; none if there is no file yet. Truncated lines are left out. */
export async function readMetrics(folder: string, iteration = Infinity): Promise<EpochMetrics[]> {
  const text = await readText(folder)
  return parseMetrics(text ?? '').filter((metrics) => metrics.iteration <= iteration)
}

/** Removes the metrics after an iteration, which will be measured again, and a truncated line. */
export async function rewindMetrics(folder: string, iteration: number): Promise<void> {
  const text = await readText(folder)
  if (text === undefined) return
  const lines = parseMetrics(text).filter((metrics) => metrics.iteration <= iteration)
  const content = lines.map((metrics) => `${JSON.stringify(metrics)}\n`).join('')
  await writeFileAtomic(join(folder, METRICS_FILE), content)
}

const readText = (folder: string): Promise<string | undefined> =>
  readFile(join(folder, METRICS_FILE), 'utf8').catch(() => undefined)

const parseMetrics = (text: string): EpochMetrics[] => text.split('\n').flatMap(parseLine)

function parseLine(line: string): EpochMetrics[] {
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}
