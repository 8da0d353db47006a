/** The frame around the pages: header, navigation, footer, language and theme; shows the page that the address names. */
import { isLanguage, type Language, languageFor } from '../i18n/language.ts'
import { shellTexts } from '../i18n/shell.ts'
import { el } from '../ui/el.ts'
import type { Context, Page, PageEntry } from './page.ts'
import { formatAddress, parseAddress } from './router.ts'
import { createPageStorage } from './storage.ts'
import { applyTheme, storedTheme, THEMES, type Theme } from './theme.ts'

/** Builds the shell in `body`, shows the page of the address in it, and follows the address from then on. The first page is the default. */
export function startShell(body: HTMLElement, pages: readonly PageEntry[]): void {
  const storage = createPageStorage(() => localStorage)
  let language = storage.read('language', isLanguage) ?? languageFor(navigator.languages)
  let theme = storedTheme(storage)
  let unmount = () => {}
  /** Counts calls of `show`, so that a page that loads slowly does not replace a later one. */
  let shown = 0
  applyTheme(theme, storage)

  const setTheme = (chosen: Theme) => {
    theme = chosen
    applyTheme(theme, storage)
    renderFrame()
    body.querySelector<HTMLElement>('[data-theme-now]')?.focus()
  }
  const toggleLanguage = () => {
    language = language === 'en' ? 'ja' : 'en'
    storage.write('language', language)
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

  /** Renders everything around the page. */
  function renderFrame(): void {
    const { page } = currentAddress(pages)
    const texts = shellTexts[language]
    document.documentElement.lang = language
    document.title = `${pages.find(({ id }) => id === page)?.title[language] ?? ''} · Gosa`
    skip.textContent = texts.skip
    footer.replaceChildren(el('p', {}, texts.offline))
    const next = header({ language, theme, page, pages, onLanguage: toggleLanguage, onTheme: setTheme })
    const hadFocus = head.querySelector('nav')?.contains(document.activeElement)
    head.replaceWith(next)
    head = next
    if (hadFocus) next.querySelector<HTMLElement>('[aria-current]')?.focus()
  }

  async function show(): Promise<void> {
    const { page, params } = currentAddress(pages)
    const entry = pages.find(({ id }) => id === page)
    const number = ++shown
    unmount()
    unmount = () => {}
    renderFrame()
    if (!entry) return
    main.replaceChildren(el('p', { class: 'waiting', role: 'status' }, shellTexts[language].loading))
    try {
      const loaded: Page = await entry.load()
      if (number !== shown) return
      main.replaceChildren()
      unmount = loaded.mount(main, contextOf(page, params))
    } catch (error) {
      if (number !== shown) return
      const text = shellTexts[language].failed((error as Error).message)
      main.replaceChildren(el('p', { class: 'fault', role: 'alert' }, text))
    }
  }

  const contextOf = (page: string, params: Context['params']): Context => ({
    language,
    params,
    storage,
    setParams: (state) => history.replaceState(null, '', formatAddress(page, state)),
  })

  body.replaceChildren(skip, head, main, footer)
  // By default a browser opens a dropped file in place of the page.
  for (const event of ['dragover', 'drop']) addEventListener(event, (dropped) => dropped.preventDefault())
  addEventListener('hashchange', () => {
    show()
    scrollTo(0, 0)
  })
  show().then(() => whenIdle(() => prepareAll(pages)))
}

interface HeaderState {
  readonly language: Language
  readonly theme: Theme
  /** The page that is open. */
  readonly page: string
  readonly pages: readonly PageEntry[]
  onLanguage(): void
  onTheme(theme: Theme): void
}

/** The header: the name, the navigation, language and theme. */
function header({ language, theme, page, pages, onLanguage, onTheme }: HeaderState): HTMLElement {
  const texts = shellTexts[language]
  const other = language === 'en' ? 'ja' : 'en'
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]
  const themeLabel = `${texts.theme}: ${texts.themes[theme]}`
  return el(
    'header',
    { class: 'site' },
    el(
      'a',
      { class: 'brand', href: formatAddress(pages[0]?.id ?? '') },
      el('b', {}, 'Gosa'),
      ' ',
      el('span', { lang: 'ja' }, '誤差'),
    ),
    el(
      'nav',
      { 'aria-label': texts.pages },
      ...pages.map(({ id, title }) =>
        el('a', { href: formatAddress(id), 'aria-current': id === page && 'page' }, title[language]),
      ),
    ),
    el(
      'div',
      { class: 'choices' },
      el('button', { type: 'button', class: 'quiet', lang: other, onclick: onLanguage }, texts.otherLanguage),
      el(
        'button',
        {
          type: 'button',
          class: 'quiet icon',
          'data-theme-now': theme,
          'aria-label': themeLabel,
          title: themeLabel,
          onclick: () => onTheme(next),
        },
        el('span', { 'aria-hidden': 'true' }, { auto: '◐', light: '☀', dark: '☾' }[theme]),
      ),
    ),
  )
}

/** Loads what the other pages need. */
function prepareAll(pages: readonly PageEntry[]): void {
  for (const { load } of pages) {
    // A page that cannot be loaded is reported when it is opened.
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

/** The address; one that names no page leads to the first page. */
function currentAddress(pages: readonly PageEntry[]) {
  const address = parseAddress(location.hash)
  return pages.some(({ id }) => id === address.page) ? address : { page: pages[0]?.id ?? '', params: {} }
}
