import { backend, type Tensor, zeros } from '@gosa/linalg'
import { checkOptions, checkTensor } from '@gosa/linalg/options'
import { type Pair, slidingWindow, windowSizes } from './sliding-window.ts'

/** Options of `im2col` and `col2im`; each a number for both directions, or `[vertical, horizontal]`. */
export interface WindowOptions {
  /** Size of the window in pixels. */
  kernel: Pair
  /** Step of the window in pixels; 1 by default. */
  stride?: Pair
  /** Width of the border of zeros around each image; 0 by default. */
  pad?: Pair
}

/**
 * Returns the windows of images as the rows of a matrix ("image to columns"): images `x` (N, C, H, W) give
 * (N·OH·OW, C·FH·FW), one row for each position of a window of FH × FW pixels, in the order image, line, column. A
 * convolution thereby becomes one matrix product.
 *
 *     image      windows 2×2, stride 1
 *     1 2 3      1 2 4 5
 *     4 5 6      2 3 5 6
 *     7 8 9      4 5 7 8
 *                5 6 8 9
 *
 * Throws a `RangeError` if `x` holds no images, or the window does not fit.
 *
 * Source: Deep Learning from Scratch, section 7.4.3 (whose columns are float64 for any input; ours have the dtype of `x`).
 */
export function im2col(x: Tensor, options: WindowOptions): Tensor {
  const {
    kernel,
    stride = 1,
    pad = 0,
  } = checkOptions('im2col', options, ['kernel', 'stride', 'pad'], ['kernel'])
  checkTensor('im2col', 'x', x)
  const sizes = windowSizes(x.shape, slidingWindow({ size: kernel, stride, pad }, 'im2col'), 'im2col')
  const { N, C, OH, OW, height, width } = sizes
  const columns = zeros([N * OH * OW, C * height * width], { dtype: x.dtype })
  backend().im2col(x.data, columns.data, sizes)
  return columns
}
