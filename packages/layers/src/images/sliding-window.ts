/** The window that a convolution or a pooling slides over an image: its options, and the sizes that come out. */
import { type Shape, showShape } from '@gosa/linalg'
import type { WindowSizes } from '@gosa/linalg/kernels'
import { checkSampleShape } from '../checks.ts'

/** One number for both directions, or `[vertical, horizontal]`. */
export type Pair = number | readonly [vertical: number, horizontal: number]

/** A window of `height × width` pixels, its steps, and the width of the border of padding around the image. */
export type SlidingWindow = Pick<WindowSizes, 'height' | 'width' | 'strideY' | 'strideX' | 'padY' | 'padX'>

/**
 * Returns a window. Throws a `RangeError`, which begins with `layer`, unless sizes and strides are integers of at least 1
 * and paddings of at least 0.
 */
export function slidingWindow(
  { size, stride, pad }: { size: Pair; stride: Pair; pad: Pair },
  layer: string,
): SlidingWindow {
  const [height, width] = pairOf(size, 1, 'size', layer)
  const [strideY, strideX] = pairOf(stride, 1, 'stride', layer)
  const [padY, padX] = pairOf(pad, 0, 'pad', layer)
  return { height, width, strideY, strideX, padY, padX }
}

function pairOf(given: Pair, least: number, name: string, layer: string): readonly [number, number] {
  const pair = typeof given === 'number' ? ([given, given] as const) : given
  const isPair = Array.isArray(pair) && pair.length === 2
  if (isPair && pair.every((n) => Number.isInteger(n) && n >= least)) return pair
  throw new RangeError(
    `${layer}: ${name} must be an integer of at least ${least}, or [vertical, horizontal], not ${JSON.stringify(given)}`,
  )
}

/**
 * Returns the sizes for images of the shape (N, C, H, W). In each direction
 *
 *     output = ⌊(input + 2·pad − window)/stride⌋ + 1
 *
 * Pixels that the last step does not reach are left out, as in PyTorch. Throws a `RangeError`, which begins with `layer`, if
 * these are no images, if they have other than `channels` channels, or if the window is larger than the padded image; it
 * says what would fit.
 */
export function windowSizes(
  images: Shape,
  window: SlidingWindow,
  layer: string,
  channels?: number,
): WindowSizes {
  if (images.length !== 4) {
    throw new RangeError(
      `${layer}: x has shape ${showShape(images)}, but it takes images (N, ${channels ?? 'C'}, H, W)`,
    )
  }
  const [N, ...sample] = images
  const [C, H, W] = sample
  if (C !== (channels ?? C)) {
    throw new RangeError(
      `${layer}: one sample has shape ${showShape(sample)}, that is ${C} ${C === 1 ? 'channel' : 'channels'}, ` +
        `but W takes ${channels}: (${channels}, H, W)`,
    )
  }
  const { height, width, strideY, strideX, padY, padX } = window
  if (height > H + 2 * padY || width > W + 2 * padX) {
    throw new RangeError(
      `${layer}: input ${H}×${W} with ${showWindow(window)}: the window is larger than the padded input, ` +
        `${H + 2 * padY}×${W + 2 * padX}; ${whatFits(H, W, window)}`,
    )
  }
  return {
    ...window,
    N,
    C,
    H,
    W,
    OH: Math.floor((H + 2 * padY - height) / strideY) + 1,
    OW: Math.floor((W + 2 * padX - width) / strideX) + 1,
  }
}

/** Returns the sizes for one sample of the shape (C, H, W), as `windowSizes`. */
export function windowSizesOfSample(
  sample: Shape,
  window: SlidingWindow,
  layer: string,
  channels?: number,
): WindowSizes {
  if (checkSampleShape(sample, layer).length === 3)
    return windowSizes([1, ...sample], window, layer, channels)
  throw new RangeError(
    `${layer}: one sample has shape ${showShape(sample)}, but it takes an image (${channels ?? 'C'}, H, W): ` +
      'give the network the inputShape of an image, such as [1, 28, 28]',
  )
}

/** `kernel 5×5, stride 1, pad 0`. */
export function showWindow({ height, width, strideY, strideX, padY, padX }: SlidingWindow): string {
  const show = (vertical: number, horizontal: number) =>
    vertical === horizontal ? `${vertical}` : `[${vertical}, ${horizontal}]`
  return `kernel ${height}×${width}, stride ${show(strideY, strideX)}, pad ${show(padY, padX)}`
}

function whatFits(H: number, W: number, { height, width, padY, padX }: SlidingWindow): string {
  const input = `${Math.max(1, height - 2 * padY)}×${Math.max(1, width - 2 * padX)}`
  const kernel = `${Math.min(height, H + 2 * padY)}×${Math.min(width, W + 2 * padX)}`
  const pad = Math.max(padY, padX, Math.ceil((height - H) / 2), Math.ceil((width - W) / 2))
  return `an input of at least ${input}, a kernel of at most ${kernel}, or pad ${pad} would fit`
}
