/** The targets of a classifier: class indices or probabilities, told apart by type, and their checks. */
import { sameShape, showShape, sum, Tensor } from '@gosa/linalg'
import { checkTensor, showValue } from '@gosa/linalg/options'

/**
 * The targets t of a classifier: class indices, one per sample, in a `Uint8Array` or `Int32Array`; or a tensor of
 * probabilities in the shape of the outputs, which covers one-hot and soft labels. Told apart by type, never by size.
 */
export type Labels = Uint8Array | Int32Array | Tensor

const isClasses = (labels: Labels): labels is Uint8Array | Int32Array =>
  labels instanceof Uint8Array || labels instanceof Int32Array

/** How far the probabilities of one sample may add up from 1: a few rounding errors of float32. */
const SUM_TOLERANCE = 1e-5

/**
 * Throws unless the labels fit outputs (N, C), or (C) for one sample: a `TypeError` for another kind of labels or another
 * dtype, a `RangeError` for a wrong number of labels, a class that does not exist, or numbers that are not probabilities.
 * The message begins with `what`.
 */
export function checkLabels(labels: Labels, outputs: Tensor, what: string): void {
  checkTensor(what, 'outputs', outputs)
  const { shape } = outputs
  if (labels instanceof Tensor) {
    checkProbabilities(labels, outputs, what)
  } else if (isClasses(labels)) {
    checkClasses(labels, shape.length === 1 ? 1 : shape[0], shape[shape.length - 1], what)
  } else {
    throw new TypeError(
      `${what}: labels must be class indices in a Uint8Array or Int32Array, or a tensor of probabilities in the shape of the outputs, not ${showValue(labels)}`,
    )
  }
}

/**
 * Throws unless the labels fit logits of yes-or-no questions: as `checkLabels`, with classes 0 and 1 for logits (N, 1) or
 * (N), or probabilities from 0 to 1 in the shape of the logits.
 */
export function checkBinaryLabels(labels: Labels, logits: Tensor, what: string): void {
  checkTensor(what, 'logits', logits)
  if (logits.size === 0) throw new RangeError(`${what}: there are no logits`)
  if (labels instanceof Tensor) {
    checkShapeAndDType(labels, logits, what)
    const wrong = labels.data.findIndex((t) => !(t >= 0 && t <= 1))
    if (wrong < 0) return
    throw new RangeError(
      `${what}: a tensor of labels must hold probabilities from 0 to 1, but element ${wrong} is ${labels.data[wrong]}`,
    )
  }
  if (isClasses(labels) && logits.size !== logits.shape[0]) {
    throw new RangeError(
      `${what}: class indices need one logit for each sample, (N, 1) or (N), not ${showShape(logits.shape)}`,
    )
  }
  if (isClasses(labels)) checkClasses(labels, logits.size, 2, what)
  else checkLabels(labels, logits, what)
}

function checkClasses(labels: Uint8Array | Int32Array, N: number, C: number, what: string): void {
  if (labels.length !== N) throw new RangeError(`${what}: ${labels.length} labels do not fit ${N} samples`)
  const wrong = labels.findIndex((label) => label < 0 || label >= C)
  if (wrong >= 0) {
    throw new RangeError(
      `${what}: label ${labels[wrong]} of sample ${wrong} is not one of the ${C} classes, 0 to ${C - 1}`,
    )
  }
}

/** Throws unless labels have the shape and the dtype of the outputs. */
function checkShapeAndDType(labels: Tensor, outputs: Tensor, what: string): void {
  if (!sameShape(labels.shape, outputs.shape)) {
    throw new RangeError(
      `${what}: labels of shape ${showShape(labels.shape)} do not fit outputs of shape ${showShape(outputs.shape)}; ` +
        'probabilities have the shape of the outputs, class indices go into a Uint8Array or Int32Array',
    )
  }
  if (labels.dtype !== outputs.dtype) {
    throw new TypeError(
      `${what}: labels are ${labels.dtype} and outputs ${outputs.dtype}: convert one with astype`,
    )
  }
}

function checkProbabilities(labels: Tensor, outputs: Tensor, what: string): void {
  checkShapeAndDType(labels, outputs, what)
  const totals = sum(labels, { axis: -1 }).reshape([-1]).data
  const wrong = totals.findIndex((total) => !(Math.abs(total - 1) <= SUM_TOLERANCE))
  if (wrong >= 0 || labels.data.some((t) => t < 0)) {
    throw new RangeError(
      `${what}: a tensor of labels must hold probabilities that are at least 0 and add up to 1 for each sample; ` +
        (wrong >= 0 ? `those of sample ${wrong} add up to ${totals[wrong]}` : 'one is negative'),
    )
  }
}
