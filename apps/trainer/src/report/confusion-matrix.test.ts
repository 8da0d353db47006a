import { describe, expect, it } from 'vitest'
import { confusionMatrixView } from './confusion-matrix.ts'

const render = (matrix: number[][]) => String(confusionMatrixView(matrix))
const cells = (text: string) =>
  [...text.matchAll(/<td class="(\w+)(?: level-(\d))?">([^<]*)</g)].map(([, ...cell]) =>
    cell.join(' ').trim(),
  )

describe('confusionMatrixView', () => {
  it('shows the counts in cells that are stronger for a larger share of their row', () => {
    const text = render([
      [98, 2],
      [50, 50],
    ])
    expect(cells(text)).toEqual([
      ...['hit 6 98', 'miss 3 2', 'recall  98.0 %'],
      ...['miss 6 50', 'hit 6 50', 'recall  50.0 %'],
    ])
  })

  it('has a row for each label, and names the most frequent mistakes in words', () => {
    const text = render([
      [5, 1, 0],
      [3, 5, 0],
      [0, 0, 0],
    ])
    expect(text).toContain('Rows: the label of an image. Columns: the predicted class.')
    expect(text).toMatch(/1 predicted as 0 \(3\).*0 predicted as 1 \(1\)<\/span>\.<\/p>/)
    // A class without images has no recall.
    expect(cells(text).slice(-4)).toEqual(['none  0', 'none  0', 'none  0', 'recall'])
  })

  it('says so if there are no mistakes', () => {
    const text = render([
      [4, 0],
      [0, 4],
    ])
    expect(text).toContain('There were no mistakes.')
  })

  it('has no table for very many classes, but words', () => {
    const many = Array.from({ length: 256 }, (_, i) =>
      Array.from({ length: 256 }, (_, j) => Number(j === 255 - i)),
    )
    expect(render(many)).not.toContain('<table')
    expect(render(many)).toContain('0 predicted as 255 (1)')
  })
})
