import { type DType, type Tensor, tensor } from '@gosa/linalg'
import { checkWhole } from '../check.ts'
import { centre } from './centre.ts'
import { BOX, SIDE } from './draw.ts'
import { resample } from './resample.ts'

export interface FitDigitOptions {
  height: number
  width: number
  /** `float32` by default. */
  dtype?: DType
}

/**
 * A digit that somebody drew, in the form of MNIST's images: what is not blank is cut out, scaled so that its longer side
 * has 20 pixels, and moved so that its centre of mass lies in the middle of 28 × 28. Each pixel is the mean of what it
 * covers. `ink` holds height × width numbers row by row, from 0, blank, to 1; answers the image as a vector (784).
 *
 * Throws a `RangeError` where the sizes do not fit, ink is no number from 0 to 1, or all is blank.
 *
 * Source: the description of MNIST by its authors.
 */
export function fitDigit(
  ink: ArrayLike<number>,
  { height, width, dtype = 'float32' }: FitDigitOptions,
): Tensor {
  checkWhole('fitDigit: height', height, 1)
  checkWhole('fitDigit: width', width, 1)
  if (ink.length !== height * width) {
    throw new RangeError(`fitDigit: ${ink.length} numbers do not make an image of ${height} × ${width}`)
  }
  const box = inked(ink, height, width)
  const longer = Math.max(box.height, box.width)
  const scaled = (side: number) => Math.max(1, Math.round((side * BOX) / longer))
  const fit = { height: scaled(box.height), width: scaled(box.width) }
  const digit = resample(ink, { ...box, stride: width }, fit)
  const image = new Float64Array(SIDE * SIDE)
  const [top, left] = [Math.floor((SIDE - fit.height) / 2), Math.floor((SIDE - fit.width) / 2)]
  for (let y = 0; y < fit.height; y++) {
    image.set(digit.subarray(y * fit.width, (y + 1) * fit.width), (top + y) * SIDE + left)
  }
  centre(image)
  return tensor(image, { dtype })
}

/** The smallest box around what is not blank. */
function inked(ink: ArrayLike<number>, rows: number, columns: number) {
  let [top, bottom, left, right] = [rows, -1, columns, -1]
  for (let y = 0, i = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, i++) {
      if (!(ink[i] >= 0 && ink[i] <= 1)) {
        throw new RangeError(
          `fitDigit: ink must be numbers from 0 to 1, but at row ${y}, column ${x} it is ${ink[i]}`,
        )
      }
      if (ink[i] === 0) continue
      if (y < top) top = y
      if (y > bottom) bottom = y
      if (x < left) left = x
      if (x > right) right = x
    }
  }
  if (bottom < 0) throw new RangeError('fitDigit: all of the image is blank')
  return { top, left, height: bottom - top + 1, width: right - left + 1 }
}
