import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes four IDX files into a folder: `train` and `test` images of 4 × 3 pixels, in 3 classes. */
export function writeIdxFolder(dir: string, { train = 6, test = 3 } = {}): void {
  for (const [part, count] of [
    ['train', train],
    ['t10k', test],
  ] as const) {
    const pixels = Array.from({ length: count * 12 }, (_, i) => (i * 37) % 256)
    const labels = Array.from({ length: count }, (_, i) => i % 3)
    writeFileSync(join(dir, `${part}-images-idx3-ubyte`), idx([count, 4, 3], pixels))
    writeFileSync(join(dir, `${part}-labels-idx1-ubyte`), idx([count], labels))
  }
}

/** The bytes of an IDX file of uint8 elements. */
export function idx(shape: readonly number[], elements: readonly number[]): Uint8Array {
  const sizes = shape.flatMap((size) => [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255])
  return Uint8Array.from([0, 0, 8, shape.length, ...sizes, ...elements])
}
