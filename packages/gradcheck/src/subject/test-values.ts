import { type NumberOrTensor, type Rng, Tensor } from '@gosa/linalg'
import { elementsOf, valueLike } from './values.ts'

/** The values that checks feed in: the random `dout` and the alternative inputs. */

/** A random `dout` for an output: values between ½ and 1½ with random signs, so that each entry counts. */
export const randomDout = (output: NumberOrTensor, rng: Rng): NumberOrTensor =>
  valueLike(output, () => (rng.uniform() + 0.5) * (rng.integer(2) === 0 ? 1 : -1))

/** Half of a `dout`: another one for the same output. */
export const halfOf = (dout: NumberOrTensor): NumberOrTensor =>
  valueLike(dout, (k) => elementsOf(dout)[k] / 2)

/** Another `dout` for the same output, so that one kept from an earlier pass shows. */
export const otherDout = (dout: NumberOrTensor): NumberOrTensor => {
  const elements = elementsOf(dout)
  return valueLike(dout, (k) => 1.25 * elements[elements.length - 1 - k] + 0.5)
}

/** The factor between a number and the other number that replaces it. */
export const OTHER_NUMBER_FACTOR = 1.25

/**
 * Another input of the same shape. It has the same elements in reverse order, which the layer surely accepts; a single
 * number is multiplied by `OTHER_NUMBER_FACTOR`.
 */
export function otherInput(x: Tensor): Tensor {
  const other = x.clone()
  if (x.size === 1) other.data[0] *= OTHER_NUMBER_FACTOR
  else other.data.reverse()
  return other
}

/**
 * Other labels of the same kind: the elements in reverse order, or moved on by a sample if that changes nothing. Anything but
 * tensors and typed arrays is returned unchanged.
 */
export function otherLabels(t: unknown): unknown {
  if (t instanceof Tensor) {
    const other = t.clone()
    reorder(other.data, t.rank > 1 ? t.size / t.shape[0] : 1)
    return other
  }
  if (!ArrayBuffer.isView(t) || t instanceof DataView) return t
  const other = (t as Float64Array).slice()
  reorder(other, 1)
  return other
}

function reorder(labels: Tensor['data'], perSample: number): void {
  const before = labels.slice()
  labels.reverse()
  if (labels.every((label, i) => label === before[i])) {
    labels.set(before.subarray(perSample))
    labels.set(before.subarray(0, perSample), labels.length - perSample)
  }
}
