import type { RawImages } from './raw-images.ts'

/** Images that are stored column by column, as EMNIST's are, row by row. */
export function upright(set: RawImages): RawImages {
  const { count, height, width, pixels } = set
  const size = height * width
  const rows = new Uint8Array(pixels.length)
  for (let n = 0; n < count; n++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) rows[n * size + x * height + y] = pixels[n * size + y * width + x]
    }
  }
  return { ...set, pixels: rows, height: width, width: height }
}
