import { failure } from '@gosa/cli-kit'
import { type GreyImage, toMnistImage } from '@gosa/datasets'
import { type DType, type Tensor, tensor } from '@gosa/linalg'
import { readBytes } from './files.ts'
import { MAX_PNG_BYTES, toGrey } from './picture-pixels.ts'
import { type Picture, PngError, readPng } from './png.ts'

/** Turns a PNG with a handwritten digit into an image like those of MNIST: cut out, scaled and centred. */

/** Height and width of MNIST's images. */
export const MNIST_SIZE = { height: 28, width: 28 }

/** The digit of a PNG file as MNIST would have it: a vector (784) of 0 to 1. Throws a `CommandError` that names the file. */
export async function readDigit(file: string, dtype: DType): Promise<Tensor> {
  const bytes = await readBytes(file, MAX_PNG_BYTES)
  try {
    const ink = extractInk(readPng(bytes))
    if (!ink) throw new PngError('is blank: all of its pixels are alike')
    return tensor(
      Float64Array.from(toMnistImage(ink), (value) => value / 255),
      { dtype },
    )
  } catch (error) {
    if (error instanceof PngError) throw failure(`${file} ${error.message}`, { cause: error })
    throw error
  }
}

/**
 * The drawing in a picture: 0 for the background, 255 for the strongest stroke. The background is what the border of the
 * picture shows, light or dark; pixels that differ from it no more than the border itself varies are background too.
 * Undefined if nothing is drawn.
 */
export function extractInk(picture: Picture): GreyImage | undefined {
  // White on transparency shows on black only.
  return inkOnPaper(255, picture) ?? (isOpaque(picture) ? undefined : inkOnPaper(0, picture))
}

function inkOnPaper(paper: number, picture: Picture): GreyImage | undefined {
  const { width, height } = picture
  const grey = toGrey(picture, paper)
  const border = borderPixels(grey, picture)
  const background = median(border)
  // Medians, so that strokes may cross the border.
  const noise = 4 * median(border.map((value) => Math.abs(value - background)))
  const sign = background > 127 ? -1 : 1
  const pixels = grey.map((value) => (sign * (value - background) > noise ? sign * (value - background) : 0))
  const strongest = pixels.reduce((most, value) => Math.max(most, value), 0)
  if (strongest === 0) return undefined
  return { width, height, pixels: pixels.map((value) => (255 * value) / strongest) }
}

/** The pixels of the first and last rows and columns. */
function borderPixels(grey: Float32Array, { width, height }: Picture): Float32Array {
  const isOnBorder = (i: number) => {
    const [row, column] = [Math.floor(i / width), i % width]
    return row === 0 || row === height - 1 || column === 0 || column === width - 1
  }
  return grey.filter((_, i) => isOnBorder(i))
}

const median = (values: Float32Array): number => values.slice().sort()[Math.floor(values.length / 2)]

const isOpaque = ({ rgba }: Picture): boolean => rgba.every((value, i) => i % 4 !== 3 || value === 255)
