/** Kernels of average pooling, on flat arrays: images (N, C, H, W), outputs (N, C, OH, OW). */

import type { FloatArray } from '@gosa/linalg'
import type { WindowSizes } from '@gosa/linalg/kernels'

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

/** `dx += dout / number of pixels in the window`, for each pixel of it. */
export function averagePoolBackward(dout: FloatArray, dx: FloatArray, sizes: WindowSizes): void {
  dx.fill(0)
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
