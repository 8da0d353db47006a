import { type FloatArray, type Shape, showShape, type Tensor, zeros } from '@gosa/linalg'
import type { WindowSizes } from '@gosa/linalg/kernels'
import { checkOptions, checkTensor } from '@gosa/linalg/options'
import type { WindowOptions } from './im2col.ts'
import { slidingWindow, windowSizes } from './sliding-window.ts'

/**
 * Returns the sum of windows over the pixels that they cover: rows (N·OH·OW, C·FH·FW) in the order of `im2col` give images
 * of the given `shape` (N, C, H, W). It is the gradient of `im2col`, not its inverse: a pixel was copied into every window
 * that saw it, so it receives the sum of as many gradients.
 *
 *     windows 2×2 of ones, stride 1      image 3×3: how many windows saw each pixel
 *     1 1 1 1                            1 2 1
 *     1 1 1 1                            2 4 2
 *     1 1 1 1                            1 2 1
 *     1 1 1 1
 *
 * What lies in the border of padding is dropped. Throws a `RangeError` if shapes or window do not fit.
 *
 * Source: Deep Learning from Scratch, section 7.4.3.
 */
export function col2im(columns: Tensor, shape: Shape, options: WindowOptions): Tensor {
  const {
    kernel,
    stride = 1,
    pad = 0,
  } = checkOptions('col2im', options, ['kernel', 'stride', 'pad'], ['kernel'])
  checkTensor('col2im', 'columns', columns)
  const sizes = windowSizes(shape, slidingWindow({ size: kernel, stride, pad }, 'col2im'), 'col2im')
  const { N, C, OH, OW, height, width } = sizes
  const [rows, length] = [N * OH * OW, C * height * width]
  if (columns.rank !== 2 || columns.shape[0] !== rows || columns.shape[1] !== length) {
    throw new RangeError(
      `col2im: columns have shape ${showShape(columns.shape)}, but images ${showShape(shape)} have windows (${rows}, ${length})`,
    )
  }
  const images = zeros(shape, { dtype: columns.dtype })
  scatterWindows(columns.data, images.data, sizes)
  return images
}

/** Kernel of `col2im`: adds each element of `columns` to its pixel in `x`, in the order of the windows. */
export function scatterWindows(columns: FloatArray, x: FloatArray, sizes: WindowSizes): void {
  const { N, C, H, W, OH, OW, height, width, strideY, strideX, padY, padX } = sizes
  let next = 0
  for (let n = 0; n < N; n++) {
    for (let oy = 0; oy < OH; oy++) {
      for (let ox = 0; ox < OW; ox++) {
        for (let c = 0; c < C; c++) {
          for (let fy = 0; fy < height; fy++) {
            const y = oy * strideY + fy - padY
            for (let fx = 0; fx < width; fx++, next++) {
              const x0 = ox * strideX + fx - padX
              const isInside = y >= 0 && y < H && x0 >= 0 && x0 < W
              if (isInside) x[((n * C + c) * H + y) * W + x0] += columns[next]
            }
          }
        }
      }
    }
  }
}
