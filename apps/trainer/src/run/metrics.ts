import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFailure } from '@gosa/cli-kit'
import type { EpochMetrics } from '@gosa/training'
import { writeFileWhole } from './write-file.ts'

const METRICS = 'metrics.jsonl'

export type { EpochMetrics }

/** Adds a line to a run's `metrics.jsonl`. */
export async function appendMetrics(run: string, metrics: EpochMetrics): Promise<void> {
  const file = join(run, METRICS)
  await appendFile(file, `${JSON.stringify(metrics)}\n`).catch((error) => {
    throw writeFailure(file, error)
  })
}

/** Takes out of a run's `metrics.jsonl` what lies after the given iteration and will be measured again. */
export async function rewindMetrics(run: string, iteration: number): Promise<void> {
  const file = join(run, METRICS)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return
  const lines = text.split('\n').filter((line) => (iterationOf(line) ?? Infinity) <= iteration)
  await writeFileWhole(file, lines.map((line) => `${line}\n`).join(''))
}

/** Of a line that was cut off, none. */
function iterationOf(line: string): number | undefined {
  try {
    return JSON.parse(line).iteration
  } catch {
    return undefined
  }
}
