import { imageAddress } from './scratch'

/**
 * The sizes of images and windows as kernels take them: 32-bit integers at an address, in the order of `windowAddress` in
 * `src/images/wasm.ts`. The accessors are inlined.
 */
export class Window {
  C: i32
  H: i32
  W: i32
  F: i32
  OH: i32
  OW: i32
  height: i32
  width: i32
  strideY: i32
  strideX: i32
  padY: i32
  padX: i32
  /** Distance between neighbouring pixels of the image after zeros are put between them; 1 without. */
  dilationY: i32
  dilationX: i32
}

/** Returns the width of the padded image as far as windows reach it. */
export function paddedWidth(window: Window): i32 {
  return (window.OW - 1) * window.strideX + window.width
}

/** Returns the number of lines of the padded image that the windows of `rows` lines of the output cover. */
export function paddedRows(window: Window, rows: i32): i32 {
  return (rows - 1) * window.strideY + window.height
}

/**
 * Returns the number of lines of the output that are computed at once, so that a padded channel takes at most `bytes` and
 * the lines of the output, of `lineBytes` each, at most `outputBytes`.
 */
export function bandRows<T>(window: Window, bytes: usize, lineBytes: usize, outputBytes: usize): i32 {
  const lines = <i32>(bytes / (<usize>paddedWidth(window) * sizeof<T>()))
  const rows = min((lines - window.height) / window.strideY + 1, <i32>(outputBytes / lineBytes))
  return max(1, min(rows, window.OH))
}

/** Returns the number of channels of a band that fit into `bytes`, with windows of at most `maxDepth` pixels. */
export function blockChannels<T>(window: Window, rows: i32, bytes: usize, maxDepth: i32): i32 {
  const plane = <usize>(paddedRows(window, rows) * paddedWidth(window)) * sizeof<T>()
  const channels = min(<i32>(bytes / plane), maxDepth / (window.height * window.width))
  return max(1, min(channels, window.C))
}

/**
 * Writes channels of an image with their border of zeros, of the lines that the windows of `rows` lines of the output cover, from
 * line `first` on; `x` is the first of `channels` channels.
 */
export function padImage<T>(window: Window, x: usize, channels: i32, first: i32, rows: i32, to: usize): void {
  const lines = paddedRows(window, rows)
  const top = first * window.strideY - window.padY
  const plane = <usize>(window.H * window.W) * sizeof<T>()
  const isPlain =
    window.dilationY === 1 && window.dilationX === 1 && window.padX >= 0 && paddedWidth(window) > window.padX
  for (let c = 0; c < channels; c++, x += plane) {
    to = isPlain ? padPlane<T>(window, x, top, lines, to) : dilatePlane<T>(window, x, top, lines, to)
  }
}

/** Writes `lines` lines of one channel, of which the first is line `top` of the image; returns the address after them. */
function padPlane<T>(window: Window, x: usize, top: i32, lines: i32, to: usize): usize {
  const width = paddedWidth(window)
  const columns = min(window.W, width - window.padX)
  const after = width - window.padX - columns
  for (let y = top; y < top + lines; y++) {
    // Each step may write beyond its end, over what the next one writes.
    if (y < 0 || y >= window.H) {
      to = zeros<T>(to, width)
    } else {
      to = zeros<T>(to, window.padX)
      to = copyRun<T>(to, x + <usize>(y * window.W) * sizeof<T>(), columns)
      to = zeros<T>(to, after)
    }
  }
  return to
}

/** The same for any distance between pixels and any border, pixel by pixel. */
function dilatePlane<T>(window: Window, x: usize, top: i32, lines: i32, to: usize): usize {
  const width = paddedWidth(window)
  const H = window.H
  const W = window.W
  const dilationY = window.dilationY
  const dilationX = window.dilationX
  const padX = window.padX
  for (let line = top; line < top + lines; line++) {
    for (let column = -padX; column < width - padX; column++, to += sizeof<T>()) {
      let value: T = 0
      if (line >= 0 && column >= 0 && line % dilationY === 0 && column % dilationX === 0) {
        const y = line / dilationY
        const x0 = column / dilationX
        if (y < H && x0 < W) value = load<T>(x + <usize>(y * W + x0) * sizeof<T>())
      }
      store<T>(to, value)
    }
  }
  return to
}

/** Writes `count` zeros and up to 15 bytes beyond them; returns the address after the zeros. */
function zeros<T>(to: usize, count: i32): usize {
  const end = to + <usize>count * sizeof<T>()
  for (; to < end; to += 16) v128.store(to, v128.splat<f32>(0))
  return end
}

/** Copies `count` elements and up to 15 bytes beyond them; returns the address after the elements. */
export function copyRun<T>(to: usize, from: usize, count: i32): usize {
  const end = to + <usize>count * sizeof<T>()
  for (; to < end; to += 16, from += 16) v128.store(to, v128.load(from))
  return end
}

/** Writes the offsets in bytes of the pixels of a window of `channels` channels in the padded image of `rows` output lines. */
export function writeOffsets<T>(window: Window, channels: i32, rows: i32, to: usize): void {
  const width = paddedWidth(window)
  const plane = paddedRows(window, rows) * width
  for (let c = 0; c < channels; c++) {
    for (let fy = 0; fy < window.height; fy++) {
      for (let fx = 0; fx < window.width; fx++, to += 4) {
        store<i32>(to, (c * plane + fy * width + fx) * <i32>sizeof<T>())
      }
    }
  }
}

/** Returns the address of the first pixel of the window of an output pixel. */
export function windowAddress<T>(window: Window, pixel: i32): usize {
  const line = pixel / window.OW
  const column = pixel - line * window.OW
  const offset = line * window.strideY * paddedWidth(window) + column * window.strideX
  return imageAddress() + <usize>offset * sizeof<T>()
}
