import { TILE_ROWS, tile } from '../../tile'
import { IMAGE_BYTES, imageAddress, MAX_DEPTH, panelsAddress, tableAddress } from '../scratch'
import { bandRows, blockChannels, copyRun, padImage, Window, windowAddress, writeOffsets } from '../window'

/** Number of images whose gradients are one sum; the sums of all groups are added at the end, by `addGroups`. */
const GROUP_IMAGES: i32 = 8

/** Size of the part of the scratch memory for images; the other one is for the panels of `dout`. */
const WINDOWS_BYTES: usize = IMAGE_BYTES / 2

/** Size of the four rows of pixels, of the lines of one band. */
const ROWS_BYTES: usize = 1 << 16

/**
 * For each group of eight images `sums[k, f] = Σ window[n, p, k]·dout[n, f, p]`, and one more row `Σ dout[n, f, p]`: the parts of
 * Wᵀ's and b's gradient, sums in the order of images n and pixels p, from 0 on. `images` is the number of images from the first
 * group on, `depth` that of pixels in a window, k = (c, fy, fx), `maps` that of f.
 *
 * The pixels p of `dout` are packed as panels of eight feature maps (four in float64), and multiplied by four rows of pixels of the
 * padded image, each shifted by the offset of its k.
 */
export function filterGradients<T>(
  x: usize,
  dout: usize,
  sums: usize,
  groups: i32,
  images: i32,
  xBytes: usize,
  doutBytes: usize,
  depth: i32,
  maps: i32,
  sizes: usize,
): void {
  const window = changetype<Window>(sizes)
  const sumsBytes = <usize>((depth + 1) * maps) * sizeof<T>()
  for (let g = 0; g < groups; g++, sums += sumsBytes) {
    for (let n = 0; n < min(GROUP_IMAGES, images); n++) {
      addImage<T>(window, x, dout, sums, depth, n > 0)
      x += xBytes
      dout += doutBytes
    }
    images -= GROUP_IMAGES
  }
}

/** Adds the part of one image to the sums, band by band and channels by channels if they do not fit into the scratch memory. */
function addImage<T>(window: Window, x: usize, dout: usize, sums: usize, depth: i32, accumulate: bool): void {
  const panels = panelCount<T>(window.F)
  // A line of four rows, and of all panels, must fit for each line of the band.
  const line = max(
    <usize>window.OW * <usize>panels * 32,
    <usize>(4 * window.OW) * sizeof<T>() * ((WINDOWS_BYTES + ROWS_BYTES - 1) / ROWS_BYTES),
  )
  const band = bandRows<T>(window, WINDOWS_BYTES - 64, line, WINDOWS_BYTES)
  const area = window.height * window.width
  const plane = <usize>(window.H * window.W) * sizeof<T>()
  for (let first = 0; first < window.OH; first += band) {
    const rows = min(band, window.OH - first)
    const isContinued = accumulate || first > 0
    packMaps<T>(window, dout, first * window.OW, rows * window.OW, sums, depth, isContinued)
    const channels = blockChannels<T>(window, rows, WINDOWS_BYTES - 64, MAX_DEPTH)
    for (let c = 0; c < window.C; c += channels) {
      const count = min(channels, window.C - c)
      padImage<T>(window, x + <usize>c * plane, count, first, rows, imageAddress())
      writeOffsets<T>(window, count, rows, tableAddress())
      const start = sums + <usize>(c * area * window.F) * sizeof<T>()
      multiplyRows<T>(window, start, count * area, rows, isContinued)
    }
  }
}

/** Packs `pixels` pixels of all maps to panels, and adds them to the sums of b. */
function packMaps<T>(
  window: Window,
  dout: usize,
  first: i32,
  pixels: i32,
  sums: usize,
  depth: i32,
  accumulate: bool,
): void {
  const lanes = <i32>(16 / sizeof<T>())
  const map = <usize>(window.OH * window.OW) * sizeof<T>()
  const biasSums = sums + <usize>(depth * window.F) * sizeof<T>()
  let panel = imageAddress() + WINDOWS_BYTES
  const panelBytes = <usize>pixels * 32
  dout += <usize>first * sizeof<T>()
  for (let f = 0; f < window.F; f += 2 * lanes, panel += panelBytes) {
    for (let half = 0; half < 2; half++) {
      const from = f + half * lanes
      const count = min(lanes, window.F - from)
      if (count <= 0) continue
      const to = panel + ((<usize>half) << 4)
      packVector<T>(dout + <usize>from * map, map, count, pixels, to)
      sumVector<T>(to, pixels, biasSums + <usize>from * sizeof<T>(), count, accumulate)
    }
  }
}

/** Transposes `count` maps, at most a vector, to one vector for each pixel, 32 bytes apart. Missing maps repeat the last. */
function packVector<T>(from: usize, map: usize, count: i32, pixels: i32, to: usize): void {
  const m1 = count > 1 ? from + map : from
  const m2 = count > 2 ? m1 + map : m1
  const m3 = count > 3 ? m2 + map : m2
  const bytes = <usize>pixels * sizeof<T>()
  if (sizeof<T>() === 4) {
    let p: usize = 0
    for (; p + 16 <= bytes; p += 16, to += 128) {
      const a = v128.load(from + p)
      const b = v128.load(m1 + p)
      const c = v128.load(m2 + p)
      const d = v128.load(m3 + p)
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
      const AB = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
      const CD = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
      v128.store(to, v128.shuffle<f64>(ab, cd, 0, 2))
      v128.store(to, v128.shuffle<f64>(ab, cd, 1, 3), 32)
      v128.store(to, v128.shuffle<f64>(AB, CD, 0, 2), 64)
      v128.store(to, v128.shuffle<f64>(AB, CD, 1, 3), 96)
    }
    for (; p < bytes; p += 4, to += 32) {
      store<f32>(to, load<f32>(from + p))
      store<f32>(to, load<f32>(m1 + p), 4)
      store<f32>(to, load<f32>(m2 + p), 8)
      store<f32>(to, load<f32>(m3 + p), 12)
    }
  } else {
    for (let p: usize = 0; p < bytes; p += 8, to += 32) {
      store<f64>(to, load<f64>(from + p))
      store<f64>(to, load<f64>(m1 + p), 8)
    }
  }
}

