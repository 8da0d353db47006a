import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/**
 * Writes images (784 bytes each) and labels to a temporary folder as plain bytes, the same for all contenders: MNIST if
 * its training files are in `dir`, else `count` scribbles with about as many zeros. Returns the folder and the name of the data.
 */
export function prepareData(dir, count = 60_000) {
  const folder = mkdtempSync(join(tmpdir(), 'gosa-bench-'))
  const images = dir && join(dir, 'train-images-idx3-ubyte.gz')
  const real = Boolean(images && existsSync(images))
  const [pixels, labels] = real
    ? [unpack(images, 16), unpack(join(dir, 'train-labels-idx1-ubyte.gz'), 8)]
    : scribbles(count)
  writeFileSync(join(folder, 'images'), pixels)
  writeFileSync(join(folder, 'labels'), labels)
  return { folder, name: real ? 'MNIST' : 'generated scribbles' }
}

const unpack = (file, header) => gunzipSync(readFileSync(file)).subarray(header)

/** Random strokes near the centre, 2 pixels wide; 19 % of the pixels are not 0, as in MNIST. */
function scribbles(count) {
  const pixels = new Uint8Array(count * 784)
  const labels = new Uint8Array(count)
  let state = 1
  const integer = (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  for (let i = 0; i < count; i++) {
    labels[i] = integer(10)
    let [row, column] = [10 + integer(8), 10 + integer(8)]
    for (let inked = 0; inked < 149; ) {
      row = Math.min(23, Math.max(4, row + integer(3) - 1))
      column = Math.min(23, Math.max(4, column + integer(3) - 1))
      for (const at of [row * 28 + column, row * 28 + column + 1, row * 28 + 28 + column]) {
        if (pixels[i * 784 + at] === 0) inked++
        pixels[i * 784 + at] = 64 + integer(192)
      }
    }
  }
  return [pixels, labels]
}
