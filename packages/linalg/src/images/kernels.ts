/** The interface between the operations on images and their kernels. */
import type { WindowSizes } from '../kernels/backend.ts'
import type { FloatArray } from '../tensor/shape.ts'

/** Sizes of a convolution: F filters (F, C, height, width) on images (N, C, H, W) give (N, F, OH, OW). */
export interface ConvolutionSizes extends WindowSizes {
  readonly F: number
  /** Distance between neighbouring pixels of the image, after zeros are put between them; 1 by default. */
  readonly dilationY?: number
  readonly dilationX?: number
}

/** Number of images whose gradients are one sum: see `filterGradients`. */
export const GROUP_IMAGES = 8

/**
 * The kernels under the operations on images: flat arrays of one dtype, whose sizes the operations have checked. `reference` is the
 * readable implementation; others have the same bits.
 */
export interface ImageKernels {
  /**
   * `y[n, f, oy, ox] = Σ W[f, k]·x[window, k] + b[f]`, the sum in the order of k = (c, fy, fx), each step rounded to the dtype;
   * pixels beyond the border are 0.
   */
  convolve(
    x: FloatArray,
    W: FloatArray,
    b: FloatArray | undefined,
    y: FloatArray,
    sizes: ConvolutionSizes,
  ): void

  /**
   * The gradients of W and b: `dW[f, k] = Σ dout[n, f, p]·x[window of p, k]`, `db[f] = Σ dout[n, f, p]`. For each group of
   * `GROUP_IMAGES` images a sum in the order of n and of pixels p, then the sum of these; each step is rounded to the dtype.
   */
  filterGradients(
    x: FloatArray,
    dout: FloatArray,
    dW: FloatArray,
    db: FloatArray,
    sizes: ConvolutionSizes,
  ): void

  /** Writes the filters (F, C, height, width) as (C, F, height, width), each turned by 180°. */
  turnFilters(W: FloatArray, out: FloatArray, sizes: ConvolutionSizes): void

  /**
   * `y = max of the window`, and in `winners` its position in the window, line by line: of the first of equal pixels, or of the
   * first NaN. The border is no pixel and never wins; each window must contain a pixel.
   */
  maxPool(x: FloatArray, y: FloatArray, winners: FloatArray, sizes: WindowSizes): void

  /** `dx = Σ dout` of the windows whose winner the pixel is, in the order of the windows. */
  maxPoolBackward(dout: FloatArray, winners: FloatArray, dx: FloatArray, sizes: WindowSizes): void
}