/** Adds the vectors of all pixels to `count` sums. */
function sumVector<T>(from: usize, pixels: i32, sums: usize, count: i32, accumulate: bool): void {
  let sum = v128.splat<T>(0)
  if (accumulate) sum = v128.load(sums)
  const end = from + ((<usize>pixels) << 5)
  for (; from < end; from += 32) sum = v128.add<T>(sum, v128.load(from))
  storeSums<T>(sums, sum, count)
}

/** Stores the first `count` lanes, at least one. */
function storeSums<T>(to: usize, sum: v128, count: i32): void {
  if (sizeof<T>() === 4) {
    v128.store32_lane(to, sum, 0)
    if (count > 1) v128.store32_lane(to, sum, 1, 4)
    if (count > 2) v128.store32_lane(to, sum, 2, 8)
    if (count > 3) v128.store32_lane(to, sum, 3, 12)
  } else {
    v128.store64_lane(to, sum, 0)
    if (count > 1) v128.store64_lane(to, sum, 1, 8)
  }
}

/** Multiplies the windows of the padded image, of `depth` pixels each, by all panels, four k at a time. */
function multiplyRows<T>(window: Window, sums: usize, depth: i32, rows: i32, accumulate: bool): void {
  const pixels = rows * window.OW
  const stride = (<usize>pixels * sizeof<T>() + 31) & ~15
  const width = <i32>(32 / sizeof<T>())
  const table = tableAddress()
  const sumStride = <usize>window.F * sizeof<T>()
  for (let k = 0; k < depth; k += TILE_ROWS) {
    const count = min(TILE_ROWS, depth - k)
    for (let i = 0; i < count; i++) {
      const offset = load<i32>(table + ((<usize>(k + i)) << 2))
      gatherRow<T>(window, offset, rows, panelsAddress() + <usize>i * stride)
    }
    let panel = imageAddress() + WINDOWS_BYTES
    for (let f = 0; f < window.F; f += width, panel += <usize>pixels * 32) {
      tile<T>(
        panelsAddress(),
        stride,
        panel,
        pixels,
        sums + <usize>k * sumStride + <usize>f * sizeof<T>(),
        sumStride,
        count,
        min(width, window.F - f),
        accumulate,
      )
    }
  }
}

/** Writes the pixel at `offset` in the window of each output pixel, one after the other. */
function gatherRow<T>(window: Window, offset: i32, rows: i32, to: usize): void {
  const step = <usize>window.strideX * sizeof<T>()
  for (let line = 0; line < rows; line++) {
    let from = windowAddress<T>(window, line * window.OW) + offset
    if (window.strideX === 1) {
      to = copyRun<T>(to, from, window.OW)
    } else {
      for (let i = 0; i < window.OW; i++, from += step, to += sizeof<T>()) store<T>(to, load<T>(from))
    }
  }
}

/** Returns the number of panels of `maps` feature maps. */
function panelCount<T>(maps: i32): i32 {
  const width = <i32>(32 / sizeof<T>())
  return (maps + width - 1) / width
}

/** Adds the sums of all groups: `dW[f, k] = Σ_g sums[g, k, f]`, or `+=`, and `db[f]`, in the order of the groups. */
export function addGroups<T>(
  sums: usize,
  dW: usize,
  db: usize,
  groups: i32,
  depth: i32,
  maps: i32,
  accumulate: bool,
): void {
  const groupBytes = <usize>((depth + 1) * maps) * sizeof<T>()
  for (let k = 0; k <= depth; k++) {
    let to = k < depth ? dW + <usize>k * sizeof<T>() : db
    const step = k < depth ? <usize>depth * sizeof<T>() : sizeof<T>()
    for (let f = 0; f < maps; f++, to += step, sums += sizeof<T>()) {
      let sum: T = accumulate ? load<T>(to) : 0
      let from = sums
      for (let g = 0; g < groups; g++, from += groupBytes) sum += load<T>(from)
      store<T>(to, sum)
    }
  }
}

/**
 * Writes the filters (F, C, FH, FW) of a convolution as those of its input gradient, (C, F, FH, FW), each turned by 180°:
 * `out[c, f, fy, fx] = W[f, c, FH − 1 − fy, FW − 1 − fx]`.
 */
export function turnFilters<T>(filters: usize, out: usize, maps: i32, channels: i32, area: i32): void {
  const bytes = <usize>area * sizeof<T>()
  for (let c = 0; c < channels; c++) {
    for (let f = 0; f < maps; f++, out += bytes) {
      const from = filters + <usize>(f * channels + c) * bytes
      for (let i: usize = 0; i < bytes; i += sizeof<T>()) {
        store<T>(out + i, load<T>(from + bytes - sizeof<T>() - i))
      }
    }
  }
}
