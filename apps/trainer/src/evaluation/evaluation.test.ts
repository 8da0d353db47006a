import { createPaint } from '@gosa/cli-kit'
import { describe, expect, it } from 'vitest'
import { classLines } from './class-lines.ts'
import { confusionLines } from './confusion-lines.ts'
import { perClass } from './per-class.ts'

const confusion = [
  [8, 2, 0],
  [1, 9, 0],
  [0, 0, 0],
]
const plain = createPaint({ isTTY: false }, {})
const bold = createPaint({ isTTY: true }, {})

describe('perClass', () => {
  it('is precision down the columns and recall along the rows: by hand', () => {
    expect(perClass(confusion)).toEqual([
      { class: 0, count: 10, precision: 8 / 9, recall: 0.8 },
      { class: 1, count: 10, precision: 9 / 11, recall: 0.9 },
      { class: 2, count: 0, precision: null, recall: null },
    ])
  })
})

describe('the table of classes', () => {
  it('has a line for each, – where there is nothing to divide by', () => {
    expect(classLines(perClass(confusion), { paint: plain })).toEqual([
      'class    images  precision   recall',
      '    0        10     0.8889   0.8000',
      '    1        10     0.8182   0.9000',
      '    2         0          –        –',
    ])
  })

  it('shows the worst class in bold, unless all are alike', () => {
    const [, worst, better] = classLines(perClass(confusion), { paint: bold })
    expect(worst).toContain(bold.bold('   0.8000'))
    expect(better).not.toContain('\x1b')
    const alike = perClass([
      [1, 0],
      [0, 1],
    ])
    expect(classLines(alike, { paint: bold }).join('')).not.toContain('\x1b')
  })
})

describe('the table of confusions', () => {
  it('has labels downwards and predictions to the right', () => {
    expect(confusionLines(confusion, { columns: 80, paint: plain })).toEqual([
      'taken for 0 1 2',
      '        0 8 2 ·',
      '        1 1 9 ·',
      '        2 · · ·',
    ])
  })

  it('shows what is right in bold', () => {
    expect(confusionLines(confusion, { columns: 80, paint: bold })[1]).toBe(`        0${bold.bold(' 8')} 2 ·`)
  })

  it('is a list of the most frequent ones where a line is too narrow', () => {
    expect(confusionLines(confusion, { columns: 14, paint: plain })).toEqual([
      '0 taken for 1: 2',
      '1 taken for 0: 1',
    ])
    expect(confusionLines(confusion, { columns: 15, paint: plain })).toHaveLength(4)
  })
})
