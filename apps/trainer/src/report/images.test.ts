import { tensor } from '@gosa/linalg'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { blackInk, image, mistakeImages, shrink, signedInk, weightImages } from './images.ts'

/** The pixels of the images in markup, four bytes each. */
const imagesIn = (markup: unknown) =>
  [...String(markup).matchAll(/base64,([^"]*)"/g)].map(([, data]) => {
    const { height, width, data: bytes } = PNG.sync.read(Buffer.from(data, 'base64'))
    const pixels = Array.from({ length: height * width }, (_, i) => [...bytes.subarray(4 * i, 4 * i + 4)])
    return { height, width, pixels }
  })

describe('image', () => {
  it('has a pixel for each number, more opaque for larger ones', () => {
    const grid = { height: 1, width: 3, values: [0, 0.5, 2] }
    const pixels = [0, 128, 255].map((opacity) => [0, 0, 0, opacity])
    expect(imagesIn(image(grid, { ink: blackInk, alt: '', kind: 'ink' }))).toEqual([
      { height: 1, width: 3, pixels },
    ])
  })

  it('of signed numbers has two colours, and is transparent at zero', () => {
    const [{ pixels }] = imagesIn(
      image({ height: 3, width: 1, values: [-2, 0, 1] }, { ink: signedInk(2), alt: '', kind: 'weights' }),
    )
    expect(pixels.map(([, , , opacity]) => opacity)).toEqual([255, 0, 128])
    expect(pixels[0].slice(0, 3)).not.toEqual(pixels[2].slice(0, 3))
  })
})

describe('shrink', () => {
  it('takes the means of blocks and keeps the proportions', () => {
    const values = Float64Array.from({ length: 6 * 3 }, (_, i) => i)
    expect(shrink({ height: 6, width: 3, values }, 3)).toEqual({
      ...{ height: 3, width: 2 },
      values: Float64Array.of(2, 3.5, 8, 9.5, 14, 15.5),
    })
  })

  it('returns a small grid unchanged', () => {
    const small = { height: 2, width: 3, values: [1, 2, 3, 4, 5, 6] }
    expect(shrink(small, 3)).toBe(small)
  })
})

describe('weightImages', () => {
  it('has an image for each unit, which is its column of W', () => {
    // Three units with inputs of 1 × 2 pixels: a row for each pixel, a column for each unit.
    const W = tensor([
      [1, 0, -1],
      [0, 1, 0],
    ])
    const images = imagesIn(weightImages(W, { height: 1, width: 2 }))
    expect(images.map(({ height, width }) => [height, width])).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ])
    const isInked = images.map(({ pixels }) => pixels.map(([, , , opacity]) => opacity > 0))
    expect(isInked).toEqual([
      [true, false],
      [false, true],
      [true, false],
    ])
    expect(images[0].pixels[0][0]).not.toBe(images[2].pixels[0][0])
  })

  it('shows at most 100 units, and says of how many', () => {
    const wide = tensor([Array.from({ length: 150 }, () => 1)])
    const text = String(weightImages(wide, { height: 1, width: 1 }))
    expect(imagesIn(text)).toHaveLength(100)
    expect(text).toContain('The first 100 of 150 units.')
  })

  it('draws weights that are all 0', () => {
    const [{ pixels }] = imagesIn(weightImages(tensor([[0]]), { height: 1, width: 1 }))
    expect(pixels).toEqual([[224, 84, 40, 0]])
  })
})

describe('mistakeImages', () => {
  it('shows label, prediction and its probability, which is never rounded up to 100 %', () => {
    const x = tensor([
      [9, 0],
      [1, 0],
      [0, 3],
    ])
    const mistake = { index: 2, label: 0, predicted: 1, probability: 0.99996, probabilityOfLabel: 0.00004 }
    const text = String(mistakeImages([mistake], x, { height: 1, width: 2 }))
    expect(text).toContain('<b>0</b> predicted as <b class="wrong">1</b>')
    expect(text).toContain('&#62; 99.9 %')
    expect(text).toMatch(/<img class="ink" width="2" height="1" alt="image 2" src="data:image\/png;base64,/)
  })
})
