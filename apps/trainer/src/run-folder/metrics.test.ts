import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appendMetrics, readMetrics, rewindMetrics } from './metrics.ts'

let run = ''
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'gosa-metrics-'))
})
afterEach(() => rmSync(run, { recursive: true }))

const epoch = (iteration: number) => ({
  epoch: iteration / 10,
  iteration,
  loss: 0.5,
  trainAccuracy: 0.9,
  testAccuracy: 0.8,
  testLoss: 0.3,
  samplesPerSecond: 1000,
})
const lines = () =>
  readFileSync(join(run, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('metrics.jsonl', () => {
  it('has a line per epoch', async () => {
    for (const iteration of [10, 20]) await appendMetrics(run, epoch(iteration))
    expect(lines()).toEqual([epoch(10), epoch(20)])
  })

  it('is read up to an iteration, without a truncated line', async () => {
    for (const iteration of [10, 20, 30]) await appendMetrics(run, epoch(iteration))
    appendFileSync(join(run, 'metrics.jsonl'), '{"epoch":4,"itera')
    expect(await readMetrics(run)).toEqual([epoch(10), epoch(20), epoch(30)])
    expect(await readMetrics(run, 20)).toEqual([epoch(10), epoch(20)])
  })

  it('loses what will be measured again, and a truncated line, when it is rewound', async () => {
    for (const iteration of [10, 20, 30]) await appendMetrics(run, epoch(iteration))
    appendFileSync(join(run, 'metrics.jsonl'), '{"epoch":4,"itera')
    await rewindMetrics(run, 20)
    expect(lines()).toEqual([epoch(10), epoch(20)])
    await rewindMetrics(run, 0)
    expect(readFileSync(join(run, 'metrics.jsonl'), 'utf8')).toBe('')
  })

  it('may be missing when it is read or rewound, but not its folder when it is written', async () => {
    expect(await readMetrics(run)).toEqual([])
    await rewindMetrics(run, 20)
    await expect(appendMetrics(join(run, 'gone'), epoch(10))).rejects.toThrow('its folder does not exist')
  })
})
