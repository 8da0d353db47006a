import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDrawing, decodeStrokes, encodeStrokes } from './drawing.ts'

const point = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))

describe('encodeStrokes', () => {
  it('rounds to 1/64, and keeps rounded strokes as they are', () => {
    fc.assert(
      fc.property(fc.array(fc.array(point, { minLength: 1 }), { minLength: 1 }), (strokes) => {
        const text = encodeStrokes(strokes)
        const read = decodeStrokes(text)
        expect(read).toHaveLength(strokes.length)
        expect(Math.abs(read[0][0][0] - strokes[0][0][0])).toBeLessThanOrEqual(1 / 64)
        expect(encodeStrokes(read)).toBe(text)
      }),
    )
  })

  it('has an inverse that returns no strokes for an invalid text', () => {
    for (const text of ['', 'A', 'AB.', 'AB..CD', '<script>', 'ABC']) expect(decodeStrokes(text)).toEqual([])
    expect(encodeStrokes([[], [[0.5, 0.5]]])).toBe('gg')
  })
})

describe('createDrawing', () => {
  it('holds strokes, clamps points to the canvas, and reports each change', () => {
    let changes = 0
    const drawing = createDrawing([], () => changes++)
    drawing.extend([0.5, 0.5])
    expect([drawing.strokes, changes]).toEqual([[], 0])
    drawing.begin([0.1, 0.2])
    drawing.extend([2, -1])
    drawing.begin([0.3, 0.3])
    expect(drawing.strokes).toEqual([
      [
        [0.1, 0.2],
        [1, 0],
      ],
      [[0.3, 0.3]],
    ])
    drawing.undo()
    expect(drawing.strokes).toHaveLength(1)
    drawing.clear()
    expect([drawing.strokes, changes]).toEqual([[], 5])
  })
})
