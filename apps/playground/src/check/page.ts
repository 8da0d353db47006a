/** The page Check: the gradient check of a layer, with or without a planted fault. */
import { checkTexts } from '../i18n/check.ts'
import type { Page } from '../shell/page.ts'
import { el } from '../ui/el.ts'
import { numberFormats } from '../ui/numbers.ts'
import { card, pageHeading } from '../ui/widgets.ts'
import { type CheckChoice, checkForm, entryView } from './cards.ts'
import { sharedChecker } from './client.ts'
import { type CheckReply, LAYERS } from './protocol.ts'

type Params = Partial<Record<string, string>>

const isParams = (value: unknown): value is Params =>
  typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string')

export const page: Page = {
  prepare: sharedChecker,
  mount(root, { language, params: given, setParams, storage }) {
    const t = checkTexts[language]
    const numbers = numberFormats(language)
    const checker = sharedChecker()
    // The address takes precedence over what was checked last.
    const params = Object.keys(given).length > 0 ? given : (storage.read('check', isParams) ?? {})
    const seed = Number(params.seed ?? 0)
    const initial: CheckChoice = {
      layer: LAYERS.find((name) => name === params.layer) ?? 'Affine',
      fault: params.fault,
      seed: Number.isSafeInteger(seed) && seed >= 0 ? seed : 0,
    }
    const form = checkForm(initial, { t, language }, (choice) => check(choice))
    const verdict = el('p', { class: 'verdict', role: 'status' }, t.checking)
    const findings = el('ul', { class: 'findings' })
    const maps = el('div', { class: 'entries' })
    const table = el('pre', { tabindex: '0', lang: 'en' })
    root.append(
      pageHeading(t.title, t.lead),
      el(
        'div',
        { class: 'check grid' },
        el(
          'div',
          { class: 'column' },
          card(t.layer, 'settings', form.element),
          card(t.verdict, 'verdict-card', verdict, findings),
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
      storage.write('check', state)
      root.setAttribute('aria-busy', 'true')
      try {
        show(await checker.check(choice), fault)
      } catch (error) {
        // The fault cannot be planted in this layer, or has no effect with these numbers.
        if (fault !== undefined) return check({ ...choice, fault: undefined })
        verdict.className = 'verdict fault'
        verdict.textContent = t.failed((error as Error).message)
      } finally {
        root.removeAttribute('aria-busy')
      }
    }

    function show(reply: CheckReply, fault: string | undefined): void {
      form.setFaults(reply.faults, fault)
      const ok = reply.verdict === 'pass'
      verdict.className = `verdict ${ok ? 'good' : 'fault'}`
      verdict.textContent = reply.verdict === 'fail' && fault !== undefined ? t.caught : t[reply.verdict]
      const causes = reply.entries.filter(({ cause }) => cause)
      findings.replaceChildren(
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
