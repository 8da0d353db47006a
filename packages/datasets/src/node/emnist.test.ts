import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { idxFile } from '../idx.testing.ts'
import {
  EMNIST_BALANCED,
  EMNIST_BYCLASS,
  EMNIST_BYMERGE,
  EMNIST_DIGITS,
  EMNIST_LETTERS,
  EMNIST_MNIST,
  loadEmnist,
  loadRawImages,
} from '../node.ts'

const IMAGE = 28 * 28

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gosa-emnist-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** Writes the files of one part as EMNIST has them: labels from 1 on, and image n black except for one pixel. */
function writePart(part: string, count: number, pixel: (n: number) => number): void {
  const images = new Uint8Array(count * IMAGE)
  for (let n = 0; n < count; n++) images[n * IMAGE + pixel(n)] = 255
  const labels = Uint8Array.from({ length: count }, (_, n) => 1 + (n % 26))
  const level = { level: 1 }
  writeFileSync(
    join(dir, `emnist-letters-${part}-images-idx3-ubyte.gz`),
    gzipSync(idxFile([count, 28, 28], images), level),
  )
  writeFileSync(
    join(dir, `emnist-letters-${part}-labels-idx1-ubyte.gz`),
    gzipSync(idxFile([count], labels), level),
  )
}

describe('loadRawImages and loadEmnist', () => {
  it('read EMNIST from its own files: letters as classes from 0, images transposed upright', async () => {
    // In the file the pixel of image 1 is in column 2 of row 3; upright, in column 3 of row 2.
    writePart('train', 124_800, (n) => (n === 1 ? 3 * 28 + 2 : 0))
    writePart('test', 20_800, (n) => n % 28)
    const { train, test, classes, verified } = await loadRawImages(EMNIST_LETTERS, { dir })
    expect([train.count, test.count, classes, verified]).toEqual([124_800, 20_800, 26, 'structure'])
    expect([...train.t.subarray(24, 28)]).toEqual([24, 25, 0, 1])
    expect(train.pixels.subarray(IMAGE, 2 * IMAGE).indexOf(255)).toBe(2 * 28 + 3)
    expect(test.pixels.subarray(5 * IMAGE, 6 * IMAGE).indexOf(255)).toBe(5 * 28)
  })

  it.each([
    [EMNIST_BALANCED, 'balanced', 47, 112_800, 18_800],
    [EMNIST_BYCLASS, 'byclass', 62, 697_932, 116_323],
    [EMNIST_BYMERGE, 'bymerge', 47, 697_932, 116_323],
    [EMNIST_DIGITS, 'digits', 10, 240_000, 40_000],
    [EMNIST_LETTERS, 'letters', 26, 124_800, 20_800],
    [EMNIST_MNIST, 'mnist', 10, 60_000, 10_000],
  ] as const)('know the files and classes of each part', (source, part, classes, train, test) => {
    const { trainImages, testLabels } = source.files
    expect([source.classes, trainImages.bytes, testLabels.bytes]).toEqual([
      classes,
      16 + train * IMAGE,
      8 + test,
    ])
    expect([trainImages.name, testLabels.name]).toEqual([
      `emnist-${part}-train-images-idx3-ubyte`,
      `emnist-${part}-test-labels-idx1-ubyte`,
    ])
  })

  it('name a missing file of EMNIST, which is not downloaded', async () => {
    await expect(loadEmnist({ set: 'digits', dir })).rejects.toMatchObject({
      code: 'missing',
      // Whichever of the four is read first.
      message: expect.stringMatching(/emnist-digits-(train|test)-(images-idx3|labels-idx1)-ubyte/),
    })
  })
})
