import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appendMetrics, rewindMetrics } from './metrics.ts'

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
  it('has a line for each epoch', async () => {
    for (const iteration of [10, 20]) await appendMetrics(run, epoch(iteration))
    expect(lines()).toEqual([epoch(10), epoch(20)])
  })

  it('loses what will be measured again, and a line that was cut off', async () => {
    for (const iteration of [10, 20, 30]) await appendMetrics(run, epoch(iteration))
    appendFileSync(join(run, 'metrics.jsonl'), '{"epoch":4,"itera')
    await rewindMetrics(run, 20)
    expect(lines()).toEqual([epoch(10), epoch(20)])
  })

  it('need not be there to be rewound, but its folder to be written', async () => {
    await rewindMetrics(run, 20)
    await expect(appendMetrics(join(run, 'gone'), epoch(10))).rejects.toThrow('its folder is not there')
  })
})
