import { showShape } from '@gosa/linalg'
import { DataError } from '../errors.ts'
import { parseIdx } from '../idx/parse-idx.ts'
import type { RawImages } from './raw-images.ts'

/** The bytes of an IDX file and its name. */
export interface IdxFile {
  readonly file: string
  readonly bytes: Uint8Array
}

/**
 * Images and labels from their two IDX files: uint8 of shape (N, height, width), and uint8 of shape (N).
 *
 * Throws a `DataError` where one is of another kind, or they do not fit each other.
 */
export function pairUp(images: IdxFile, labels: IdxFile): RawImages {
  const pixels = bytesOf(images, 3, 'images are (N, height, width)')
  const classes = bytesOf(labels, 1, 'labels are (N)')
  const [count, height, width] = pixels.shape
  if (classes.data.length !== count) {
    throw new DataError('value', `${classes.data.length} labels for the ${count} images of ${images.file}`, {
      file: labels.file,
      offset: 4,
    })
  }
  return { pixels: pixels.data, t: classes.data, count, height, width }
}

function bytesOf({ file, bytes }: IdxFile, rank: number, kind: string) {
  const array = parseIdx(bytes, { file })
  if (array.dtype === 'uint8' && array.shape.length === rank) return array
  throw new DataError(
    'format',
    `holds ${array.dtype} of shape ${showShape(array.shape)}, but ${kind} of uint8`,
    {
      file,
      offset: 2,
    },
  )
}
