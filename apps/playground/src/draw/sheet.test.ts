import { describe, expect, it } from 'vitest'
import { createSheet } from './sheet.ts'

describe('a sheet', () => {
  it('holds strokes, and tells of each change', () => {
    let changes = 0
    const sheet = createSheet([], () => changes++)
    sheet.extend([0.5, 0.5])
    expect([sheet.strokes, changes]).toEqual([[], 0])
    sheet.begin([0.1, 0.2])
    sheet.extend([2, -1])
    sheet.begin([0.3, 0.3])
    expect(sheet.strokes).toEqual([
      [
        [0.1, 0.2],
        [1, 0],
      ],
      [[0.3, 0.3]],
    ])
    sheet.undo()
    expect(sheet.strokes).toHaveLength(1)
    sheet.clear()
    expect([sheet.strokes, changes]).toEqual([[], 5])
  })
})
