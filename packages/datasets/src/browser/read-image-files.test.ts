import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { DataError } from '../errors.ts'
import { MNIST } from '../images/sources.ts'
import { idx } from '../node/idx.testing.ts'
import { sha256 } from '../node/sha256.ts'
import { type ImageFile, readImageFiles } from './read-image-files.ts'

const raw = {
  'train-images-idx3-ubyte': idx(
    [4, 3, 2],
    Uint8Array.from({ length: 24 }, (_, i) => i),
  ),
  'train-labels-idx1-ubyte': idx([4], Uint8Array.of(0, 1, 2, 1)),
  't10k-images-idx3-ubyte': idx([2, 3, 2], new Uint8Array(12)),
  't10k-labels-idx1-ubyte': idx([2], Uint8Array.of(1, 0)),
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

  it('accepts the spelling with a dot, and of two with one role the later', async () => {
    const later = fileOf('train-labels.idx1-ubyte', idx([4], new Uint8Array(4)))
    const { train } = await readImageFiles([...files(), later])
    expect(train.t).toEqual(new Uint8Array(4))
  })

  it('knows the content of a set whose hashes are pinned', async () => {
    const known = Object.values(raw).map((bytes) => ({ bytes: bytes.length, sha256: sha256(bytes) }))
    const [trainImages, trainLabels, testImages, testLabels] = known.map((one) => ({ name: '', ...one }))
    const source = { ...MNIST, files: { trainImages, trainLabels, testImages, testLabels } }
    expect((await readImageFiles(files(), source)).verified).toBe('content')
  })

  const failing = (given: ImageFile[]) => readImageFiles(given).catch((error) => error as DataError)

  it('names all files that are missing', async () => {
    const error = await failing(files().slice(1, 3))
    expect(error).toBeInstanceOf(DataError)
    expect(error).toMatchObject({
      code: 'missing',
      message: expect.stringMatching(/train-images-idx3-ubyte, t10k-labels-idx1-ubyte: not among the files/),
    })
  })

  it('names a file that is none of them', async () => {
    const error = await failing([...files(), fileOf('cat.png', Uint8Array.of(1))])
    expect(error).toMatchObject({ code: 'format', file: 'cat.png' })
  })

  it.each([
    ['cut off', raw['train-labels-idx1-ubyte'].slice(0, 10), 'truncated'],
    ['no IDX file', new TextEncoder().encode('no IDX file'), 'format'],
    ['a torn gzip file', gzipSync(raw['train-labels-idx1-ubyte']).subarray(0, 20), 'corrupt'],
    ['a promise that nobody can keep', Uint8Array.of(0, 0, 8, 1, 127, 255, 255, 255, 0), 'truncated'],
  ])('refuses %s', async (_what, bytes, code) => {
    const error = await failing(files({ 'train-labels-idx1-ubyte': bytes }))
    expect(error).toMatchObject({ code, file: 'train-labels-idx1-ubyte' })
  })
})
