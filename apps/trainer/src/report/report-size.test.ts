import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRng, randomUniform } from '@gosa/linalg'
import { createCurve } from '@gosa/training'
import { afterAll, expect, it } from 'vitest'
import { browserTest, withChromium } from '../../../../vitest.chromium.ts'
import { temporaryFolder } from '../command.testing.ts'
import { createModel } from '../model/create-model.ts'
import type { Config } from '../options/config.ts'
import { faultsOf, LOOKS } from './faults.testing.ts'
import { report } from './report.ts'

/** The report of a deep, wide network, with many classes, large noisy images and a long run. */
function extreme(): string {
  const rng = createRng(0)
  const layers = [1600, 150, ...Array.from({ length: 35 }, () => 30), 40]
  const shape = { layers, activation: 'relu' as const }
  const batches = createCurve()
  for (let i = 0; i < 100_000; i++) batches.add(i, rng.uniform())
  const images = {
    images: randomUniform([400, 1600], { rng, dtype: 'float32' }),
    labels: Uint8Array.from({ length: 400 }, (_, i) => i % 40),
  }
  return report({
    ...{ name: 'large', ending: 'done', iteration: 1e6, samplesPerSecond: 1e5, machine: {} },
    ...{ commandLine: '', weightsSha256: '', written: new Date(0), perEpoch: 100 },
    config: { ...shape, dtype: 'float32' } as Config,
    data: { name: 'noise', generated: true, classes: 40, height: 40, width: 40, train: images, test: images },
    model: createModel(shape, { init: 0.5, rng, dtype: 'float32' }),
    epochs: Array.from({ length: 10_000 }, (_, i) => ({
      ...{ epoch: i + 1, iteration: 100 * i, loss: rng.uniform(), samplesPerSecond: 1e5 * rng.uniform() },
      ...{ trainAccuracy: rng.uniform(), testAccuracy: rng.uniform(), testLoss: rng.uniform() },
      ...{ validationAccuracy: rng.uniform(), validationLoss: rng.uniform(), learningRate: rng.uniform() },
    })),
    batches: batches.points(),
  })
}

const folder = temporaryFolder()
afterAll(folder.remove)

it('a report stays below a megabyte, whatever it is of', () => {
  const text = extreme()
  expect(text.match(/<img/g)).toHaveLength(124)
  expect(text.match(/<figure class="histogram"/g)).toHaveLength(60)
  expect(text).toContain('<p>14 more are not shown.</p>')
  expect(text.length).toBeLessThan(1_000_000)
})

browserTest('a report of very much has nothing beyond its side, on a phone', async () => {
  const file = join(folder.path, 'report.html')
  writeFileSync(file, extreme())
  const faults = await withChromium((browser) => faultsOf(browser, String(pathToFileURL(file)), LOOKS[0]))
  expect(faults).toEqual([])
})
