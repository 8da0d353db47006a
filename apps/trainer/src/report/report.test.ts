import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRng, full, randomNormal, randomUniform, type Tensor } from '@gosa/linalg'
import { createCurve } from '@gosa/training'
import { afterAll, describe, expect, it } from 'vitest'
import { browserTest, withChromium } from '../../../../vitest.chromium.ts'
import { temporaryFolder } from '../command.testing.ts'
import { reportPage } from './page.ts'
import { pageFaults, VIEWS } from './page-faults.testing.ts'
import { createProgressReport, createReport, type ReportData, reportBody } from './report.ts'

/** The report of a deep, wide network, with many classes, large noisy images and a long run. */
function extremeRun(): ReportData {
  const rng = createRng(0)
  const losses = createCurve()
  for (let i = 0; i < 100_000; i++) losses.add(i, rng.uniform())
  const sizes = [1600, 150, ...Array.from({ length: 35 }, () => 30), 40]
  const parameters = sizes.slice(1).flatMap((size, i) => [
    { name: `W${i + 1}`, value: randomNormal([sizes[i], size], { rng }), grad: randomNormal([1], { rng }) },
    { name: `b${i + 1}`, value: randomNormal([size], { rng }), grad: randomNormal([1], { rng }) },
  ])
  return {
    ...{ name: 'large', network: '1600-…-40', dataset: 'noise', height: 40, width: 40, classes: 40 },
    ...{ iteration: 1e6, samplesPerSecond: 1e5, stepsPerEpoch: 100, status: 'done', date: new Date(0) },
    ...{ configuration: {}, machine: {}, commandLine: 'gosa-trainer train', weightsSha256: 'abc' },
    test: {
      x: randomUniform([400, 1600], { rng, dtype: 'float32' }),
      t: Uint8Array.from({ length: 400 }, (_, i) => i % 40),
    },
    model: {
      predict: ({ shape: [N] }: Tensor) => randomNormal([N, 40], { rng }),
      parameters: () => parameters,
    },
    epochs: Array.from({ length: 10_000 }, (_, i) => ({
      ...{ epoch: i + 1, iteration: 100 * i, loss: rng.uniform(), samplesPerSecond: 1e5 * rng.uniform() },
      ...{ trainAccuracy: rng.uniform(), testAccuracy: rng.uniform(), testLoss: rng.uniform() },
      ...{ validationAccuracy: rng.uniform(), validationLoss: rng.uniform(), learningRate: rng.uniform() },
    })),
    batches: losses.points(),
  }
}

const pageOf = (run: ReportData): string => {
  const report = createReport(run)
  return reportPage(report.title, reportBody(report)).text
}

const folder = temporaryFolder()
afterAll(folder.remove)

describe('createReport', () => {
  it('stays below a megabyte for runs of any size', () => {
    const text = pageOf(extremeRun())
    expect(text.match(/<img/g)).toHaveLength(124)
    expect(text.match(/<figure class="histogram"/g)).toHaveLength(60)
    expect(text).toContain('<p>14 more are not shown.</p>')
    expect(text.length).toBeLessThan(1_000_000)
  })

  it('shows a network that has become NaN', () => {
    const run = extremeRun()
    const value = full([1600, 2], Number.NaN)
    const model = {
      predict: ({ shape: [N] }: Tensor) => full([N, 40], Number.NaN),
      parameters: () => [{ name: 'W1', value, grad: value }],
    }
    const { parts } = createReport({ ...run, model })
    expect(String(parts.weights)).toContain('1 more are not shown')
    expect(String(parts.mistakes)).toContain('There were none.')
  })

  browserTest('stays within a phone’s width for runs of any size', async () => {
    const file = join(folder.path, 'report.html')
    writeFileSync(file, pageOf(extremeRun()))
    const faults = await withChromium((browser) => pageFaults(browser, String(pathToFileURL(file)), VIEWS[0]))
    expect(faults).toEqual([])
  })
})

describe('createProgressReport', () => {
  const progress = { share: 0.2599, loss: 0.5, secondsLeft: 200 }
  const run = () => ({
    ...extremeRun(),
    ...{ epochs: [], status: 'running', progress, weightsSha256: undefined },
  })

  it('has the summary and the curves, and does not evaluate the model', () => {
    const neverCalled = () => {
      throw new Error('evaluated')
    }
    const model = { predict: neverCalled, parameters: neverCalled }
    const { title, parts } = createProgressReport({ ...run(), model })
    expect(title).toBe('25 % large')
    expect(Object.keys(parts)).toEqual(['summary', 'curves'])
    const summary = String(parts.summary)
    expect(summary).toContain('running · 1600-…-40 · noise')
    expect(summary).toContain('<progress max="1" value="0.2599"')
    expect(summary).toContain('<dt>left</dt><dd>3 min 20 s</dd>')
    expect(summary).toContain('<dt>test accuracy</dt><dd>…</dd>')
  })

  it('has the same parts as the whole report of the run', () => {
    const { title, parts } = createReport(run())
    expect(title).toBe('25 % large')
    for (const [id, part] of Object.entries(createProgressReport(run()).parts)) {
      expect(String(parts[id]).replace(/<time.*<\/time>/, '')).toBe(
        String(part).replace(/<time.*<\/time>/, ''),
      )
    }
    expect(String(parts.reproduce)).not.toContain('SHA-256')
  })

  it('has no NaN or Infinity before the first step', () => {
    const { parts } = createProgressReport({
      ...run(),
      progress: { share: 0, loss: Number.NaN, secondsLeft: Infinity },
    })
    expect(String(parts.summary)).not.toMatch(/NaN|Infinity/)
  })
})

describe('reportBody', () => {
  it('has an element for each part, and leaves out sections without parts', () => {
    const { title, parts } = createReport(extremeRun())
    const { units: _, ...others } = parts
    expect(String(reportBody({ title, parts }))).toContain('<h2>First-layer weights</h2>')
    const body = String(reportBody({ title, parts: others }))
    expect(body).not.toContain('First-layer weights')
    for (const id of Object.keys(others)) expect(body).toContain(`<div id="${id}">`)
  })
})
