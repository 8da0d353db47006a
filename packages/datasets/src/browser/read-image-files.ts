import { DataError } from '../errors.ts'
import type { RawImageDataset } from '../images/assemble.ts'
import { readSet } from '../images/read-set.ts'
import { type ImageSource, MNIST, MNIST_NAMES, type Role } from '../images/sources.ts'
import { decompress } from './decompress.ts'
import { sha256 } from './sha256.ts'

/** A file that a reader has chosen or dropped: a `File` is one. */
export interface ImageFile {
  readonly name: string
  arrayBuffer(): Promise<ArrayBuffer>
}

/**
 * The four files of a set of images, raw or compressed with gzip, told apart by MNIST's words in their names: `train` or
 * `t10k`, `images` or `labels`. Of two with the same role the later one counts. Where all four have the content of
 * `source`, MNIST unless said otherwise, `verified` is `'content'`; any others are accepted that fit one another.
 *
 * Rejects with a `DataError`: `missing` where one is not among them, `format` where a name is none of these, and where a file
 * is broken.
 */
export async function readImageFiles(
  files: readonly ImageFile[],
  source: ImageSource = MNIST,
): Promise<RawImageDataset> {
  const given = new Map(files.map((file) => [roleOf(file.name), file]))
  const missing = Object.entries(MNIST_NAMES).filter(([role]) => !given.has(role as Role))
  if (missing.length > 0) {
    const names = missing.map(([, name]) => name)
    throw new DataError('missing', `${names.join(', ')}: not among the files`, { file: names[0] })
  }
  return readSet(async (role) => {
    const { name: file, arrayBuffer } = bound(given.get(role) as ImageFile)
    const bytes = await decompress([new Uint8Array(await arrayBuffer())], file)
    const known = source.files[role].sha256
    return { file, bytes, pinned: known !== undefined && (await sha256(bytes)) === known }
  })
}

const bound = (file: ImageFile): ImageFile => ({
  name: file.name,
  arrayBuffer: () => file.arrayBuffer(),
})

/** What a file is by its name, be it `train-images.idx3-ubyte` or `train-images-idx3-ubyte (1).gz`. */
function roleOf(name: string): Role {
  const part = /train/i.test(name) ? 'train' : /t10k|test/i.test(name) ? 'test' : undefined
  const kind = /images/i.test(name) ? 'Images' : /labels/i.test(name) ? 'Labels' : undefined
  if (part && kind) return `${part}${kind}`
  throw new DataError(
    'format',
    `its name is none of ${Object.values(MNIST_NAMES).join(', ')}, with or without .gz`,
    { file: name },
  )
}
