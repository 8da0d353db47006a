import { createRng, randomUniform } from '@gosa/linalg'
import { createCurve } from '@gosa/training-kit'
import { expect, it } from 'vitest'
import type { Config } from '../config/config.ts'
import { createModel } from '../model/create-model.ts'
import { report } from './report.ts'

it('a report of a deep, wide network, many classes, large noisy images and a long run stays below a megabyte', () => {
  const rng = createRng(0)
  const layers = [1600, 150, ...Array.from({ length: 35 }, () => 30), 40]
  const shape = { layers, activation: 'relu' as const }
  const batches = createCurve()
  for (let i = 0; i < 100_000; i++) batches.add(i, rng.uniform())
  const images = {
    images: randomUniform([400, 1600], { rng, dtype: 'float32' }),
    labels: Uint8Array.from({ length: 400 }, (_, i) => i % 40),
  }
  const text = report({
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
  expect(text.match(/<img/g)).toHaveLength(124)
  expect(text.match(/<figure class="histogram"/g)).toHaveLength(60)
  expect(text).toContain('<p>14 more are not shown.</p>')
  expect(text.length).toBeLessThan(1_000_000)
})
