import { el } from '../../dom/el.ts'
import type { DrawTexts } from '../../text/draw.ts'
import type { Numbers } from '../../view/numbers.ts'

/** The probabilities of ten digits as bars, in a table that can be read aloud. */
export function bars(t: DrawTexts, { share }: Numbers) {
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const value = el('td', { class: 'number' })
    const bar = el('span', { class: 'bar', 'aria-hidden': 'true' })
    const row = el(
      'tr',
      {},
      el('th', { scope: 'row' }, String(digit)),
      el('td', { class: 'track' }, bar),
      value,
    )
    return { row, bar, value }
  })
  const element = el(
    'table',
    { class: 'bars' },
    el('caption', { class: 'unseen' }, t.probabilities),
    el(
      'thead',
      { class: 'unseen' },
      el(
        'tr',
        {},
        el('th', { scope: 'col' }, t.digit),
        el('td', {}),
        el('th', { scope: 'col' }, t.probability),
      ),
    ),
    el('tbody', {}, ...rows.map(({ row }) => row)),
  )
  function update(probabilities: Float32Array | undefined): void {
    const best = probabilities ? probabilities.indexOf(Math.max(...probabilities)) : -1
    for (const [digit, { row, bar, value }] of rows.entries()) {
      const p = probabilities?.[digit] ?? 0
      bar.style.setProperty('--p', String(p))
      value.textContent = probabilities ? share(p) : '–'
      row.classList.toggle('best', digit === best)
    }
  }
  return { element, update }
}
