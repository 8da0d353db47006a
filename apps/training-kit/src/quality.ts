import type { Dataset } from '@gosa/datasets'
import type { Classifier } from './classifier.ts'
import { createEvaluator } from './evaluate.ts'

/** The images of a run: to learn from, set aside of these to judge by on the way, and to test with. */
export interface Sets {
  readonly train: Dataset
  readonly validation?: Dataset
  readonly test: Dataset
}

/** How good a network is on each of them. */
export interface Quality {
  trainAccuracy: number
  testAccuracy: number
  testLoss: number
  validationAccuracy?: number
  validationLoss?: number
}

/** Measures a model again and again, with the same buffers. */
export function createQualityMeter(model: Classifier, { train, validation, test }: Sets): () => Quality {
  const [onTrain, onTest] = [createEvaluator(model, train), createEvaluator(model, test)]
  const onValidation = validation && createEvaluator(model, validation)
  return () => {
    const { accuracy: testAccuracy, loss: testLoss } = onTest()
    const quality: Quality = { trainAccuracy: onTrain().accuracy, testAccuracy, testLoss }
    if (!onValidation) return quality
    const { accuracy: validationAccuracy, loss: validationLoss } = onValidation()
    return { ...quality, validationAccuracy, validationLoss }
  }
}
