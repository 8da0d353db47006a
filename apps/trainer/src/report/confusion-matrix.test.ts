import { expect, it } from 'vitest'
import { confusionTable } from './confusion-table.ts'

const shown = (matrix: number[][]) => String(confusionTable(matrix))
const cells = (text: string) =>
  [...text.matchAll(/<td class="(\w+)(?: level-(\d))?">([^<]*)</g)].map(([, ...cell]) =>
    cell.join(' ').trim(),
  )

it('a confusion matrix has its counts in their cells, stronger where they are a larger share of a row', () => {
  expect(
    cells(
      shown([
        [98, 2],
        [50, 50],
      ]),
    ),
  ).toEqual([...['hit 6 98', 'miss 3 2', 'right  98.0 %'], ...['miss 6 50', 'hit 6 50', 'right  50.0 %']])
})

it('rows are what an image is, and the most frequent mistakes are named in words', () => {
  const text = shown([
    [5, 1, 0],
    [3, 5, 0],
    [0, 0, 0],
  ])
  expect(text).toContain('Rows: what an image is.')
  expect(text).toMatch(/1 taken for 0 \(3\).*0 taken for 1 \(1\)<\/span>\.<\/p>/)
  // A class of which there are no images has no share.
  expect(cells(text).slice(-4)).toEqual(['none  0', 'none  0', 'none  0', 'right'])
})

it('where there are no mistakes this is said', () => {
  expect(
    shown([
      [4, 0],
      [0, 4],
    ]),
  ).toContain('There were no mistakes.')
})

it('very many classes make no table, but words', () => {
  const many = Array.from({ length: 256 }, (_, i) =>
    Array.from({ length: 256 }, (_, j) => Number(j === 255 - i)),
  )
  expect(shown(many)).not.toContain('<table')
  expect(shown(many)).toContain('0 taken for 255 (1)')
})
