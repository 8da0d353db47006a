import { TILE_ROWS, tile } from '../../tile'
import { IMAGE_BYTES, imageAddress, MAX_DEPTH, panelsAddress, tableAddress } from '../scratch'
import { bandRows, blockChannels, padImage, Window, windowAddress, writeOffsets } from '../window'

/** Maximum size of the panels that meet all filters at once: they stay in the L1 cache. */
const MAX_PANELS_BYTES: i32 = 24 * 1024

/**
 * `y[n, f] = Σ W[f, k]·window[n, k] + b[f]` for `images` images, `xBytes` and `yBytes` apart; without `b` if its address is 0.
 *
 * The windows of eight pixels (four in float64) are packed as a panel of the tile, k by k, when the panel is needed, so that it is
 * read from the L1 cache; the rows of the tile are four filters. Each sum is in the order of k = (c, fy, fx), from 0 on.
 */
export function convolve<T>(
  x: usize,
  filters: usize,
  bias: usize,
  y: usize,
  images: i32,
  xBytes: usize,
  yBytes: usize,
  depth: i32,
  sizes: usize,
): void {
  const window = changetype<Window>(sizes)
  const line = <usize>window.OW * sizeof<T>()
  const band = bandRows<T>(window, IMAGE_BYTES, line, IMAGE_BYTES)
  for (let n = 0; n < images; n++) {
    for (let first = 0; first < window.OH; first += band) {
      const rows = min(band, window.OH - first)
      convolveBand<T>(window, x, filters, y + <usize>first * line, depth, first, rows)
    }
    if (bias) addBias<T>(y, bias, window.F, window.OH * window.OW)
    x += xBytes
    y += yBytes
  }
}

/** Computes `rows` lines of all feature maps of one image, channels by channels if they do not fit into the scratch memory. */
function convolveBand<T>(
  window: Window,
  x: usize,
  filters: usize,
  y: usize,
  depth: i32,
  first: i32,
  rows: i32,
): void {
  const channels = blockChannels<T>(window, rows, IMAGE_BYTES, MAX_DEPTH)
  const area = window.height * window.width
  const plane = <usize>(window.H * window.W) * sizeof<T>()
  for (let c = 0; c < window.C; c += channels) {
    const count = min(channels, window.C - c)
    padImage<T>(window, x + <usize>c * plane, count, first, rows, imageAddress())
    writeOffsets<T>(window, count, rows, tableAddress())
    multiplyPanels<T>(
      window,
      filters + <usize>(c * area) * sizeof<T>(),
      <usize>depth * sizeof<T>(),
      count * area,
      y,
      rows * window.OW,
      c > 0,
    )
  }
}

/** Multiplies the filters, of `depth` elements each, by the windows of the padded image: some panels by all filters at a time. */
function multiplyPanels<T>(
  window: Window,
  filters: usize,
  filterBytes: usize,
  depth: i32,
  y: usize,
  pixels: i32,
  accumulate: bool,
): void {
  const width = <i32>(32 / sizeof<T>())
  const mapBytes = <usize>(window.OH * window.OW) * sizeof<T>()
  const step = max(1, MAX_PANELS_BYTES / (depth * 32)) * width
  for (let start = 0; start < pixels; start += step) {
    const end = min(pixels, start + step)
    let panel = panelsAddress()
    for (let p = start; p < end; p += width, panel += <usize>depth * 32) {
      packWindows<T>(window, p, pixels, depth, panel)
      packWindows<T>(window, p + width / 2, pixels, depth, panel + 16)
    }
    for (let f = 0; f < window.F; f += TILE_ROWS) {
      panel = panelsAddress()
      for (let p = start; p < end; p += width, panel += <usize>depth * 32) {
        tile<T>(
          filters + <usize>f * filterBytes,
          filterBytes,
          panel,
          depth,
          y + <usize>f * mapBytes + <usize>p * sizeof<T>(),
          mapBytes,
          min(TILE_ROWS, window.F - f),
          min(width, pixels - p),
          accumulate,
        )
      }
    }
  }
}

/** Packs the windows of a vector of pixels from pixel p on, of which those beyond the last repeat it. */
function packWindows<T>(window: Window, p: i32, pixels: i32, depth: i32, panel: usize): void {
  const lanes = <i32>(16 / sizeof<T>())
  const table = tableAddress()
  const end = table + ((<usize>depth) << 2)
  const from = windowAddress<T>(window, min(p, pixels - 1))
  if (window.strideX === 1 && (p % window.OW) + lanes <= window.OW) {
    for (let k = table; k < end; k += 4, panel += 32) v128.store(panel, v128.load(from + load<i32>(k)))
    return
  }
  const from1 = windowAddress<T>(window, min(p + 1, pixels - 1))
  const from2 = windowAddress<T>(window, min(p + 2, pixels - 1))
  const from3 = windowAddress<T>(window, min(p + 3, pixels - 1))
  for (let k = table; k < end; k += 4, panel += 32) {
    const offset = load<i32>(k)
    store<T>(panel, load<T>(from + offset))
    store<T>(panel + sizeof<T>(), load<T>(from1 + offset))
    if (sizeof<T>() === 4) {
      store<T>(panel, load<T>(from2 + offset), 8)
      store<T>(panel, load<T>(from3 + offset), 12)
    }
  }
}

/** `y[f] += b[f]`. */
function addBias<T>(y: usize, bias: usize, maps: i32, pixels: i32): void {
  const lanes = <i32>(16 / sizeof<T>())
  for (let f = 0; f < maps; f++, bias += sizeof<T>()) {
    const b = v128.load_splat<T>(bias)
    let p = 0
    for (; p + lanes <= pixels; p += lanes, y += 16) v128.store(y, v128.add<T>(v128.load(y), b))
    for (; p < pixels; p++, y += sizeof<T>()) store<T>(y, load<T>(y) + load<T>(bias))
  }
}
