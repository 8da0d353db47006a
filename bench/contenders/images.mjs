import { readFileSync } from 'node:fs'

/** The data of `prepareData` for contenders that take plain numbers: pixels from 0 to 1, and a drawn batch of them. */
export function readImages(folder) {
  const pixels = Float32Array.from(readFileSync(`${folder}/images`), (pixel) => pixel / 255)
  const labels = readFileSync(`${folder}/labels`)
  const image = (at) => pixels.subarray(at * 784, (at + 1) * 784)
  return { pixels, labels, image, draw: () => Math.floor(Math.random() * labels.length) }
}

/** Images drawn with replacement, one after the other, and their labels. */
export function drawBatch({ image, labels, draw }, batch) {
  const [x, t] = [new Float32Array(batch * 784), new Int32Array(batch)]
  for (let i = 0; i < batch; i++) {
    const at = draw()
    x.set(image(at), i * 784)
    t[i] = labels[at]
  }
  return { x, t }
}
