import { formatAddress } from '../address.ts'
import { el } from '../dom/el.ts'
import { pages } from '../pages.ts'
import type { Language } from '../text/language.ts'
import { shellTexts } from '../text/shell.ts'
import { THEMES, type Theme } from './theme.ts'

export interface HeaderState {
  readonly language: Language
  readonly theme: Theme
  /** The page that is open. */
  readonly page: string
  onLanguage(): void
  onTheme(theme: Theme): void
}

/** The top of the page: its name, the way to each page, language and appearance. */
export function header({ language, theme, page, onLanguage, onTheme }: HeaderState): HTMLElement {
  const texts = shellTexts[language]
  const other = language === 'en' ? 'ja' : 'en'
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]
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
          'aria-label': `${texts.theme}: ${texts.themes[theme]}`,
          title: `${texts.theme}: ${texts.themes[theme]}`,
          onclick: () => onTheme(next),
        },
        el('span', { 'aria-hidden': 'true' }, { auto: '◐', light: '☀', dark: '☾' }[theme]),
      ),
    ),
  )
}
