import { readFileSync } from 'node:fs'

/** Reads the data of `prepareData` for contenders that take plain numbers: pixels from 0 to 1, labels, random indices. */
export function readImages(folder) {
  const pixels = Float32Array.from(readFileSync(`${folder}/images`), (pixel) => pixel / 255)
  const labels = readFileSync(`${folder}/labels`)
  const image = (index) => pixels.subarray(index * 784, (index + 1) * 784)
  return { pixels, labels, image, draw: () => Math.floor(Math.random() * labels.length) }
}

/** A batch drawn with replacement: images in one array, and their labels. */
export function drawBatch({ image, labels, draw }, batch) {
  const [x, t] = [new Float32Array(batch * 784), new Int32Array(batch)]
  for (let i = 0; i < batch; i++) {
    const index = draw()
    x.set(image(index), i * 784)
    t[i] = labels[index]
  }
  return { x, t }
}
