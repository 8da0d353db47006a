/**
 * Metrics of predicted classes, with scikit-learn's definitions: t and predictions are class indices, one per sample. A
 * prediction of −1 (`NO_CLASS`) is wrong. All throw a `RangeError` for lists of different lengths or without samples.
 */
import { checkNumber, showValue } from '@gosa/linalg/options'
import { NO_CLASS } from '@gosa/losses'

/** Returns the share of predictions that are right. */
export function accuracy(t: ArrayLike<number>, predicted: ArrayLike<number>): number {
  checkLengths('accuracy', t, predicted)
  let hits = 0
  for (let n = 0; n < t.length; n++) if (t[n] === predicted[n]) hits++
  return hits / t.length
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
  checkLists('confusionMatrix', labels, predicted)
  checkNumber('confusionMatrix', 'classes', classes)
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

/** How well each class is told from the others. */
export interface ClassScores {
  /** Class indices, ascending: those that occur in t or among the predictions. */
  readonly classes: readonly number[]
  /** `TP/(TP + FP)` by position in `classes`; 0 for a class that is never predicted. */
  readonly precision: readonly number[]
  /** `TP/(TP + FN)`; 0 for a class that t does not hold. */
  readonly recall: readonly number[]
  /** `2TP/(2TP + FP + FN)` */
  readonly f1: readonly number[]
  /** The number of samples of the class. */
  readonly support: readonly number[]
}

/** Returns precision, recall and F1 of each class: scikit-learn's `precision_recall_fscore_support`. */
export function classScores(t: ArrayLike<number>, predicted: ArrayLike<number>): ClassScores {
  return scoresOf('classScores', t, predicted)
}

function scoresOf(caller: string, t: ArrayLike<number>, predicted: ArrayLike<number>): ClassScores {
  checkLengths(caller, t, predicted)
  const counts = new Map<number, { hits: number; predicted: number; support: number }>()
  const of = (label: number) => {
    const found = counts.get(label) ?? { hits: 0, predicted: 0, support: 0 }
    counts.set(label, found)
    return found
  }
  for (let n = 0; n < t.length; n++) {
    of(t[n]).support++
    if (predicted[n] === NO_CLASS) continue
    of(predicted[n]).predicted++
    if (t[n] === predicted[n]) of(t[n]).hits++
  }
  const classes = [...counts.keys()].sort((a, b) => a - b)
  const all = classes.map(of)
  return {
    classes,
    precision: all.map(({ hits, predicted }) => ratio(hits, predicted)),
    recall: all.map(({ hits, support }) => ratio(hits, support)),
    f1: all.map(({ hits, predicted, support }) => ratio(2 * hits, predicted + support)),
    support: all.map(({ support }) => support),
  }
}

/** Returns the mean precision of the classes ("macro"), see `classScores`. */
export const precision = (t: ArrayLike<number>, predicted: ArrayLike<number>): number =>
  meanOf(scoresOf('precision', t, predicted).precision)

/** Returns the mean recall of the classes ("macro"), see `classScores`. */
export const recall = (t: ArrayLike<number>, predicted: ArrayLike<number>): number =>
  meanOf(scoresOf('recall', t, predicted).recall)

/** Returns the mean F1 of the classes ("macro"), see `classScores`. */
export const f1 = (t: ArrayLike<number>, predicted: ArrayLike<number>): number =>
  meanOf(scoresOf('f1', t, predicted).f1)

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Throws a `TypeError` unless targets and predictions are lists of numbers. */
export function checkLists(what: string, t: ArrayLike<number>, predicted: ArrayLike<number>): void {
  for (const [name, list] of Object.entries({ targets: t, predictions: predicted })) {
    const isList = Array.isArray(list) || ArrayBuffer.isView(list)
    if (isList && typeof (list[0] ?? 0) === 'number') continue
    throw new TypeError(
      `${what}: ${name} must be a list of numbers, not ${showValue(isList ? list[0] : list)}`,
    )
  }
}

/** The same, and a `RangeError` unless there are as many targets as predictions, and at least one. */
export function checkLengths(what: string, t: ArrayLike<number>, predicted: ArrayLike<number>): void {
  checkLists(what, t, predicted)
  if (t.length === predicted.length && t.length > 0) return
  throw new RangeError(
    `${what}: ${t.length} targets and ${predicted.length} predictions; there must be as many of both, at least one`,
  )
}
