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
/** For files about which there is nothing to say. */
const refuse = (message: string) => {
  throw new Error(message)
}
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
    await rewindMetrics(run, 20, refuse)
    expect(lines()).toEqual([epoch(10), epoch(20)])
    await rewindMetrics(run, 0, refuse)
    expect(readFileSync(join(run, 'metrics.jsonl'), 'utf8')).toBe('')
  })

  it.each<[string, string]>([
    [JSON.stringify({ ...epoch(20), testLoss: undefined }), 'has no testLoss'],
    [JSON.stringify({ ...epoch(20), iteration: undefined }), 'has no iteration'],
    [JSON.stringify({ ...epoch(20), loss: null }), 'has null for loss, not a number,'],
    [JSON.stringify({ ...epoch(20), validationLoss: 'low' }), 'has "low" for validationLoss, not a number,'],
    ['{"epoch":2,"itera', 'is not JSON'],
    ['null', 'is not an object'],
    ['[]', 'is not an object'],
  ])('loses the line %s, with a warning, when it is rewound', async (line, reason) => {
    await appendMetrics(run, epoch(10))
    appendFileSync(join(run, 'metrics.jsonl'), `${line}\n`)
    await appendMetrics(run, epoch(30))
    expect(await readMetrics(run)).toEqual([epoch(10), epoch(30)])
    const warnings: string[] = []
    await rewindMetrics(run, 30, (message) => void warnings.push(message))
    expect(warnings).toEqual([`${join(run, 'metrics.jsonl')}: line 2 ${reason} and is left out`])
    expect(lines()).toEqual([epoch(10), epoch(30)])
  })

  it('may begin with a byte order mark', async () => {
    appendFileSync(join(run, 'metrics.jsonl'), `\uFEFF${JSON.stringify(epoch(10))}\r\n`)
    await rewindMetrics(run, 10, refuse)
    expect(lines()).toEqual([epoch(10)])
  })

  it('may be missing when it is read or rewound, but not its folder when it is written', async () => {
    expect(await readMetrics(run)).toEqual([])
    await rewindMetrics(run, 20, refuse)
    await expect(appendMetrics(join(run, 'gone'), epoch(10))).rejects.toThrow('its folder does not exist')
  })
})
