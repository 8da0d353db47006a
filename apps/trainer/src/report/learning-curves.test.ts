import type { EpochMetrics } from '@gosa/training'
import { expect, it } from 'vitest'
import { learningCurves } from './learning-curves.ts'

const epoch = (epoch: number, more: Partial<EpochMetrics> = {}): EpochMetrics => ({
  ...{ epoch, iteration: 10 * epoch, loss: 1 / epoch, samplesPerSecond: 1000, learningRate: 0.1 },
  ...{ trainAccuracy: 0.5, testAccuracy: 0, testLoss: 2 },
  ...more,
})
const curves = (epochs: EpochMetrics[]) =>
  String(learningCurves({ epochs, batches: [[5, 2.5]], perEpoch: 10 }))

it('the learning curves are those of loss and accuracy, with batches at their part of an epoch', () => {
  const shown = curves([epoch(1), epoch(2)])
  expect(shown).toContain(
    'aria-label="Loss: single batches ends at 2.5000, training images ends at 0.5000, test images ends at 2.0000"',
  )
  expect(shown).toContain(
    'aria-label="Accuracy: training images ends at 50.00 %, test images ends at 0.00 %"',
  )
  expect(shown).toContain('single batches, epochs 0.5: 2.5')
  expect(shown).not.toContain('Learning rate')
})

it('images set aside have curves of their own, and so has a learning rate that changes', () => {
  const aside = { validationAccuracy: 0.75, validationLoss: 1.5 }
  const shown = curves([epoch(1, aside), epoch(2, { ...aside, learningRate: 0.01 })])
  expect(shown).toContain('validation images ends at 75.00 %')
  expect(shown).toContain('validation images ends at 1.5000')
  expect(shown).toContain('aria-label="Learning rate: at the end of an epoch ends at 0.01"')
})

it('of very many epochs some are drawn, the last one always', () => {
  const shown = curves(Array.from({ length: 10_000 }, (_, i) => epoch(i + 1)))
  expect(shown.length).toBeLessThan(30_000)
  expect(shown).toContain('training images ends at 1.00e-4')
})
