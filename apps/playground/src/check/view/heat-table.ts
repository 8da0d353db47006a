import type { HeatMap } from '@gosa/gradcheck/report'
import { el } from '../../dom/el.ts'
import type { CheckTexts } from '../../text/check.ts'

export interface HeatTable {
  readonly title: string
  readonly kind: 'signed' | 'error'
  readonly map: HeatMap
  readonly values: readonly number[]
  readonly worst: readonly { readonly column: number; readonly row: number }[]
}

/** A heat map as a table: each cell has its colour and its number. */
export function heatTable({ title, kind, map, values, worst }: HeatTable, t: CheckTexts): HTMLElement {
  const { width, height, levels } = map
  const cell = (row: number, column: number) => {
    const i = row * width + column
    const isWorst = worst.some((one) => one.row === row && one.column === column)
    const text = short(values[i])
    const td = el('td', { class: isWorst ? 'worst' : '', title: String(values[i]) }, text)
    td.style.setProperty('--level', String(kind === 'signed' ? (levels[i] - 127.5) / 127.5 : levels[i] / 255))
    td.classList.add(kind === 'error' ? 'error' : levels[i] < 127.5 ? 'negative' : 'positive')
    return td
  }
  const range = (n: number) => [...Array(n).keys()]
  const rows = range(height).map((row) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row', 'aria-label': t.row(String(row)) }, String(row)),
      ...range(width).map((column) => cell(row, column)),
    ),
  )
  const head = el(
    'tr',
    {},
    el('td', {}),
    ...range(width).map((column) =>
      el('th', { scope: 'col', 'aria-label': t.column(String(column)) }, String(column)),
    ),
  )
  return el(
    'table',
    { class: 'heat-table' },
    el('caption', {}, title),
    el('thead', {}, head),
    el('tbody', {}, ...rows),
  )
}

/** A number in the room of a cell: 0.12, -1.2, 3e-9. */
function short(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value).replace('NaN', '?')
  const size = Math.abs(value)
  const plain = String(Number(value.toPrecision(2)))
  return size < 1e-4 || plain.length > 5 ? value.toExponential(0) : plain
}
