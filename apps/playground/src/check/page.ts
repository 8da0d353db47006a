import { el } from '../dom/el.ts'
import type { Page } from '../page.ts'
import { checkTexts } from '../text/check.ts'
import { card, opening } from '../view/card.ts'
import { numbersIn } from '../view/numbers.ts'
import { theChecker } from './client.ts'
import { type CheckReply, LAYERS } from './protocol.ts'
import { entryView } from './view/entry.ts'
import { type CheckChoice, checkForm } from './view/form.ts'

type Params = Partial<Record<string, string>>

const isParams = (value: unknown): value is Params =>
  typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string')

/** The page Check. */
export const page: Page = {
  prepare: theChecker,
  mount(root, { language, params: given, setParams, memory }) {
    const t = checkTexts[language]
    const numbers = numbersIn(language)
    const checker = theChecker()
    // What is in the address, else what was checked last.
    const params = Object.keys(given).length > 0 ? given : (memory.recall('check', isParams) ?? {})
    const seed = Number(params.seed ?? 0)
    const initial: CheckChoice = {
      layer: LAYERS.find((name) => name === params.layer) ?? 'Affine',
      fault: params.fault,
      seed: Number.isSafeInteger(seed) && seed >= 0 ? seed : 0,
    }
    const form = checkForm(initial, { t, language }, (choice) => check(choice))
    const verdict = el('p', { class: 'verdict', role: 'status' }, t.checking)
    const said = el('ul', { class: 'findings' })
    const maps = el('div', { class: 'entries' })
    const table = el('pre', { tabindex: '0', lang: 'en' })
    root.append(
      opening(t.title, t.lead),
      el(
        'div',
        { class: 'check grid' },
        el(
          'div',
          { class: 'column' },
          card(t.layer, 'settings', form.element),
          card(t.verdict, 'says', verdict, said),
        ),
        card(t.maps, 'heat-maps', el('p', { class: 'lead' }, t.mapsLead), maps),
        el(
          'details',
          { class: 'card table' },
          el('summary', {}, t.table),
          table,
          el('p', { class: 'note' }, t.terminal),
        ),
      ),
    )

    async function check(choice: CheckChoice): Promise<void> {
      const { layer, fault } = choice
      const state = {
        layer: layer === 'Affine' ? undefined : layer,
        fault,
        seed: choice.seed ? String(choice.seed) : undefined,
      }
      setParams(state)
      memory.keep('check', state)
      root.setAttribute('aria-busy', 'true')
      try {
        show(await checker.check(choice), fault)
      } catch (error) {
        // A fault that this layer cannot have, or that shows with other numbers alone.
        if (fault !== undefined) return check({ ...choice, fault: undefined })
        verdict.className = 'verdict fault'
        verdict.textContent = t.failed((error as Error).message)
      } finally {
        root.removeAttribute('aria-busy')
      }
    }

    function show(reply: CheckReply, fault: string | undefined): void {
      form.offer(reply.faults, fault)
      const ok = reply.verdict === 'pass'
      verdict.className = `verdict ${ok ? 'good' : 'fault'}`
      verdict.textContent = reply.verdict === 'fail' && fault !== undefined ? t.caught : t[reply.verdict]
      const causes = reply.entries.filter(({ cause }) => cause)
      said.replaceChildren(
        ...causes.map(({ name, cause }) =>
          el('li', {}, el('code', {}, name), ` – ${t.cause} `, el('b', { lang: 'en' }, cause ?? '')),
        ),
        ...reply.findings.map((message) => el('li', {}, `${t.finding} `, el('b', { lang: 'en' }, message))),
      )
      maps.replaceChildren(...reply.entries.map((entry) => entryView(entry, t, numbers)))
      table.textContent = reply.table
    }

    check(initial)
    return () => {}
  },
}
