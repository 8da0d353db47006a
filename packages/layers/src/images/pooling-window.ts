/** The options that the pooling layers share. */
import { checkOptions } from '@gosa/linalg/options'
import { type Pair, type SlidingWindow, slidingWindow } from './sliding-window.ts'

/** Each a number for both directions, or `[vertical, horizontal]`. */
export interface PoolingOptions {
  /** Size of the window in pixels. */
  readonly size: Pair
  /** Step of the window in pixels; `size` by default, so that windows do not overlap. */
  readonly stride?: Pair
  /** Width of the border around the image; 0 by default. Its cells are no pixels, and less than `size`. */
  readonly pad?: Pair
}

/** Throws a `RangeError`, which begins with `layer`, for options out of range, or if a window could contain no pixel. */
export function poolingWindow(options: PoolingOptions, layer: string): SlidingWindow {
  const { size, stride = size, pad = 0 } = checkOptions(layer, options, ['size', 'stride', 'pad'], ['size'])
  const window = slidingWindow({ size, stride, pad }, layer)
  if (window.padY < window.height && window.padX < window.width) return window
  throw new RangeError(
    `${layer}: pad ${JSON.stringify(pad)} must be less than size ${JSON.stringify(size)}, else a window contains no pixel`,
  )
}
