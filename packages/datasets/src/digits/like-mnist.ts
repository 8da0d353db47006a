import { checkInteger } from '../arguments.ts'
import { centre } from './centre.ts'
import { BOX, SIDE } from './draw.ts'

/** A grey image, row by row: 0 the ground, 255 full ink, as MNIST has it. */
export interface GreyImage {
  readonly pixels: ArrayLike<number>
  readonly height: number
  readonly width: number
}

/** From which part of the darkest pixel on one belongs to the digit; what is fainter is blur or noise. */
const FAINT = 0.1

/**
 * An image of one digit, of any size, as MNIST would have it: what is drawn is scaled, keeping its proportions, to fill 20 × 20
 * pixels, each the mean of the area that it stands for, and then moved by whole pixels so that its centre of mass lies in
 * the middle of pixel (14, 14) of 28 × 28. Answers 784 bytes, row by row; all 0 where nothing is drawn.
 *
 * Throws a `RangeError` where height and width are not whole, below 1, or do not fit the pixels.
 *
 * Source: the description of the database on the MNIST page of Y. LeCun.
 */
export function toMnistImage({ pixels, height, width }: GreyImage): Uint8Array {
  checkInteger('toMnistImage: height', height, 1)
  checkInteger('toMnistImage: width', width, 1)
  if (pixels.length !== height * width) {
    throw new RangeError(
      `toMnistImage: ${height} × ${width} pixels are ${height * width}, but ${pixels.length} are there`,
    )
  }
  const drawn = { pixels, height, width }
  const box = extentOf(drawn)
  if (!box) return new Uint8Array(SIDE * SIDE)
  const image = scaled(drawn, box)
  centre(image)
  return Uint8Array.from(image, (grey) => Math.round(255 * grey))
}

interface Box {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** The rows and columns with ink: from `top` up to, but without, `bottom`. */
function extentOf({ pixels, height, width }: GreyImage): Box | undefined {
  let darkest = 0
  for (let i = 0; i < pixels.length; i++) darkest = Math.max(darkest, pixels[i])
  if (darkest === 0) return undefined
  let [top, bottom, left, right] = [height, 0, width, 0]
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] < FAINT * darkest) continue
    const [row, column] = [Math.floor(i / width), i % width]
    top = Math.min(top, row)
    bottom = Math.max(bottom, row + 1)
    left = Math.min(left, column)
    right = Math.max(right, column + 1)
  }
  return { top, bottom, left, right }
}

/** SIDE × SIDE numbers from 0 to 1, with the box in the middle, as large as fits. */
function scaled({ pixels, width }: GreyImage, { top, bottom, left, right }: Box): Float64Array {
  const scale = BOX / Math.max(bottom - top, right - left)
  const rows = overlaps(top, bottom, scale)
  const columns = overlaps(left, right, scale)
  const image = new Float64Array(SIDE * SIDE)
  for (const { from: row, to: r, share: height } of rows) {
    for (const { from: column, to: c, share } of columns) {
      image[r * SIDE + c] += (pixels[row * width + column] / 255) * height * share
    }
  }
  return image.map((grey) => Math.min(1, grey))
}

/** Along one axis: which part of each pixel of the image each pixel of the source covers. */
function overlaps(start: number, end: number, scale: number): { from: number; to: number; share: number }[] {
  const margin = (SIDE - scale * (end - start)) / 2
  const found = []
  for (let from = start; from < end; from++) {
    const [low, high] = [margin + scale * (from - start), margin + scale * (from + 1 - start)]
    for (let to = Math.floor(low); to < Math.min(SIDE, Math.ceil(high)); to++) {
      const share = Math.min(high, to + 1) - Math.max(low, to)
      if (share > 0) found.push({ from, to, share })
    }
  }
  return found
}
