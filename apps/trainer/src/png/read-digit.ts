import { failure } from '@gosa/cli-kit'
import { likeMnist } from '@gosa/datasets'
import { type DType, type Tensor, tensor } from '@gosa/linalg'
import { readBytes } from '../formats/read-bytes.ts'
import { inkOf } from './ink.ts'
import { PngError } from './png-error.ts'
import { readPng } from './read-png.ts'

/** No PNG of as many pixels as are read is larger, unless something else is hidden in it. */
const MOST_BYTES = 2 ** 27

/** Height and width of an image as MNIST has them. */
export const MNIST_SIZE = { height: 28, width: 28 }

/** The digit of a PNG file as MNIST would have it: a vector (784) of 0 to 1. Throws a `CommandError` that names the file. */
export async function readDigit(file: string, dtype: DType): Promise<Tensor> {
  const bytes = await readBytes(file, MOST_BYTES)
  try {
    const ink = inkOf(readPng(bytes))
    if (!ink) throw new PngError('shows nothing: all of its pixels are alike')
    return tensor(
      Float64Array.from(likeMnist(ink), (value) => value / 255),
      { dtype },
    )
  } catch (error) {
    if (error instanceof PngError) throw failure(`${file} ${error.message}`, { cause: error })
    throw error
  }
}
