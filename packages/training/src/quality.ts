import type { Samples } from '@gosa/datasets'
import type { Classifier } from './classifier.ts'
import { accuracyOf, evaluate } from './evaluate.ts'

/** The images of a run: to learn from, set aside of these to judge by on the way, and to test with. */
export interface Sets {
  readonly train: Samples<Uint8Array>
  readonly validation?: Samples<Uint8Array>
  readonly test: Samples<Uint8Array>
}

/** How good a network is on each of them. */
export interface Quality {
  trainAccuracy: number
  testAccuracy: number
  testLoss: number
  validationAccuracy?: number
  validationLoss?: number
}

export function qualityOf(model: Classifier, { train, validation, test }: Sets): Quality {
  const { accuracy: testAccuracy, loss: testLoss } = evaluate(model, test)
  const quality: Quality = { trainAccuracy: accuracyOf(model, train), testAccuracy, testLoss }
  if (!validation) return quality
  const { accuracy: validationAccuracy, loss: validationLoss } = evaluate(model, validation)
  return { ...quality, validationAccuracy, validationLoss }
}
