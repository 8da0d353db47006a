import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileWriteError, writeFileAtomic } from '@gosa/cli-kit'
import type { EpochMetrics } from '@gosa/training'
import { runTexts } from '../texts/run.ts'

/** `metrics.jsonl` in the folder of a run: one line of JSON per evaluation. */

const METRICS_FILE = 'metrics.jsonl'

/** Appends the metrics of an epoch. */
export async function appendMetrics(folder: string, metrics: EpochMetrics): Promise<void> {
  const file = join(folder, METRICS_FILE)
  await appendFile(file, `${JSON.stringify(metrics)}\n`).catch((error) => {
    throw fileWriteError(file, error)
  })
}

/** The metrics of a run up to an iteration; none if there is no file yet. Lines that are not metrics are left out. */
export async function readMetrics(folder: string, iteration = Infinity): Promise<EpochMetrics[]> {
  const { metrics } = parseMetrics((await readText(folder)) ?? '')
  return metrics.filter((epoch) => epoch.iteration <= iteration)
}

/**
 * Removes the metrics after an iteration, which will be measured again, and lines that are not metrics. Calls `warn` for
 * each of these, except a truncated last line, which a killed run leaves.
 */
export async function rewindMetrics(
  folder: string,
  iteration: number,
  warn: (message: string) => void,
): Promise<void> {
  const text = await readText(folder)
  if (text === undefined) return
  const file = join(folder, METRICS_FILE)
  const { metrics, faults } = parseMetrics(text)
  for (const { line, reason } of faults) warn(runTexts().checkpoints.line(file, line, reason))
  const kept = metrics.filter((epoch) => epoch.iteration <= iteration)
  await writeFileAtomic(file, kept.map((epoch) => `${JSON.stringify(epoch)}\n`).join(''))
}

const readText = (folder: string): Promise<string | undefined> =>
  readFile(join(folder, METRICS_FILE), 'utf8').catch(() => undefined)

/** A line that is not the metrics of an epoch; lines are counted from 1. */
interface LineFault {
  readonly line: number
  readonly reason: string
}

function parseMetrics(text: string): { metrics: EpochMetrics[]; faults: LineFault[] } {
  const metrics: EpochMetrics[] = []
  const faults: LineFault[] = []
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    const parsed = parseLine(line)
    const isTruncated = parsed === undefined && i === lines.length - 1
    const reason = faultOf(parsed)
    if (reason === undefined) metrics.push(parsed as EpochMetrics)
    else if (!isTruncated) faults.push({ line: i + 1, reason })
  }
  return { metrics, faults }
}

/** The value of a line of JSON; undefined if it is not JSON. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const NUMBERS = [
  'epoch',
  'iteration',
  'loss',
  'trainAccuracy',
  'testAccuracy',
  'testLoss',
  'samplesPerSecond',
]
const OPTIONAL_NUMBERS = ['validationAccuracy', 'validationLoss', 'learningRate']

/** What keeps a value from being the metrics of an epoch; undefined if nothing does. */
function faultOf(value: unknown): string | undefined {
  if (value === undefined) return 'is not JSON'
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not an object'
  const fields = value as Record<string, unknown>
  const missing = NUMBERS.find((key) => fields[key] === undefined)
  if (missing) return `has no ${missing}`
  const other = [...NUMBERS, ...OPTIONAL_NUMBERS].find(
    (key) => fields[key] !== undefined && typeof fields[key] !== 'number',
  )
  return other && `has ${JSON.stringify(fields[other])} for ${other}, not a number,`
}
