/** Kernels of the pooling layers, on flat arrays: images (N, C, H, W), outputs (N, C, OH, OW). */

import type { FloatArray } from '@gosa/linalg'
import type { WindowSizes } from '@gosa/linalg/kernels'

/**
 * `y = max of the window`, and in `winners` the offset in x of the pixel that it comes from: the first of equal ones, or the
 * first NaN. Padding is no pixel and never wins; each window must contain a pixel.
 */
export function maxPool(x: FloatArray, y: FloatArray, winners: Int32Array, sizes: WindowSizes): void {
  const { N, C, H, W, OH, OW, height, width, strideY, strideX, padY, padX } = sizes
  let next = 0
  for (let channel = 0; channel < N * C; channel++) {
    for (let oy = 0; oy < OH; oy++) {
      const top = Math.max(0, oy * strideY - padY)
      const bottom = Math.min(H, oy * strideY - padY + height)
      for (let ox = 0; ox < OW; ox++, next++) {
        const left = Math.max(0, ox * strideX - padX)
        const right = Math.min(W, ox * strideX - padX + width)
        let winner = (channel * H + top) * W + left
        for (let row = top; row < bottom; row++) {
          for (let column = left; column < right; column++) {
            const i = (channel * H + row) * W + column
            // Not `x[i] > x[winner]`, so that NaN wins; the second comparison keeps the first NaN.
            if (!(x[i] <= x[winner]) && !Number.isNaN(x[winner])) winner = i
          }
        }
        y[next] = x[winner]
        winners[next] = winner
      }
    }
  }
}

/** `dx[winner] += dout`, in the order of the windows. `dx` must be 0 at first. */
export function maxPoolBackward(dout: FloatArray, winners: Int32Array, dx: FloatArray): void {
  for (let i = 0; i < dout.length; i++) dx[winners[i]] += dout[i]
}

/** `y = mean of the pixels in the window`. Padding is no pixel and does not count; each window must contain a pixel. */
export function averagePool(x: FloatArray, y: FloatArray, sizes: WindowSizes): void {
  const { N, C, H, W, OH, OW, height, width, strideY, strideX, padY, padX } = sizes
  let next = 0
  for (let channel = 0; channel < N * C; channel++) {
    for (let oy = 0; oy < OH; oy++) {
      const top = Math.max(0, oy * strideY - padY)
      const bottom = Math.min(H, oy * strideY - padY + height)
      for (let ox = 0; ox < OW; ox++, next++) {
        const left = Math.max(0, ox * strideX - padX)
        const right = Math.min(W, ox * strideX - padX + width)
        let sum = 0
        for (let row = top; row < bottom; row++) {
          for (let column = left; column < right; column++) sum += x[(channel * H + row) * W + column]
        }
        y[next] = sum / ((bottom - top) * (right - left))
      }
    }
  }
}

/** `dx += dout / number of pixels in the window`, for each pixel of it. `dx` must be 0 at first. */
export function averagePoolBackward(dout: FloatArray, dx: FloatArray, sizes: WindowSizes): void {
  const { N, C, H, W, OH, OW, height, width, strideY, strideX, padY, padX } = sizes
  let next = 0
  for (let channel = 0; channel < N * C; channel++) {
    for (let oy = 0; oy < OH; oy++) {
      const top = Math.max(0, oy * strideY - padY)
      const bottom = Math.min(H, oy * strideY - padY + height)
      for (let ox = 0; ox < OW; ox++, next++) {
        const left = Math.max(0, ox * strideX - padX)
        const right = Math.min(W, ox * strideX - padX + width)
        const share = dout[next] / ((bottom - top) * (right - left))
        for (let row = top; row < bottom; row++) {
          for (let column = left; column < right; column++) dx[(channel * H + row) * W + column] += share
        }
      }
    }
  }
}
