import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { idxFile } from '../idx.testing.ts'
import { loadRawImages, QMNIST } from '../node.ts'

it('loadRawImages reads QMNIST from its own files: 60,000 images in each part, classes in the first of eight columns', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'gosa-qmnist-'))
  const images = gzipSync(idxFile([60_000, 28, 28], new Uint8Array(60_000 * 784)), { level: 1 })
  const labels = new Uint8Array(12 + 60_000 * 32)
  labels.set([0, 0, 12, 2, 0, 0, 60_000 >> 8, 60_000 & 255, 0, 0, 0, 8])
  for (let n = 0; n < 60_000; n++) labels[12 + 32 * n + 3] = n % 10
  for (const part of ['train', 'test']) {
    writeFileSync(join(dir, `qmnist-${part}-images-idx3-ubyte.gz`), images)
    writeFileSync(join(dir, `qmnist-${part}-labels-idx2-int.gz`), gzipSync(labels, { level: 1 }))
  }
  const { train, test, classes, verified } = await loadRawImages(QMNIST, { dir })
  rmSync(dir, { recursive: true })
  expect([train.count, test.count, classes, verified]).toEqual([60_000, 60_000, 10, 'structure'])
  expect([...test.t.subarray(8, 12)]).toEqual([8, 9, 0, 1])
})
