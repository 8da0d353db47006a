import { formatAddress, parseAddress } from '../address.ts'
import { el } from '../dom/el.ts'
import { memoryIn } from '../memory.ts'
import type { Context, Page } from '../page.ts'
import { pages } from '../pages.ts'
import { isLanguage, languageFor } from '../text/language.ts'
import { shellTexts } from '../text/shell.ts'
import { header } from './header.ts'
import { rememberedTheme, type Theme, wear } from './theme.ts'

/** Puts the shell into `body` and the page of the address into it, and follows the address from then on. */
export function startShell(body: HTMLElement): void {
  const memory = memoryIn(() => localStorage)
  let language = memory.recall('language', isLanguage) ?? languageFor(navigator.languages)
  let theme = rememberedTheme(memory)
  let takeDown = () => {}
  /** Counts what was shown, so that a page that loads slowly does not replace a later one. */
  let shown = 0
  wear(theme, memory)

  const setTheme = (chosen: Theme) => {
    theme = chosen
    wear(theme, memory)
    render()
    body.querySelector<HTMLElement>('[data-theme-now]')?.focus()
  }
  const setLanguage = () => {
    language = language === 'en' ? 'ja' : 'en'
    memory.keep('language', language)
    show()
    body.querySelector<HTMLElement>('.choices button')?.focus()
  }
  let head = el('header', {})
  const main = el('main', { id: 'content', tabindex: '-1' })
  const footer = el('footer', { class: 'site' })
  const skip = el('a', { class: 'skip', href: '#content' })
  skip.addEventListener('click', (event) => {
    event.preventDefault()
    main.focus()
  })

  /** Everything around the page. */
  function render(): void {
    const { page } = here()
    const texts = shellTexts[language]
    document.documentElement.lang = language
    document.title = `${pages.find(({ id }) => id === page)?.title[language] ?? ''} · Gosa`
    skip.textContent = texts.skip
    footer.replaceChildren(el('p', {}, texts.offline))
    const next = header({ language, theme, page, onLanguage: setLanguage, onTheme: setTheme })
    const hadFocus = head.querySelector('nav')?.contains(document.activeElement)
    head.replaceWith(next)
    head = next
    if (hadFocus) next.querySelector<HTMLElement>('[aria-current]')?.focus()
  }

  async function show(): Promise<void> {
    const { page, params } = here()
    const entry = pages.find(({ id }) => id === page)
    const number = ++shown
    takeDown()
    takeDown = () => {}
    render()
    if (!entry) return
    main.replaceChildren(el('p', { class: 'waiting', role: 'status' }, shellTexts[language].loading))
    try {
      const loaded: Page = await entry.load()
      if (number !== shown) return
      main.replaceChildren()
      takeDown = loaded.mount(main, contextOf(page, params))
    } catch (error) {
      if (number !== shown) return
      const text = shellTexts[language].failed((error as Error).message)
      main.replaceChildren(el('p', { class: 'fault', role: 'alert' }, text))
    }
  }

  const contextOf = (page: string, params: Context['params']): Context => ({
    language,
    params,
    memory,
    setParams: (state) => history.replaceState(null, '', formatAddress(page, state)),
    go: (id, state) => {
      location.hash = formatAddress(id, state)
    },
  })

  body.replaceChildren(skip, head, main, footer)
  // A file that misses its place must not take the place of the page.
  for (const event of ['dragover', 'drop']) addEventListener(event, (dropped) => dropped.preventDefault())
  addEventListener('hashchange', () => {
    show()
    scrollTo(0, 0)
  })
  show().then(() => whenIdle(prepareAll))
}

/** Loads what the other pages need, while nothing else is to be done. */
function prepareAll(): void {
  for (const { load } of pages) {
    // What cannot be loaded is told where it is opened.
    load().then(
      (page) => page.prepare?.(),
      () => {},
    )
  }
}

const whenIdle = (work: () => void): void => {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work)
  else setTimeout(work, 1000)
}

/** Where the address leads; an address without a page, or of one that there is not, to the first. */
function here() {
  const address = parseAddress(location.hash)
  return pages.some(({ id }) => id === address.page) ? address : { page: pages[0]?.id ?? '', params: {} }
}
