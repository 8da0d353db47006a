/** Evaluation of a classifier on data sets: accuracy, loss and predicted classes. */
import { argmax, type Tensor } from '@gosa/linalg'
import { checkLabels, NO_CLASS, softmaxCrossEntropy } from '@gosa/losses'
import type { Classifier, ClassSamples } from '../loop/classifier.ts'
import type { Quality } from '../loop/early-stopping.ts'
import { checkEvaluated } from './check-evaluated.ts'
import { accuracy } from './classification.ts'

export interface Evaluation {
  /** The share of samples whose largest logit is at the right class; logits with NaN are wrong. */
  accuracy: number
  /** The mean cross-entropy. */
  loss: number
  /** The predicted class of each sample, `NO_CLASS` if its logits contain NaN. */
  predicted: Int32Array
}

type Predictor = Pick<Classifier, 'predict'>

/** Accuracy, loss and predictions of a model on a data set. */
export function evaluateClassifier(model: Predictor, samples: ClassSamples): Evaluation {
  const { x, t } = checkEvaluated('evaluateClassifier', model, samples)
  const logits = model.predict(x)
  const predicted = predictedClasses(logits)
  const loss = softmaxCrossEntropy(logits, t)
  return { accuracy: accuracy(t, predicted), loss, predicted }
}

/** The accuracy alone, which takes less time. */
export function accuracyOf(model: Predictor, samples: ClassSamples): number {
  const { x, t } = checkEvaluated('accuracyOf', model, samples)
  const logits = model.predict(x)
  checkLabels(t, logits, 'accuracyOf')
  return accuracy(t, predictedClasses(logits))
}

/** The index of the largest of each row of logits (N, C), or `NO_CLASS` for a row that contains NaN. */
export function predictedClasses(logits: Tensor): Int32Array {
  const predicted = argmax(logits, { axis: 1 })
  const [, C] = logits.shape
  // argmax takes NaN for the largest, so a row contains NaN exactly if its maximum is NaN.
  for (let n = 0; n < predicted.length; n++) {
    if (Number.isNaN(logits.data[n * C + predicted[n]])) predicted[n] = NO_CLASS
  }
  return predicted
}

/** The data sets of a run: one to learn from, perhaps one to select the best weights by, and one to test with. */
export interface TrainingSets {
  readonly train: ClassSamples
  readonly validation?: ClassSamples
  readonly test: ClassSamples
}

/** Evaluates a model on all sets of a run. */
export function measureQuality(model: Predictor, { train, validation, test }: TrainingSets): Quality {
  const { accuracy: testAccuracy, loss: testLoss } = evaluateClassifier(model, test)
  const quality: Quality = { trainAccuracy: accuracyOf(model, train), testAccuracy, testLoss }
  if (!validation) return quality
  const { accuracy: validationAccuracy, loss: validationLoss } = evaluateClassifier(model, validation)
  return { ...quality, validationAccuracy, validationLoss }
}
