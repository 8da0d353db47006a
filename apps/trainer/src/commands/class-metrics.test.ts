import { createColors } from '@gosa/cli-kit'
import { describe, expect, it } from 'vitest'
import { classTable, confusionTable, metricsByClass } from './class-metrics.ts'

const confusion = [
  [8, 2, 0],
  [1, 9, 0],
  [0, 0, 0],
]
const labels = [...Array(10).fill(0), ...Array(10).fill(1)]
const plain = createColors({ isTTY: false }, {})
const bold = createColors({ isTTY: true }, {})

describe('metricsByClass', () => {
  it('computes precision along columns and recall along rows (by hand)', () => {
    expect(metricsByClass(confusion, labels)).toEqual([
      { class: 0, count: 10, precision: 8 / 9, recall: 0.8 },
      { class: 1, count: 10, precision: 9 / 11, recall: 0.9 },
      { class: 2, count: 0, precision: null, recall: null },
    ])
  })
})

describe('classTable', () => {
  it('has a row per class, with – for a division by zero', () => {
    expect(classTable(metricsByClass(confusion, labels), { colors: plain })).toEqual([
      'class  images  precision  recall',
      '    0      10     0.8889  0.8000',
      '    1      10     0.8182  0.9000',
      '    2       0          –       –',
    ])
  })

  it('shows the lowest recall in bold, unless all are equal', () => {
    const [, worst, better] = classTable(metricsByClass(confusion, labels), { colors: bold })
    expect(worst).toContain(bold.bold('0.8000'))
    expect(better).not.toContain('\x1b')
    const equal = metricsByClass(
      [
        [1, 0],
        [0, 1],
      ],
      [0, 1],
    )
    expect(classTable(equal, { colors: bold }).join('')).not.toContain('\x1b')
  })
})

describe('confusionTable', () => {
  it('has labels as rows and predictions as columns', () => {
    expect(confusionTable(confusion, { columns: 80, colors: plain })).toEqual([
      'predicted 0 1 2',
      '        0 8 2 ·',
      '        1 1 9 ·',
      '        2 · · ·',
    ])
  })

  it('shows the diagonal in bold', () => {
    expect(confusionTable(confusion, { columns: 80, colors: bold })[1]).toBe(
      `        0 ${bold.bold('8')} 2 ·`,
    )
  })

  it('lists the most frequent confusions if the terminal is too narrow for the matrix', () => {
    expect(confusionTable(confusion, { columns: 14, colors: plain })).toEqual([
      '0 predicted as 1: 2',
      '1 predicted as 0: 1',
    ])
    expect(confusionTable(confusion, { columns: 15, colors: plain })).toHaveLength(4)
  })
})
