/** Evaluation of a classifier on data sets: accuracy, loss, predicted classes and the confusion matrix. */
import { argmax, type Tensor } from '@gosa/linalg'
import { softmaxCrossEntropy } from '@gosa/losses'
import { accuracy } from '@gosa/networks'
import type { Classifier, ClassSamples } from './classifier.ts'

/** What `predictedClasses` gives for a sample whose logits contain NaN. */
export const NO_CLASS = -1

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
export function evaluate(model: Predictor, { x, t }: ClassSamples): Evaluation {
  const logits = model.predict(x)
  return {
    accuracy: accuracy(logits, t),
    loss: softmaxCrossEntropy(logits, t),
    predicted: predictedClasses(logits),
  }
}

/** The accuracy alone, which takes less time. */
export const accuracyOf = (model: Predictor, { x, t }: ClassSamples): number => accuracy(model.predict(x), t)

/** The index of the largest of each row of logits (N, C), or `NO_CLASS` for a row that contains NaN. */
function predictedClasses(logits: Tensor): Int32Array {
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

/** How good a network is on each of the sets. */
export interface Quality {
  trainAccuracy: number
  testAccuracy: number
  testLoss: number
  validationAccuracy?: number
  validationLoss?: number
}

/** Evaluates a model on all sets of a run. */
export function measureQuality(model: Predictor, { train, validation, test }: TrainingSets): Quality {
  const { accuracy: testAccuracy, loss: testLoss } = evaluate(model, test)
  const quality: Quality = { trainAccuracy: accuracyOf(model, train), testAccuracy, testLoss }
  if (!validation) return quality
  const { accuracy: validationAccuracy, loss: validationLoss } = evaluate(model, validation)
  return { ...quality, validationAccuracy, validationLoss }
}

/**
 * The confusion matrix (C, C): `matrix[label][predicted]` counts the samples, so the diagonal counts the hits. Samples
 * without a prediction (`NO_CLASS`) are left out. Throws a `RangeError` for lists of different lengths and for class
 * indices outside 0 … C − 1.
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): number[][] {
  if (labels.length !== predicted.length) {
    throw new RangeError(`confusionMatrix: ${labels.length} labels, but ${predicted.length} predictions`)
  }
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (let n = 0; n < labels.length; n++) {
    const [label, guess] = [labels[n], predicted[n]]
    if (!(label in matrix && (guess in matrix || guess === NO_CLASS))) {
      throw new RangeError(
        `confusionMatrix: sample ${n} has label ${label} and prediction ${guess}, but there are ${classes} classes`,
      )
    }
    if (guess !== NO_CLASS) matrix[label][guess]++
  }
  return matrix
}
