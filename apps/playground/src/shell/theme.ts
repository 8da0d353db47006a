/** The theme of the page: light, dark, or as the system has it. */
import type { PageStorage } from './storage.ts'

export const THEMES = ['auto', 'light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

const isTheme = (value: unknown): value is Theme => THEMES.some((theme) => theme === value)

/** The theme of the last visit. */
export const storedTheme = (storage: PageStorage): Theme => storage.read('theme', isTheme) ?? 'auto'

/** Applies a theme and stores it. */
export function applyTheme(theme: Theme, storage: PageStorage): void {
  document.documentElement.dataset.theme = theme
  storage.write('theme', theme)
}

/** Calls `repaint` when the colours change, by the reader's choice or the system's. Returns a function that stops that. */
export function onThemeChange(repaint: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)')
  const observer = new MutationObserver(repaint)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  media.addEventListener('change', repaint)
  return () => {
    observer.disconnect()
    media.removeEventListener('change', repaint)
  }
}
