import { createRng } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { strokesToMnistImage, toMnistImage } from './mnist-image.ts'
import { rawSyntheticDigits } from './synthetic-digits.ts'

/** An image of zeros with a filled rectangle. */
function rectangle(height: number, width: number, [top, left, h, w]: number[], ink = 255) {
  const pixels = new Uint8Array(height * width)
  for (let r = top; r < top + h; r++) pixels.fill(ink, r * width + left, r * width + left + w)
  return { pixels, height, width }
}

/** Rows and columns with ink: first and last. */
function extent(image: Uint8Array) {
  const inked = [...image.keys()].filter((i) => image[i] > 0)
  const rows = inked.map((i) => Math.floor(i / 28))
  const columns = inked.map((i) => i % 28)
  return [Math.min(...rows), Math.max(...rows), Math.min(...columns), Math.max(...columns)]
}

/** The centre of mass, as row and column of a pixel's middle. */
function middle(image: Uint8Array) {
  let [mass, y, x] = [0, 0, 0]
  for (const [i, ink] of image.entries()) {
    mass += ink
    y += ink * Math.floor(i / 28)
    x += ink * (i % 28)
  }
  return [y / mass, x / mass]
}

describe('toMnistImage', () => {
  it('scales the drawing to 20 pixels, keeping its proportions, and centres it by mass', () => {
    const image = toMnistImage(rectangle(280, 200, [50, 20, 100, 50]))
    const [top, bottom, left, right] = extent(image)
    expect([bottom - top + 1, right - left + 1]).toEqual([20, 10])
    for (const place of middle(image)) expect(Math.abs(place - 14)).toBeLessThanOrEqual(0.5)
    expect(Math.max(...image)).toBe(255)
  })

  it('returns the same image wherever and however large the digit was drawn', () => {
    const once = toMnistImage(rectangle(100, 100, [0, 0, 40, 20]))
    expect(toMnistImage(rectangle(300, 200, [200, 100, 80, 40]))).toEqual(once)
    expect(toMnistImage(rectangle(40, 20, [0, 0, 40, 20]))).toEqual(once)
  })

  it('enlarges small images', () => {
    expect(extent(toMnistImage(rectangle(5, 5, [1, 1, 2, 2])))).toEqual([5, 24, 5, 24])
  })

  it('sets each pixel to the mean of the area that it covers', () => {
    const image = toMnistImage(rectangle(40, 40, [0, 0, 40, 40], 100))
    expect(image.reduce((sum, ink) => sum + ink, 0)).toBe(400 * 100)
  })

  it('leaves an image unchanged that already has the form of MNIST', () => {
    const { pixels, count } = rawSyntheticDigits({ count: 200, seed: 3 })
    let same = 0
    for (let n = 0; n < count; n++) {
      const digit = pixels.subarray(n * 784, (n + 1) * 784)
      const [top, bottom, left, right] = extent(digit)
      if (Math.max(bottom - top, right - left) + 1 !== 20) continue
      const image = toMnistImage({ pixels: digit, height: 28, width: 28 })
      const difference = image.reduce((sum, ink, i) => sum + Math.abs(ink - digit[i]), 0)
      if (difference === 0) same++
    }
    // The others have an outermost row of ink so faint that it does not count.
    expect(same).toBeGreaterThan(50)
  })

  it('returns zeros if nothing is drawn, and ignores faint noise', () => {
    expect(toMnistImage({ pixels: new Uint8Array(6), height: 2, width: 3 })).toEqual(new Uint8Array(784))
    const noisy = rectangle(100, 100, [30, 30, 40, 40])
    noisy.pixels[0] = 10
    expect(extent(toMnistImage(noisy))).toEqual([5, 24, 5, 24])
  })

  it('returns 784 bytes for any drawing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(),
        (height, width, seed) => {
          const rng = createRng(seed)
          const pixels = Uint8Array.from({ length: height * width }, () => rng.integer(256) * rng.integer(2))
          expect(toMnistImage({ pixels, height, width })).toHaveLength(784)
        },
      ),
    )
  })

  it.each([
    [{ pixels: new Uint8Array(5), height: 2, width: 3 }, '2 × 3 needs 6 pixels, but 5 were given'],
    [
      { pixels: new Uint8Array(0), height: 0, width: 3 },
      'toMnistImage: height must be an integer of at least 1, not 0',
    ],
    [{ pixels: new Uint8Array(3), height: 2, width: 1.5 }, 'toMnistImage: width must be an integer'],
  ])('throws for invalid sizes (case %#)', (image, message) => {
    expect(() => toMnistImage(image)).toThrow(message)
  })
})

describe('strokesToMnistImage', () => {
  const seven: [number, number][] = [
    [10, 10],
    [70, 10],
    [30, 110],
  ]

  it('draws strokes into 20 × 20 pixels, centred by mass', () => {
    const image = strokesToMnistImage([seven])
    const [top, bottom] = extent(image)
    expect(bottom - top + 1).toBe(20)
    for (const place of middle(image)) expect(Math.abs(place - 14)).toBeLessThanOrEqual(0.5)
  })

  it('draws strokes of equal thickness however large they were written', () => {
    const large = seven.map(([x, y]): [number, number] => [4 * x + 100, 4 * y])
    expect(strokesToMnistImage([large])).toEqual(strokesToMnistImage([seven]))
  })

  it('draws a single point as a dot, and returns zeros without points', () => {
    const dot = strokesToMnistImage([[[5, 5]], []])
    expect(extent(dot)).toEqual(extent(strokesToMnistImage([[[90, 2]]])))
    expect(dot.reduce((sum, ink) => sum + ink, 0)).toBeGreaterThan(500)
    expect(strokesToMnistImage([])).toEqual(new Uint8Array(784))
    expect(strokesToMnistImage([[]])).toEqual(new Uint8Array(784))
  })
})
