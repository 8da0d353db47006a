import { storeTail } from '../tail'

/**
 * The windows of images as rows: row (n, oy, ox) of `out` holds for each channel and each line of the window the `windowWidth`
 * pixels that it covers, zeros where it lies on the border.
 */
export function im2col<T>(
  x: usize,
  out: usize,
  images: i32,
  channels: i32,
  height: i32,
  width: i32,
  outHeight: i32,
  outWidth: i32,
  windowHeight: i32,
  windowWidth: i32,
  strideY: i32,
  strideX: i32,
  padY: i32,
  padX: i32,
): void {
  const plane = <usize>(height * width) * sizeof<T>()
  for (let n = 0; n < images; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const left = ox * strideX - padX
        // The pixels of the window between the borders of the image.
        const first = max(0, -left)
        const last = max(first, min(windowWidth, width - left))
        let channel = x
        for (let c = 0; c < channels; c++, channel += plane) {
          for (let fy = 0; fy < windowHeight; fy++) {
            const y = oy * strideY + fy - padY
            const isInside = y >= 0 && y < height && first < windowWidth
            const begin = isInside ? first : windowWidth
            const end = isInside ? last : windowWidth
            out = fill<T>(out, begin)
            out = copy<T>(out, channel + <usize>(y * width + left + begin) * sizeof<T>(), end - begin)
            out = fill<T>(out, windowWidth - end)
          }
        }
      }
    }
    x += <usize>channels * plane
  }
}

/** Writes `count` zeros; returns the address after them. */
function fill<T>(to: usize, count: i32): usize {
  for (let i = 0; i < count; i++, to += sizeof<T>()) store<T>(to, 0)
  return to
}

/** Copies `count` elements; returns the address after them. */
function copy<T>(to: usize, from: usize, count: i32): usize {
  const end = to + <usize>count * sizeof<T>()
  for (; to + 16 <= end; to += 16, from += 16) v128.store(to, v128.load(from))
  storeTail(to, v128.load(from), end - to)
  return end
}
