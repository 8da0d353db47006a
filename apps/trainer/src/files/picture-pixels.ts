import { failure } from '@gosa/cli-kit'
import { readBytes } from './files.ts'
import { type Picture, PngError, readPng } from './png.ts'

/** The most bytes of a PNG file. One of the largest number of pixels is smaller, unless it hides something else. */
export const MAX_PNG_BYTES = 2 ** 27

/** A grey picture: its pixels row by row, from 0 (black) to 255. */
export interface GreyPixels {
  readonly height: number
  readonly width: number
  readonly grey: Uint8Array
}

/** The pixels of a PNG file as they are, colours as their luminance on black. Throws a `CommandError` that names the file. */
export async function readPixels(file: string): Promise<GreyPixels> {
  const bytes = await readBytes(file, MAX_PNG_BYTES)
  try {
    const picture = readPng(bytes)
    return { height: picture.height, width: picture.width, grey: Uint8Array.from(toGrey(picture, 0)) }
  } catch (error) {
    if (error instanceof PngError) throw failure(`${file} ${error.message}`, { cause: error })
    throw error
  }
}

/** The luminance of each pixel, an integer from 0 to 255, on paper of the given grey. */
export function toGrey({ rgba, width, height }: Picture, paper: number): Float32Array {
  return Float32Array.from({ length: width * height }, (_, i) => {
    const at = 4 * i
    const grey = 0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2]
    return Math.round(paper + ((grey - paper) * rgba[at + 3]) / 255)
  })
}
