import type { EpochMetrics } from '@gosa/training'
import { describe, expect, it } from 'vitest'
import { learningCurves } from './learning-curves.ts'

const epoch = (epoch: number, more: Partial<EpochMetrics> = {}): EpochMetrics => ({
  ...{ epoch, iteration: 10 * epoch, loss: 1 / epoch, samplesPerSecond: 1000, learningRate: 0.1 },
  ...{ trainAccuracy: 0.5, testAccuracy: 0, testLoss: 2 },
  ...more,
})
const curves = (epochs: EpochMetrics[]) =>
  String(learningCurves({ epochs, batches: [[5, 2.5]], stepsPerEpoch: 10 }))

describe('learningCurves', () => {
  it('draws loss and accuracy, and the loss of batches at their fraction of an epoch', () => {
    const text = curves([epoch(1), epoch(2)])
    expect(text).toContain(
      'aria-label="Loss: single batches ends at 2.5000, training images ends at 0.5000, test images ends at 2.0000"',
    )
    expect(text).toContain(
      'aria-label="Accuracy: training images ends at 50.00 %, test images ends at 0.00 %"',
    )
    expect(text).toContain('single batches, epochs 0.5: 2.5')
    expect(text).not.toContain('Learning rate')
  })

  it('has curves of validation images, and one of a learning rate that changes', () => {
    const validation = { validationAccuracy: 0.75, validationLoss: 1.5 }
    const text = curves([epoch(1, validation), epoch(2, { ...validation, learningRate: 0.01 })])
    expect(text).toContain('validation images ends at 75.00 %')
    expect(text).toContain('validation images ends at 1.5000')
    expect(text).toContain('aria-label="Learning rate: at the end of an epoch ends at 0.01"')
  })

  it('draws a bounded number of epochs, the last one always', () => {
    const text = curves(Array.from({ length: 10_000 }, (_, i) => epoch(i + 1)))
    expect(text.length).toBeLessThan(30_000)
    expect(text).toContain('training images ends at 1.00e-4')
  })
})
