import { tensor } from '@gosa/linalg'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { black, image, signed } from './image.ts'
import { shrink } from './shrink.ts'
import { weightImages } from './weight-images.ts'

/** The pixels of the images in markup, four bytes each. */
const imagesIn = (markup: unknown) =>
  [...String(markup).matchAll(/base64,([^"]*)"/g)].map(([, data]) => {
    const { height, width, data: bytes } = PNG.sync.read(Buffer.from(data, 'base64'))
    return {
      height,
      width,
      pixels: Array.from({ length: height * width }, (_, i) => [...bytes.subarray(4 * i, 4 * i + 4)]),
    }
  })

describe('an image', () => {
  it('has a pixel for each number, more ink for larger ones', () => {
    const plane = { height: 1, width: 3, values: [0, 0.5, 2] }
    expect(imagesIn(image(plane, { ink: black, alt: '', kind: 'ink' }))).toEqual([
      {
        height: 1,
        width: 3,
        pixels: [
          [0, 0, 0, 0],
          [0, 0, 0, 128],
          [0, 0, 0, 255],
        ],
      },
    ])
  })

  it('of signed numbers has two colours, and none at zero', () => {
    const [{ pixels }] = imagesIn(
      image({ height: 3, width: 1, values: [-2, 0, 1] }, { ink: signed(2), alt: '', kind: 'weights' }),
    )
    expect(pixels.map(([, , , cover]) => cover)).toEqual([255, 0, 128])
    expect(pixels[0].slice(0, 3)).not.toEqual(pixels[2].slice(0, 3))
  })

  it('that is large is made smaller, by means of blocks, with its proportions', () => {
    const values = Float64Array.from({ length: 6 * 3 }, (_, i) => i)
    expect(shrink({ height: 6, width: 3, values }, 3)).toEqual({
      ...{ height: 3, width: 2 },
      values: Float64Array.of(2, 3.5, 8, 9.5, 14, 15.5),
    })
    const same = { height: 2, width: 3, values: [1, 2, 3, 4, 5, 6] }
    expect(shrink(same, 3)).toBe(same)
  })
})

describe('the images of first weights', () => {
  // Three units that look at images of 1 × 2 pixels: a row for each pixel, a column for each unit.
  const W = tensor([
    [1, 0, -1],
    [0, 1, 0],
  ])

  it('are one for each unit, its column of W', () => {
    const images = imagesIn(weightImages(W, { height: 1, width: 2 }))
    expect(images.map(({ height, width }) => [height, width])).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ])
    const inked = images.map(({ pixels }) => pixels.map(([, , , cover]) => cover > 0))
    expect(inked).toEqual([
      [true, false],
      [false, true],
      [true, false],
    ])
    expect(images[0].pixels[0][0]).not.toBe(images[2].pixels[0][0])
  })

  it('are not more than can be looked at', () => {
    const wide = tensor([Array.from({ length: 150 }, () => 1)])
    const text = String(weightImages(wide, { height: 1, width: 1 }))
    expect(imagesIn(text)).toHaveLength(100)
    expect(text).toContain('The first 100 of 150 units.')
  })

  it('need no weight that is not 0', () => {
    expect(imagesIn(weightImages(tensor([[0]]), { height: 1, width: 1 }))[0].pixels).toEqual([
      [224, 84, 40, 0],
    ])
  })
})
