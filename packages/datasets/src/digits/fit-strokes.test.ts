import { describe, expect, it } from 'vitest'
import type { Point } from './curve.ts'
import { fitStrokes } from './fit-strokes.ts'

const seven: Point[] = [
  [10, 10],
  [70, 10],
  [30, 110],
]

/** How many rows have ink, and the ink's centre of mass, as row and column of a pixel's middle. */
function seen(image: ArrayLike<number>) {
  let [mass, y, x] = [0, 0, 0]
  const rows = new Set<number>()
  for (const [i, ink] of Array.from(image).entries()) {
    mass += ink
    y += ink * Math.floor(i / 28)
    x += ink * (i % 28)
    if (ink > 0) rows.add(Math.floor(i / 28))
  }
  return { rows: rows.size, mass, middle: [y / mass, x / mass] }
}

describe('fitStrokes', () => {
  it('draws strokes into 20 × 20 pixels, centred by mass', () => {
    const image = fitStrokes([seven])
    expect([image.shape, image.dtype]).toEqual([[784], 'float32'])
    const { rows, middle } = seen(image.data)
    expect(rows).toBe(20)
    for (const place of middle) expect(Math.abs(place - 14)).toBeLessThanOrEqual(0.5)
  })

  it('draws them equally thick, however large and wherever they were written', () => {
    const large = seven.map(([x, y]): Point => [4 * x + 100, 4 * y])
    const [a, b] = [fitStrokes([large]), fitStrokes([seven])]
    a.data.forEach((ink, i) => {
      expect(ink).toBeCloseTo(b.data[i], 5)
    })
  })

  it('draws a dot as a dot, and can give float64', () => {
    const dot = fitStrokes([[[5, 5]], []], { dtype: 'float64' })
    expect(dot.dtype).toBe('float64')
    expect(seen(dot.data).mass).toBeCloseTo(Math.PI * 1.3 ** 2, 0)
    expect(fitStrokes([[[90, 2]]], { dtype: 'float64' }).data).toEqual(dot.data)
  })

  it('refuses what cannot be drawn, in words', () => {
    for (const nothing of [[], [[]]]) expect(() => fitStrokes(nothing)).toThrow('no point in any stroke')
    expect(() => fitStrokes([[[1, Number.NaN]]])).toThrow('points must be finite, not (1, NaN)')
  })
})
