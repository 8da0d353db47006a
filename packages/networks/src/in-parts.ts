import { type Tensor, zeros } from '@gosa/linalg'

/** So many numbers a layer puts out at a time: they stay in the processor's cache until the next layer reads them. */
const AT_ONCE = 2 ** 17

/**
 * What `logits` makes of x, copied, and of many samples some at a time: the same bits, since no row depends on another.
 * `sizes` are those of the layers, inputs first.
 */
export function inParts(x: Tensor, sizes: readonly number[], logits: (part: Tensor) => Tensor): Tensor {
  const [count] = x.shape
  const most = Math.ceil(AT_ONCE / Math.max(...sizes.slice(1)))
  // What does not fit is refused as a whole.
  if (x.rank < 2 || count <= most || x.size !== count * sizes[0]) return logits(x).clone()
  const classes = sizes[sizes.length - 1]
  const all = zeros([count, classes], { dtype: x.dtype })
  for (let start = 0; start < count; start += most) {
    const part = x.rows(start, Math.min(count, start + most))
    all.data.set(logits(part).data, start * classes)
  }
  return all
}
