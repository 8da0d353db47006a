/** Image files that a reader chose or dropped on a page. */
import { DataError } from '../errors.ts'
import { type RawImageDataset, readImageDataset } from '../images/image-dataset.ts'
import { type FileRole, type ImageSource, MNIST, MNIST_NAMES } from '../images/sources.ts'
import { decompressIdx, sha256 } from './read-idx-file.ts'

/** A file that a reader chose or dropped: a `File` is one. */
export interface ImageFile {
  readonly name: string
  arrayBuffer(): Promise<ArrayBuffer>
}

/**
 * Reads the four files of a data set of images, raw or compressed with gzip, distinguished by MNIST's words in their names:
 * `train` or `t10k`, `images` or `labels`. Of two files with the same role the later one is used. If all four have the
 * content of `source`, MNIST by default, `verified` is `'content'`; other files are accepted if they fit one another.
 *
 * Rejects with a `DataError`: `missing` if one of the four is not given, `format` for a name of another kind, and as
 * `parseIdx` does for a damaged file.
 */
export async function readImageFiles(
  files: readonly ImageFile[],
  source: ImageSource = MNIST,
): Promise<RawImageDataset> {
  const given = new Map(files.map((file) => [roleOf(file.name), file]))
  const missing = Object.entries(MNIST_NAMES).filter(([role]) => !given.has(role as FileRole))
  if (missing.length > 0) {
    const names = missing.map(([, name]) => name)
    throw new DataError('missing', `${names.join(', ')}: not among the files`, { file: names[0] })
  }
  return readImageDataset(async (role) => {
    const file = given.get(role) as ImageFile
    const bytes = await decompressIdx([new Uint8Array(await file.arrayBuffer())], file.name)
    const known = source.files[role].sha256
    return { file: file.name, bytes, hashMatches: known !== undefined && (await sha256(bytes)) === known }
  })
}

/** The role of a file by its name, be it `train-images.idx3-ubyte` or `train-images-idx3-ubyte (1).gz`. */
function roleOf(name: string): FileRole {
  const part = /train/i.test(name) ? 'train' : /t10k|test/i.test(name) ? 'test' : undefined
  const kind = /images/i.test(name) ? 'Images' : /labels/i.test(name) ? 'Labels' : undefined
  if (part && kind) return `${part}${kind}`
  const names = Object.values(MNIST_NAMES).join(', ')
  throw new DataError('format', `its name is not one of ${names}, with or without .gz`, { file: name })
}
