/** A drawn or scanned digit, converted to an image as MNIST's are. */
import { checkOptions, showValue } from '@gosa/linalg/options'
import { checkInteger } from '../arguments.ts'
import { BOX_SIDE, draw, fitToBox, IMAGE_SIDE, type Point } from './pen.ts'

/** A grey image, row by row: 0 is the background, 255 full ink, as in MNIST. */
export interface GreyImage {
  readonly pixels: ArrayLike<number>
  readonly height: number
  readonly width: number
}

/** Pixels below this fraction of the darkest one are blur or noise, not part of the digit. */
const MIN_INK = 0.1

const isPoint = (point: unknown): boolean =>
  Array.isArray(point) && point.length === 2 && point.every(Number.isFinite)

/**
 * Converts an image of one digit, of any size, as MNIST's were made: the drawing is scaled, keeping its proportions, to
 * fill 20 × 20 pixels, each the mean of the area that it covers, then moved by a number of pixels so that its centre of
 * mass is in the middle of pixel (14, 14) of 28 × 28. Returns 784 bytes, row by row; all 0 if nothing is drawn.
 *
 * Throws a `RangeError` unless height and width are integers of at least 1 that fit the number of pixels.
 *
 * Source: the description of the database on Y. LeCun's MNIST page.
 */
export function toMnistImage(image: GreyImage): Uint8Array {
  const keys = ['pixels', 'height', 'width'] as const
  const { pixels, height, width } = checkOptions('toMnistImage', image, keys, keys)
  checkInteger('toMnistImage: height', height, 1)
  checkInteger('toMnistImage: width', width, 1)
  if (typeof pixels !== 'object' || pixels.length !== height * width) {
    throw new RangeError(
      `toMnistImage: ${height} × ${width} needs ${height * width} pixels, but ${showValue(pixels?.length)} were given`,
    )
  }
  const drawing = { pixels, height, width }
  const box = inkBox(drawing)
  if (!box) return new Uint8Array(IMAGE_SIDE * IMAGE_SIDE)
  const scaled = scaleToBox(drawing, box)
  centreByMass(scaled)
  return toBytes(scaled)
}

/** The pen that draws strokes, in pixels: the middle of those with which the synthetic digits are written. */
const PEN = { radius: 1.3, edge: 1 }

/**
 * Converts a digit written by strokes, points `[x, y]` in any unit with y downwards, as `toMnistImage` does an image, but
 * with a pen that is equally thick however large the digit was written. Returns 784 bytes, row by row; all 0 if there is
 * no point.
 */
export function strokesToMnistImage(strokes: readonly (readonly Point[])[]): Uint8Array {
  if (!Array.isArray(strokes) || !strokes.every((points) => Array.isArray(points) && points.every(isPoint))) {
    throw new TypeError(
      `strokesToMnistImage: strokes must be arrays of points [x, y], not ${showValue(Array.isArray(strokes) ? strokes.flat()[0] : strokes)}`,
    )
  }
  const drawn = strokes
    .filter((points) => points.length > 0)
    // A dot is a line from a point to itself.
    .map((points) => (points.length === 1 ? [points[0], points[0]] : points))
    .map((points) => ({ points, radii: points.map(() => PEN.radius) }))
  const image = new Float64Array(IMAGE_SIDE * IMAGE_SIDE)
  if (drawn.length === 0) return toBytes(image)
  draw(fitToBox(drawn), PEN.edge, image)
  centreByMass(image)
  return toBytes(image)
}

const toBytes = (image: Float64Array): Uint8Array => Uint8Array.from(image, (grey) => Math.round(255 * grey))

/**
 * Moves an image, IMAGE_SIDE × IMAGE_SIDE numbers, by a number of pixels so that its centre of mass is in the middle of
 * pixel (14, 14), as in MNIST: half a pixel right of and below the middle of the image.
 */
export function centreByMass(image: Float64Array): void {
  let [mass, x, y] = [0, 0, 0]
  for (let row = 0, i = 0; row < IMAGE_SIDE; row++) {
    for (let column = 0; column < IMAGE_SIDE; column++, i++) {
      mass += image[i]
      x += image[i] * column
      y += image[i] * row
    }
  }
  const [right, down] = [Math.round(IMAGE_SIDE / 2 - x / mass), Math.round(IMAGE_SIDE / 2 - y / mass)]
  if (right === 0 && down === 0) return
  const before = image.slice()
  for (let row = 0; row < IMAGE_SIDE; row++) {
    for (let column = 0; column < IMAGE_SIDE; column++) {
      const [r, c] = [row - down, column - right]
      const isInside = r >= 0 && r < IMAGE_SIDE && c >= 0 && c < IMAGE_SIDE
      image[row * IMAGE_SIDE + column] = isInside ? before[r * IMAGE_SIDE + c] : 0
    }
  }
}

/** Rows from `top` up to but not including `bottom`, columns likewise. */
interface Box {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** The rows and columns with ink; undefined if there is none. */
function inkBox({ pixels, height, width }: GreyImage): Box | undefined {
  let darkest = 0
  for (let i = 0; i < pixels.length; i++) darkest = Math.max(darkest, pixels[i])
  if (darkest === 0) return undefined
  let [top, bottom, left, right] = [height, 0, width, 0]
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] < MIN_INK * darkest) continue
    const [row, column] = [Math.floor(i / width), i % width]
    top = Math.min(top, row)
    bottom = Math.max(bottom, row + 1)
    left = Math.min(left, column)
    right = Math.max(right, column + 1)
  }
  return { top, bottom, left, right }
}

/** IMAGE_SIDE × IMAGE_SIDE numbers from 0 to 1, with the ink in the middle, as large as fits. */
function scaleToBox({ pixels, width }: GreyImage, { top, bottom, left, right }: Box): Float64Array {
  const scale = BOX_SIDE / Math.max(bottom - top, right - left)
  const rows = overlaps(top, bottom, scale)
  const columns = overlaps(left, right, scale)
  const image = new Float64Array(IMAGE_SIDE * IMAGE_SIDE)
  for (const { from: row, to: r, share: height } of rows) {
    for (const { from: column, to: c, share } of columns) {
      image[r * IMAGE_SIDE + c] += (pixels[row * width + column] / 255) * height * share
    }
  }
  return image.map((grey) => Math.min(1, grey))
}

/** Along one axis: the share of each pixel of the image that each pixel of the source covers. */
function overlaps(start: number, end: number, scale: number): { from: number; to: number; share: number }[] {
  const margin = (IMAGE_SIDE - scale * (end - start)) / 2
  const found = []
  for (let from = start; from < end; from++) {
    const [low, high] = [margin + scale * (from - start), margin + scale * (from + 1 - start)]
    for (let to = Math.floor(low); to < Math.min(IMAGE_SIDE, Math.ceil(high)); to++) {
      const share = Math.min(high, to + 1) - Math.max(low, to)
      if (share > 0) found.push({ from, to, share })
    }
  }
  return found
}
