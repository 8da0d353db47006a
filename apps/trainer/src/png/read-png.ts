import { inflateSync } from 'node:zlib'
import { PNG } from 'pngjs'
import { essentialChunks } from './essential-chunks.ts'
import { PngError } from './png-error.ts'

/** As many as a good camera takes; more is no picture of a digit. */
const MOST_PIXELS = 2 ** 24

/** Pixels row by row, four bytes each: red, green, blue, opacity. */
export interface Picture {
  width: number
  height: number
  rgba: Uint8Array
}

/**
 * The pixels of a PNG of any kind: grey, colours or a palette, with or without transparency, 1 to 16 bits, interlaced or
 * not. Its sizes are checked before memory is taken, and that it does not unpack to more than they say.
 *
 * Throws a `PngError`.
 */
export function readPng(bytes: Uint8Array): Picture {
  const { width, height, unpacked, pixels, png } = essentialChunks(bytes)
  if (width === 0 || height === 0) throw new PngError(`has ${width} × ${height} pixels: nothing to see`)
  if (width * height > MOST_PIXELS) {
    throw new PngError(`has ${width} × ${height} pixels, more than the ${MOST_PIXELS} that are read`)
  }
  if (!unpacked) throw new PngError('is of a kind that there is not')
  try {
    // The decoder does not miss what is missing.
    const { length } = inflateSync(pixels, { maxOutputLength: unpacked })
    if (length < unpacked) throw new Error('some of its pixels are missing')
    const { data } = PNG.sync.read(png)
    return { width, height, rgba: data }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new PngError(
      code === 'ERR_BUFFER_TOO_LARGE'
        ? `unpacks to more than the ${width} × ${height} pixels that it says`
        : `is broken: ${message}`,
      { cause: error },
    )
  }
}
