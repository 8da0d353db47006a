import { el } from '../../dom/el.ts'
import type { CheckTexts } from '../../text/check.ts'
import type { Numbers } from '../../view/numbers.ts'
import type { CheckedEntry } from '../protocol.ts'
import { heatTable } from './heat-table.ts'

/** One input or weight: what is wrong with its gradient, and the three maps. */
export function entryView(entry: CheckedEntry, t: CheckTexts, { count }: Numbers): HTMLElement {
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
