/** The reference of the kernels for images: plain loops, rounded step by step as the fast ones. */
import type { FloatArray } from '../tensor/shape.ts'
import { type ConvolutionSizes, GROUP_IMAGES, type ImageKernels } from './kernels.ts'

/** Rounds to the dtype of an array. */
const rounding = (x: FloatArray): ((value: number) => number) =>
  x instanceof Float32Array ? Math.fround : (value) => value

export const reference: ImageKernels = {
  convolve(x, W, b, y, sizes) {
    const { N, C, F, OH, OW, height, width } = sizes
    const round = rounding(y)
    const pixelAt = pixelReader(x, sizes)
    let next = 0
    for (let n = 0; n < N; n++) {
      for (let f = 0; f < F; f++) {
        for (let oy = 0; oy < OH; oy++) {
          for (let ox = 0; ox < OW; ox++) {
            let sum = 0
            let k = f * C * height * width
            for (let c = 0; c < C; c++) {
              for (let fy = 0; fy < height; fy++) {
                for (let fx = 0; fx < width; fx++, k++) {
                  sum = round(sum + round(W[k] * pixelAt(n, c, oy, ox, fy, fx)))
                }
              }
            }
            y[next++] = b ? sum + b[f] : sum
          }
        }
      }
    }
  },

  filterGradients(x, dout, dW, db, sizes) {
    dW.fill(0)
    db.fill(0)
    for (let first = 0; first < sizes.N; first += GROUP_IMAGES) {
      addGroup(x, dout, dW, db, sizes, first, Math.min(first + GROUP_IMAGES, sizes.N))
    }
  },

  turnFilters(W, out, { F, C, height, width }) {
    const area = height * width
    for (let c = 0, next = 0; c < C; c++) {
      for (let f = 0; f < F; f++) {
        for (let i = area - 1; i >= 0; i--) out[next++] = W[(f * C + c) * area + i]
      }
    }
  },

  maxPool(x, y, winners, { N, C, H, W, OH, OW, height, width, strideY, strideX, padY, padX }) {
    let next = 0
    for (let channel = 0; channel < N * C; channel++) {
      for (let oy = 0; oy < OH; oy++) {
        const top = oy * strideY - padY
        for (let ox = 0; ox < OW; ox++, next++) {
          const left = ox * strideX - padX
          let max = Number.NEGATIVE_INFINITY
          let winner = -1
          for (let fy = Math.max(0, -top); fy < Math.min(height, H - top); fy++) {
            for (let fx = Math.max(0, -left); fx < Math.min(width, W - left); fx++) {
              const value = x[(channel * H + top + fy) * W + left + fx]
              // Not `value > max`, so that NaN wins; the last comparison keeps the first NaN.
              if (winner < 0 || (!(value <= max) && !Number.isNaN(max))) {
                max = value
                winner = fy * width + fx
              }
            }
          }
          y[next] = max
          winners[next] = winner
        }
      }
    }
  },

  maxPoolBackward(dout, winners, dx, { N, C, H, W, OH, OW, width, strideY, strideX, padY, padX }) {
    dx.fill(0)
    let next = 0
    for (let channel = 0; channel < N * C; channel++) {
      for (let oy = 0; oy < OH; oy++) {
        for (let ox = 0; ox < OW; ox++, next++) {
          const y = oy * strideY - padY + Math.floor(winners[next] / width)
          const x = ox * strideX - padX + (winners[next] % width)
          dx[(channel * H + y) * W + x] += dout[next]
        }
      }
    }
  },
}

/** Adds the gradients of the images from `first` to `end`. */
function addGroup(
  x: FloatArray,
  dout: FloatArray,
  dW: FloatArray,
  db: FloatArray,
  sizes: ConvolutionSizes,
  first: number,
  end: number,
): void {
  const { C, F, OH, OW, height, width } = sizes
  const round = rounding(dW)
  const pixelAt = pixelReader(x, sizes)
  /** The sum of `term` over the pixels of feature map f of all images of the group. */
  const sumOver = (f: number, term: (dout: number, n: number, oy: number, ox: number) => number): number => {
    let sum = 0
    for (let n = first; n < end; n++) {
      for (let oy = 0, p = (n * F + f) * OH * OW; oy < OH; oy++) {
        for (let ox = 0; ox < OW; ox++, p++) sum = round(sum + term(dout[p], n, oy, ox))
      }
    }
    return sum
  }
  for (let f = 0, next = 0; f < F; f++) {
    db[f] += sumOver(f, (dout) => dout)
    for (let c = 0; c < C; c++) {
      for (let fy = 0; fy < height; fy++) {
        for (let fx = 0; fx < width; fx++, next++) {
          dW[next] += sumOver(f, (dout, n, oy, ox) => round(dout * pixelAt(n, c, oy, ox, fy, fx)))
        }
      }
    }
  }
}

/** Returns a function that reads pixel (fy, fx) of the window at (oy, ox) of a channel: 0 beyond the border, and between pixels. */
function pixelReader(x: FloatArray, sizes: ConvolutionSizes) {
  const { C, H, W, strideY, strideX, padY, padX, dilationY = 1, dilationX = 1 } = sizes
  return (n: number, c: number, oy: number, ox: number, fy: number, fx: number): number => {
    const row = (oy * strideY + fy - padY) / dilationY
    const column = (ox * strideX + fx - padX) / dilationX
    const isPixel = Number.isInteger(row) && Number.isInteger(column)
    if (!isPixel || row < 0 || row >= H || column < 0 || column >= W) return 0
    return x[((n * C + c) * H + row) * W + column]
  }
}
