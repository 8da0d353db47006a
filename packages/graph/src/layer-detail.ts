/** What a layer is set to, in a few words: its window, stride, ratio. */

/** The options that are shown. Sizes are in pixels; a single number is for both directions. */
interface LayerOptions {
  readonly filters?: number
  /** Of an embedding, whose size is no window. */
  readonly count?: number
  readonly kernel?: number | readonly number[]
  readonly size?: number | readonly number[]
  readonly stride?: number | readonly number[]
  readonly pad?: number | readonly number[]
  readonly ratio?: number
  readonly slope?: number
  readonly alpha?: number
}

/**
 * The detail of a layer that describes itself as plain data (`describe()`), such as `30 filters 5×5, pad 1`, `2×2` or
 * `ratio 0.5`; undefined if there is nothing to tell. A stride is left out if it is the usual one: 1 for filters, the size of
 * the window for poolings.
 */
export function layerDetail(layer: unknown): string | undefined {
  const { describe } = Object(layer) as { describe?: unknown }
  if (typeof describe !== 'function') return undefined
  const options = Object(describe.call(layer)) as LayerOptions
  const { filters, count, kernel, size, stride, pad, ratio, slope, alpha } = options
  const usualStride = kernel === undefined ? size : 1
  const window = kernel ?? (count === undefined ? size : undefined)
  const parts = [
    [filters && `${filters} filters`, window && by(window)].filter(Boolean).join(' '),
    stride && by(stride) !== by(usualStride) && `stride ${inPixels(stride)}`,
    pad && by(pad) !== by(0) && `pad ${inPixels(pad)}`,
    ...Object.entries({ ratio, slope, alpha }).map(
      ([name, value]) => value !== undefined && `${name} ${value}`,
    ),
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(', ') : undefined
}

const pair = (size: number | readonly number[]): readonly number[] =>
  typeof size === 'number' ? [size, size] : size

/** `5×5` */
const by = (size: number | readonly number[] | undefined): string =>
  size === undefined ? '' : pair(size).join('×')

/** `2`, or `2×1` if the directions differ. */
const inPixels = (size: number | readonly number[]): string =>
  new Set(pair(size)).size === 1 ? `${pair(size)[0]}` : by(size)
