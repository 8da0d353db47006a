import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { idxFile } from '../idx.testing.ts'
import { DataError, parseIdx } from '../index.ts'
import { loadFashionMnist, loadIdxFolder, loadMnist } from '../node.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gosa-datasets-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const write = (name: string, bytes: Uint8Array) => writeFileSync(join(dir, name), bytes)

/** Writes four small files: 3 training images of 2 × 2 and 1 test image; images compressed, labels raw. */
function writeFolder(): void {
  write(
    'train-images-idx3-ubyte.gz',
    gzipSync(
      idxFile(
        [3, 2, 2],
        Uint8Array.from({ length: 12 }, (_, i) => 20 * i),
      ),
    ),
  )
  write('train-labels-idx1-ubyte', idxFile([3], Uint8Array.of(0, 2, 1)))
  write('t10k-images-idx3-ubyte.gz', gzipSync(idxFile([1, 2, 2], Uint8Array.of(0, 51, 102, 255))))
  write('t10k-labels-idx1-ubyte', idxFile([1], Uint8Array.of(3)))
}

const rejection = async (promise: Promise<unknown>): Promise<DataError> => {
  const error = await promise.then(
    () => new Error('the promise was fulfilled'),
    (reason) => reason,
  )
  if (error instanceof DataError) return error
  throw error
}

describe('loadIdxFolder', () => {
  it('loads four files, raw or compressed, with as many classes as the largest label says', async () => {
    writeFolder()
    const { train, test, classes } = await loadIdxFolder({ dir, dtype: 'float64' })
    expect(classes).toBe(4)
    expect(train.x.shape).toEqual([3, 4])
    expect(train.t).toEqual(Uint8Array.of(0, 2, 1))
    expect(test.x.toArray()).toEqual([[0, 0.2, 0.4, 1]])
  })

  it('returns only the first images with trainSize and testSize', async () => {
    writeFolder()
    const { train, test, classes } = await loadIdxFolder({ dir, trainSize: 2, testSize: 5 })
    expect(train.x.shape).toEqual([2, 4])
    expect(train.t).toEqual(Uint8Array.of(0, 2))
    expect([test.t.length, classes]).toEqual([1, 4])
  })

  it('takes flatten, normalize and oneHotLabel', async () => {
    writeFolder()
    const { test } = await loadIdxFolder({ dir, flatten: false, normalize: false, oneHotLabel: true })
    expect(test.x.toArray()).toEqual([
      [
        [
          [0, 51],
          [102, 255],
        ],
      ],
    ])
    expect(test.t.toArray()).toEqual([[0, 0, 0, 1]])
  })

  it('accepts file names with .idx instead of -idx', async () => {
    writeFolder()
    write('train-labels.idx1-ubyte', idxFile([3], Uint8Array.of(1, 1, 1)))
    rmSync(join(dir, 'train-labels-idx1-ubyte'))
    expect((await loadIdxFolder({ dir })).train.t).toEqual(Uint8Array.of(1, 1, 1))
  })

  it('reads by the first bytes, not by the ending: content under .gz that is not compressed, and the reverse', async () => {
    writeFolder()
    const before = await loadIdxFolder({ dir })
    const images = 'train-images-idx3-ubyte.gz'
    write(images, gunzipSync(readFileSync(join(dir, images))))
    write('train-labels-idx1-ubyte', gzipSync(readFileSync(join(dir, 'train-labels-idx1-ubyte'))))
    expect(await loadIdxFolder({ dir })).toEqual(before)
  })

  it('reads gzip files of several members, and refuses bytes after the last one', async () => {
    writeFolder()
    const before = await loadIdxFolder({ dir })
    const images = 'train-images-idx3-ubyte.gz'
    const bytes = gunzipSync(readFileSync(join(dir, images)))
    const members = [bytes.subarray(0, 5), bytes.subarray(5, 20), bytes.subarray(20)].map((part) =>
      gzipSync(part),
    )
    write(images, Buffer.concat(members))
    expect(await loadIdxFolder({ dir })).toEqual(before)
    for (const rest of [new Uint8Array(9), Uint8Array.of(0x1f, 0x8b), Uint8Array.of(1, 2, 3)]) {
      write(images, Buffer.concat([...members, rest]))
      expect(await rejection(loadIdxFolder({ dir }))).toMatchObject({ file: join(dir, images) })
    }
  })

  it('looks past a folder that bears the name of a file', async () => {
    writeFolder()
    const before = await loadIdxFolder({ dir })
    mkdirSync(join(dir, 'train-images-idx3-ubyte'))
    mkdirSync(join(dir, 't10k-images-idx3-ubyte'))
    expect(await loadIdxFolder({ dir })).toEqual(before)
  })

  it('reads labels in the form of QMNIST, eight integers of which the first is the class', async () => {
    writeFolder()
    const header = [0, 0, 12, 2, 0, 0, 0, 3, 0, 0, 0, 8]
    const labels = [0, 2, 1].flatMap((label) => [...[0, 0, 0, label], ...new Array(28).fill(7)])
    write('train-labels-idx1-ubyte', Uint8Array.from([...header, ...labels]))
    expect((await loadIdxFolder({ dir })).train.t).toEqual(Uint8Array.of(0, 2, 1))
    labels[32] = 255
    write('train-labels-idx1-ubyte', Uint8Array.from([...header, ...labels]))
    expect(await rejection(loadIdxFolder({ dir }))).toMatchObject({ code: 'value', offset: 44 })
    write('train-labels-idx1-ubyte', Uint8Array.from([0, 0, 12, 1, 0, 0, 0, 0]))
    expect((await rejection(loadIdxFolder({ dir }))).message).toContain("QMNIST's (N, 8) of int32")
  })

  it('names a missing file and its folder', async () => {
    writeFolder()
    rmSync(join(dir, 't10k-labels-idx1-ubyte'))
    const error = await rejection(loadIdxFolder({ dir }))
    expect(error).toMatchObject({ code: 'missing', file: dir })
    expect(error.message).toContain('neither t10k-labels-idx1-ubyte nor t10k-labels-idx1-ubyte.gz is there')
  })

  it('rejects with a DataError for a truncated gzip file', async () => {
    writeFolder()
    const file = 'train-images-idx3-ubyte.gz'
    write(file, readFileSync(join(dir, file)).subarray(0, -12))
    expect(await rejection(loadIdxFolder({ dir }))).toMatchObject({
      code: 'truncated',
      file: join(dir, file),
    })
  })

  it('rejects for a gzip file with a damaged byte', async () => {
    writeFolder()
    const file = 'train-images-idx3-ubyte.gz'
    const bytes = readFileSync(join(dir, file))
    bytes[bytes.length - 6] ^= 1
    write(file, bytes)
    expect(await rejection(loadIdxFolder({ dir }))).toMatchObject({ code: 'corrupt', file: join(dir, file) })
  })

  it('rejects for a gzip bomb at the first byte beyond the size in its header', async () => {
    writeFolder()
    write('train-images-idx3-ubyte.gz', gzipSync(idxFile([1, 2, 2], new Uint8Array(50_000_000))))
    expect(await rejection(loadIdxFolder({ dir }))).toMatchObject({ code: 'size', offset: 20 })
  })

  it('allocates no memory for a size that the compressed bytes cannot hold', async () => {
    writeFolder()
    write('train-images-idx3-ubyte.gz', gzipSync(idxFile([100_000, 1000, 1000], new Uint8Array(4))))
    expect(await rejection(loadIdxFolder({ dir }))).toMatchObject({ code: 'truncated', offset: 4 })
  })

  it.each([
    ['train-images-idx3-ubyte', [3, 4], 12, 'format', 2],
    ['train-labels-idx1-ubyte', [4], 4, 'value', 4],
    ['t10k-images-idx3-ubyte', [1, 2, 3], 6, 'value', 8],
  ])('rejects for %s of shape %j', async (name, shape, length, code, offset) => {
    writeFolder()
    rmSync(join(dir, `${name}.gz`), { force: true })
    write(name, idxFile(shape as number[], new Uint8Array(length as number)))
    expect(await rejection(loadIdxFolder({ dir }))).toMatchObject({
      code,
      offset,
      file: join(dir, name as string),
    })
  })

  it('rejects for a truncated header, and for a folder in place of a file', async () => {
    writeFolder()
    write('t10k-labels-idx1-ubyte', Uint8Array.of(0, 0, 8))
    expect(await rejection(loadIdxFolder({ dir }))).toMatchObject({ code: 'truncated', offset: 3 })
    rmSync(join(dir, 't10k-labels-idx1-ubyte'))
    mkdirSync(join(dir, 't10k-labels-idx1-ubyte'))
    expect(await rejection(loadIdxFolder({ dir }))).toMatchObject({ code: 'unreadable' })
  })
})

