import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { browserTest, runInChromium } from '../../../../vitest.chromium.ts'
import { DataError } from '../errors.ts'
import { idxFile } from '../idx.testing.ts'
import { MNIST } from '../images/sources.ts'
import { sha256 } from '../node/read-idx-file.ts'
import { type ImageFile, readImageFiles } from './read-image-files.ts'

const raw = {
  'train-images-idx3-ubyte': idxFile(
    [4, 3, 2],
    Uint8Array.from({ length: 24 }, (_, i) => i),
  ),
  'train-labels-idx1-ubyte': idxFile([4], Uint8Array.of(0, 1, 2, 1)),
  't10k-images-idx3-ubyte': idxFile([2, 3, 2], new Uint8Array(12)),
  't10k-labels-idx1-ubyte': idxFile([2], Uint8Array.of(1, 0)),
}
const fileOf = (name: string, bytes: Uint8Array): ImageFile => ({
  name,
  arrayBuffer: async () => Uint8Array.from(bytes).buffer,
})
const files = (changed: Partial<typeof raw> = {}) =>
  Object.entries({ ...raw, ...changed }).map(([name, bytes]) => fileOf(name, bytes))

describe('readImageFiles', () => {
  it('reads the four files, raw or compressed, in any order', async () => {
    const set = await readImageFiles(files())
    expect(set).toMatchObject({ classes: 3, verified: 'structure' })
    expect(set.train).toMatchObject({ count: 4, height: 3, width: 2, t: Uint8Array.of(0, 1, 2, 1) })
    const zipped = Object.entries(raw).map(([name, bytes]) => fileOf(`${name} (1).gz`, gzipSync(bytes)))
    expect(await readImageFiles(zipped.reverse())).toEqual(set)
  })

  it('accepts names with .idx instead of -idx, and uses the later of two files with the same role', async () => {
    const later = fileOf('train-labels.idx1-ubyte', idxFile([4], new Uint8Array(4)))
    const { train } = await readImageFiles([...files(), later])
    expect(train.t).toEqual(new Uint8Array(4))
  })

  it('recognises the content of a data set by its hashes', async () => {
    const known = Object.values(raw).map((bytes) => ({ bytes: bytes.length, sha256: sha256(bytes) }))
    const [trainImages, trainLabels, testImages, testLabels] = known.map((one) => ({ name: '', ...one }))
    const source = { ...MNIST, files: { trainImages, trainLabels, testImages, testLabels } }
    expect((await readImageFiles(files(), source)).verified).toBe('content')
  })

  browserTest(
    'reads gzip files of several members in a page, where none may be taken for the beginning of one',
    async () => {
      // Bytes that look like a member's beginning, stored as they are.
      const pixels = Uint8Array.from({ length: 24 }, (_, i) => [0x1f, 0x8b, 8][i % 3])
      const images = idxFile([4, 3, 2], pixels)
      const stored = { level: 0 }
      const members = [
        gzipSync(images.subarray(0, 9), stored),
        gzipSync(new Uint8Array(0)),
        gzipSync(images.subarray(9), stored),
      ]
      const given = { ...raw, 'train-images-idx3-ubyte': Buffer.concat(members) }
      const result = await runInChromium(
        `
      import { readImageFiles } from './read-image-files.ts'
      const read = async (given) => {
        const files = Object.entries(given).map(([name, bytes]) => new File([Uint8Array.from(bytes)], name))
        return readImageFiles(files).then(({ train }) => [...train.pixels], (error) => error.message)
      }
      export default async () => {
        const given = ${JSON.stringify(Object.fromEntries(Object.entries(given).map(([name, bytes]) => [name, [...bytes]])))}
        const images = given['train-images-idx3-ubyte']
        return [
          await read(given),
          await read({ ...given, 'train-images-idx3-ubyte': [...images, 0, 0] }),
          await read({ ...given, 'train-images-idx3-ubyte': images.slice(0, -3) }),
        ]
      }`,
        import.meta.url,
      )
      const message = expect.stringContaining('not a complete gzip file')
      expect(result).toEqual([[...pixels], message, message])
    },
  )

  const failing = (given: ImageFile[]) => readImageFiles(given).catch((error) => error as DataError)

  it('names all missing files', async () => {
    const error = await failing(files().slice(1, 3))
    expect(error).toBeInstanceOf(DataError)
    expect(error).toMatchObject({
      code: 'missing',
      message: expect.stringMatching(/train-images-idx3-ubyte, t10k-labels-idx1-ubyte: not among the files/),
    })
  })

  it('names a file of another kind', async () => {
    const error = await failing([...files(), fileOf('cat.png', Uint8Array.of(1))])
    expect(error).toMatchObject({ code: 'format', file: 'cat.png' })
  })

  it.each([
    ['a truncated file', raw['train-labels-idx1-ubyte'].slice(0, 10), 'truncated'],
    ['a file that is not IDX', new TextEncoder().encode('no IDX file'), 'format'],
    ['a truncated gzip file', gzipSync(raw['train-labels-idx1-ubyte']).subarray(0, 20), 'corrupt'],
    ['a size that the bytes cannot hold', Uint8Array.of(0, 0, 8, 1, 127, 255, 255, 255, 0), 'truncated'],
  ])('rejects with a DataError for %s', async (_what, bytes, code) => {
    const error = await failing(files({ 'train-labels-idx1-ubyte': bytes }))
    expect(error).toMatchObject({ code, file: 'train-labels-idx1-ubyte' })
  })
})
