import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const COUNT = 4

/** Writes a folder with the four IDX files of MNIST: a few images of `side` × `side` pixels in three classes. */
export function writeImages(folder: string, side: number): void {
  mkdirSync(folder, { recursive: true })
  const pixels = Uint8Array.from({ length: COUNT * side * side }, (_, i) => (i * i * 37) % 256)
  for (const part of ['train', 't10k']) {
    writeFileSync(join(folder, `${part}-images-idx3-ubyte`), idx([COUNT, side, side], pixels))
    writeFileSync(join(folder, `${part}-labels-idx1-ubyte`), idx([COUNT], Uint8Array.of(0, 2, 1, 0)))
  }
}

/** An IDX file of uint8 (type 8); lengths are big-endian. */
function idx(shape: number[], bytes: Uint8Array): Buffer {
  const header = Buffer.from([0, 0, 8, shape.length, ...shape.flatMap((length) => [0, 0, 0, length])])
  return Buffer.concat([header, bytes])
}
