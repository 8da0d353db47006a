import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EpochMetrics } from '../run/metrics.ts'

/** What a run's `metrics.jsonl` has of the epochs up to an iteration; a line that was cut off is left out. */
export async function readEpochs(run: string, iteration: number): Promise<EpochMetrics[]> {
  const text = await readFile(join(run, 'metrics.jsonl'), 'utf8').catch(() => '')
  return text
    .split('\n')
    .flatMap(parsed)
    .filter((metrics) => metrics.iteration <= iteration)
}

function parsed(line: string): EpochMetrics[] {
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}
