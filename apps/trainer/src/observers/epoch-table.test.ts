import { createOutput } from '@gosa/cli-kit'
import { describe, expect, it } from 'vitest'
import { epochTable, epochTableObserver } from './epoch-table.ts'

const metrics = {
  ...{ epoch: 2, iteration: 1200, loss: 0.25, samplesPerSecond: 312_000 },
  ...{ trainAccuracy: 0.9, testAccuracy: 0.8, testLoss: 0.3 },
}

describe('epochTable', () => {
  it('aligns numbers with their titles', () => {
    const { head, row } = epochTable(80, { validation: false })
    expect([head, row(metrics)]).toEqual([
      'epoch      loss   train    test  iterations   samples/s',
      '    2    0.2500  0.9000  0.8000       1,200     312,000',
    ])
  })

  it('drops the columns that do not fit into a narrow terminal', () => {
    for (const columns of [10, 20, 30, 40, 50, 60]) {
      expect(epochTable(columns, { validation: false }).row(metrics).length).toBeLessThanOrEqual(columns)
    }
    expect(epochTable(32, { validation: false }).head).toBe('epoch      loss   train    test')
  })

  it('has a column for the validation accuracy', () => {
    const { head, row } = epochTable(80, { validation: true })
    expect([head, row({ ...metrics, validationAccuracy: 0.7 })]).toEqual([
      'epoch      loss   train    test  validation  iterations   samples/s',
      '    2    0.2500  0.9000  0.8000      0.7000       1,200     312,000',
    ])
  })
})

describe('epochTableObserver', () => {
  /** What the observer writes to stdout for two epochs. */
  function written(options: { json?: boolean }): string[] {
    const lines: string[] = []
    const stdout = { columns: 20, write: (text: string) => lines.push(text) }
    const observer = epochTableObserver(
      createOutput({ ...options, stdout, stderr: { write: () => {} }, env: {} }),
      { validation: false },
    )
    for (const epoch of [1, 2]) observer.epoch?.({ ...metrics, epoch })
    return lines
  }

  it('prints the head once and a row per epoch', () => {
    expect(written({})).toEqual(['epoch      loss\n', '    1    0.2500\n', '    2    0.2500\n'])
  })

  it('prints a line of JSON per epoch with --json', () => {
    const events = written({ json: true }).map((line) => JSON.parse(line))
    expect(events).toEqual([1, 2].map((epoch) => ({ event: 'epoch', ...metrics, epoch })))
  })
})