describe('loadMnist', () => {
  it('rejects other images in files with the names of MNIST', async () => {
    writeFolder()
    const error = await rejection(loadMnist({ dir }))
    expect(error.code).toBe('size')
    expect(error.message).toContain('but the file of this name has')
  })

  const real = [
    process.env.GOSA_DATA_DIR,
    fileURLToPath(new URL('../../../../../shared/data/mnist', import.meta.url)),
  ]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [folder, join(folder, 'mnist')])
    .find((folder) => existsSync(join(folder, 'train-images-idx3-ubyte.gz')))
  if (!real)
    console.log(
      'datasets: the tests on real MNIST files are left out, since GOSA_DATA_DIR names no folder with them',
    )

  it.runIf(real)(
    'loads the real files: 60,000 and 10,000 images, of which the first are a 5 and a 7',
    async () => {
      const { train, test } = await loadMnist({ dir: real as string })
      expect([train.x.shape, test.x.shape]).toEqual([
        [60_000, 784],
        [10_000, 784],
      ])
      expect([train.t[0], test.t[0]]).toEqual([5, 7])
    },
    60_000,
  )

  it.runIf(real)(
    'is the only one to load them: under the name of another set they are refused',
    async () => {
      const error = await rejection(loadFashionMnist({ dir: real as string }))
      expect(error.code).toBe('hash')
      expect(error.message).toMatch(/the content is that of MNIST, not of Fashion-MNIST .*load it as MNIST/)
    },
    60_000,
  )

  it.runIf(real)(
    'rejects a file in which one pixel was changed, naming both hashes',
    async () => {
      for (const name of ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-labels-idx1-ubyte']) {
        write(`${name}.gz`, readFileSync(join(real as string, `${name}.gz`)))
      }
      const bytes = gunzipSync(readFileSync(join(real as string, 't10k-images-idx3-ubyte.gz')))
      bytes[parseIdx(bytes).data.length / 2] ^= 1
      write('t10k-images-idx3-ubyte', bytes)
      const error = await rejection(loadMnist({ dir }))
      expect(error).toMatchObject({ code: 'hash', file: join(dir, 't10k-images-idx3-ubyte') })
      expect(error.message).toMatch(/SHA-256 [0-9a-f]{64}, uncompressed, instead of 0fa7898d/)
    },
    60_000,
  )
})
