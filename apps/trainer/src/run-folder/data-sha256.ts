import { createHash, type Hash } from 'node:crypto'
import type { NamedDataset } from '@gosa/cli-kit'
import { takeRows } from '@gosa/linalg'

/** Number of rows hashed at once; a compressed matrix is expanded in parts of this size. */
const BLOCK_ROWS = 512

/** SHA-256 of all images and labels, which tells data sets apart: a run goes on only with the data that it started with. */
export function hashData({ train, test }: Pick<NamedDataset, 'train' | 'test'>): string {
  const hash = createHash('sha256')
  for (const { x, t } of [train, test]) {
    hash.update(`${x.dtype} ${x.shape.join(' ')};`)
    for (let row = 0; row < x.shape[0]; row += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, x.shape[0] - row)
      updateWith(
        hash,
        takeRows(
          x,
          Int32Array.from({ length: count }, (_, i) => row + i),
        ).data,
      )
    }
    updateWith(hash, t)
  }
  return hash.digest('hex')
}

const updateWith = (hash: Hash, { buffer, byteOffset, byteLength }: ArrayBufferView): Hash =>
  hash.update(new Uint8Array(buffer, byteOffset, byteLength))
