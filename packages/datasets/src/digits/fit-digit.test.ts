import { describe, expect, it } from 'vitest'
import { fitDigit, syntheticDigits } from '../index.ts'

/** An image of the given rows: `#` is ink, `+` half of it. */
function drawn(rows: string[]) {
  const ink = rows.flatMap((row) => [...row].map((dot) => ({ '#': 1, '+': 0.5 })[dot] ?? 0))
  return [ink, { height: rows.length, width: rows[0].length }] as const
}

/** Where the ink of an image of 28 × 28 is. */
function extent(image: ArrayLike<number>) {
  const places = Array.from(image).flatMap((ink, i) => (ink > 0 ? [[Math.floor(i / 28), i % 28]] : []))
  const [ys, xs] = [0, 1].map((axis) => places.map((place) => place[axis]))
  return { top: Math.min(...ys), bottom: Math.max(...ys), left: Math.min(...xs), right: Math.max(...xs) }
}

describe('fitDigit', () => {
  it('scales what is not blank to 20 pixels along its longer side, wherever it is', () => {
    const bar = fitDigit(...drawn(['......', '.#....', '.#....', '.#....', '.#....', '......']))
    expect([bar.shape, bar.dtype]).toEqual([[784], 'float32'])
    const { top, bottom, left, right } = extent(bar.data)
    expect([bottom - top + 1, right - left + 1]).toEqual([20, 5])
    expect(bar.data.filter((ink) => ink > 0).every((ink) => ink === 1)).toBe(true)
  })

  it('moves the centre of mass into the middle of pixel (14, 14), not the middle of the box', () => {
    const wedge = fitDigit(...drawn(['#...', '#...', '#...', '####']))
    let [mass, x, y] = [0, 0, 0]
    wedge.data.forEach((ink, i) => {
      mass += ink
      x += ink * (i % 28)
      y += ink * Math.floor(i / 28)
    })
    expect(Math.abs(x / mass - 14)).toBeLessThanOrEqual(0.5)
    expect(Math.abs(y / mass - 14)).toBeLessThanOrEqual(0.5)
    expect(extent(wedge.data).left).not.toBe(4)
  })

  it('takes the mean of what a pixel covers, so that no thin line is lost', () => {
    const size = 200
    const ink = new Float32Array(size * size)
    for (let i = 0; i < size; i++) ink[i * size + i] = ink[i * size] = 1
    const image = fitDigit(ink, { height: size, width: size })
    // 399 of 40,000 pixels are ink, before as after.
    const total = image.data.reduce((sum, value) => sum + value, 0)
    expect(total).toBeCloseTo(399 / 100, 5)
  })

  it('leaves an image of MNIST’s form as it is, if it fills its box', () => {
    const { images } = syntheticDigits({ count: 50, seed: 3 })
    let same = 0
    for (let n = 0; n < 50; n++) {
      const image = images.row(n)
      const { top, bottom, left, right } = extent(image.data)
      if (Math.max(bottom - top, right - left) !== 19) continue
      same++
      expect(fitDigit(image.data, { height: 28, width: 28 }).data).toEqual(image.data)
    }
    expect(same).toBeGreaterThan(10)
  })

  it('can give float64, and takes a picture of one pixel', () => {
    const dot = fitDigit([1], { height: 1, width: 1, dtype: 'float64' })
    expect(dot.dtype).toBe('float64')
    expect(dot.data.filter((ink) => ink === 1).length).toBe(400)
  })

  it('refuses what is blank, of another size, or no ink, in words', () => {
    expect(() => fitDigit([0, 0], { height: 1, width: 2 })).toThrow('fitDigit: all of the image is blank')
    expect(() => fitDigit([1], { height: 1, width: 2 })).toThrow('1 numbers do not make an image of 1 × 2')
    expect(() => fitDigit([], { height: 0, width: 2 })).toThrow('height must be a whole number from 1 up')
    for (const wrong of [Number.NaN, -1, 1.5]) {
      expect(() => fitDigit([0, wrong], { height: 1, width: 2 })).toThrow(
        `ink must be numbers from 0 to 1, but at row 0, column 1 it is ${wrong}`,
      )
    }
  })
})
