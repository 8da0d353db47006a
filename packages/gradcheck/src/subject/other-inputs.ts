import type { Tensor } from '@gosa/linalg'

/**
 * Another input of the same shape: the same numbers in reverse order, so that they are ones that the layer takes; a
 * single number is made a quarter larger.
 */
export function otherThan(x: Tensor): Tensor {
  const other = x.clone()
  if (x.size === 1) other.data[0] *= 1.25
  else other.data.reverse()
  return other
}
