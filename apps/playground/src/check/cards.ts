/** The parts of the page Check: the form, and the gradients of an entry as tables of coloured cells. */
import type { HeatMap } from '@gosa/gradcheck/report'
import { type CheckTexts, faultText } from '../i18n/check.ts'
import type { Language } from '../i18n/language.ts'
import { el } from '../ui/el.ts'
import type { NumberFormats } from '../ui/numbers.ts'
import { field, select } from '../ui/widgets.ts'
import { type CheckedEntry, LAYERS, type LayerName } from './protocol.ts'

/** What the reader has chosen to check. */
export interface CheckChoice {
  readonly layer: LayerName
  readonly fault?: string
  readonly seed: number
}

/** The form that chooses layer, fault and seed. `setFaults` fills the list of faults. */
export function checkForm(
  initial: CheckChoice,
  { t, language }: { t: CheckTexts; language: Language },
  onChange: (choice: CheckChoice) => void,
) {
  let choice = initial
  const change = (part: Partial<CheckChoice>) => {
    choice = { ...choice, ...part }
    onChange(choice)
  }
  const layer = field(t.layer, (attributes) =>
    select(
      LAYERS.map((name) => [name, name]),
      choice.layer,
      {
        ...attributes,
        name: 'layer',
        onchange: ({ target }: Event) => change({ layer: (target as HTMLSelectElement).value as LayerName }),
      },
    ),
  )
  const faults = el('select', {
    name: 'fault',
    onchange: () => change({ fault: faults.value || undefined }),
  })
  const fault = field(t.fault, (attributes) => {
    for (const [name, value] of Object.entries(attributes)) faults.setAttribute(name, String(value))
    return faults
  })
  const seed = field(t.seed, (attributes) =>
    el('input', {
      ...attributes,
      ...{ type: 'number', inputmode: 'numeric', name: 'seed', min: 0, step: 1, value: choice.seed },
      oninput: ({ target }: Event) => {
        const value = (target as HTMLInputElement).valueAsNumber
        if (Number.isSafeInteger(value) && value >= 0) change({ seed: value })
      },
    }),
  )

  /** Lists faults, grouped by the gradient that they are in. */
  function setFaults(names: readonly string[], planted: string | undefined): void {
    const groups = new Map<string, HTMLOptionElement[]>()
    for (const name of names) {
      const { variable, text } = faultText(name, language)
      const group = variable === undefined ? t.behaviour : t.gradientOf(variable)
      const option = el(
        'option',
        { value: name, selected: name === planted },
        variable === undefined ? text : `${variable}: ${text}`,
      )
      groups.set(group, [...(groups.get(group) ?? []), option])
    }
    faults.replaceChildren(
      el('option', { value: '' }, t.none),
      ...[...groups].map(([label, options]) => el('optgroup', { label }, ...options)),
    )
    faults.value = planted ?? ''
  }
  setFaults(choice.fault ? [choice.fault] : [], choice.fault)
  return { element: el('div', { class: 'fields' }, layer.element, fault.element, seed.element), setFaults }
}

/** One input or weight: how many of its entries are wrong, and both gradients and their error as tables. */
export function entryView(entry: CheckedEntry, t: CheckTexts, { count }: NumberFormats): HTMLElement {
  const { name, shape, verdict, wrong, compared, maps, analytic, numerical } = entry
  const largest = Math.max(...[...analytic, ...numerical].map(Math.abs).filter(Number.isFinite), 0) || 1
  const errors = analytic.map((a, i) => Math.abs(a - numerical[i]) / largest)
  const ok = verdict === 'pass'
  const summary = wrong > 0 ? t.compared(count(wrong), count(compared)) : t.allRight(count(compared))
  return el(
    'section',
    { class: `entry ${verdict}` },
    el(
      'h3',
      {},
      el('code', {}, t.entry(name, `(${shape.join(', ')})`)),
      el('span', { class: `mark ${ok ? 'good' : 'fault'}` }, ok ? '✓ ' : '✕ ', summary),
    ),
    maps
      ? el(
          'div',
          { class: 'maps' },
          ...[
            heatTable(
              {
                title: t.analytic,
                kind: 'signed',
                map: maps.analytic,
                values: analytic,
                worst: ok ? [] : maps.worst,
              },
              t,
            ),
            heatTable(
              { title: t.numerical, kind: 'signed', map: maps.numerical, values: numerical, worst: [] },
              t,
            ),
            heatTable(
              { title: t.error, kind: 'error', map: maps.error, values: errors, worst: ok ? [] : maps.worst },
              t,
            ),
          ].map((table) => el('div', { class: 'scroller' }, table)),
        )
      : el('p', { class: 'note' }, t.noMaps),
  )
}

interface HeatTable {
  readonly title: string
  readonly kind: 'signed' | 'error'
  readonly map: HeatMap
  readonly values: readonly number[]
  readonly worst: readonly { readonly column: number; readonly row: number }[]
}

/** A heat map as a table, each cell with its colour and its number. */
function heatTable({ title, kind, map, values, worst }: HeatTable, t: CheckTexts): HTMLElement {
  const { width, height, levels } = map
  const cell = (row: number, column: number) => {
    const i = row * width + column
    const isWorst = worst.some((one) => one.row === row && one.column === column)
    const text = cellNumber(values[i])
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

/** A number short enough for a cell: 0.12, -1.2, 3e-9. */
function cellNumber(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value).replace('NaN', '?')
  const size = Math.abs(value)
  const plain = String(Number(value.toPrecision(2)))
  return size < 1e-4 || plain.length > 5 ? value.toExponential(0) : plain
}
