import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeStrokes, encodeStrokes } from './strokes.ts'

const place = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))

describe('strokes in an address', () => {
  it('come back within a 64th, and from then on as they are', () => {
    fc.assert(
      fc.property(fc.array(fc.array(place, { minLength: 1 }), { minLength: 1 }), (strokes) => {
        const text = encodeStrokes(strokes)
        const read = decodeStrokes(text)
        expect(read).toHaveLength(strokes.length)
        expect(Math.abs(read[0][0][0] - strokes[0][0][0])).toBeLessThanOrEqual(1 / 64)
        expect(encodeStrokes(read)).toBe(text)
      }),
    )
  })

  it('are none where the text is none', () => {
    for (const text of ['', 'A', 'AB.', 'AB..CD', '<script>', 'ABC']) expect(decodeStrokes(text)).toEqual([])
    expect(encodeStrokes([[], [[0.5, 0.5]]])).toBe('gg')
  })
})
