import type { Memory } from '../memory.ts'

/** What the reader can choose. */
export const THEMES = ['auto', 'light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

export const isTheme = (word: unknown): word is Theme => THEMES.some((theme) => theme === word)

/** The theme of the last visit. */
export const rememberedTheme = (memory: Memory): Theme => memory.recall('theme', isTheme) ?? 'auto'

/** Puts a theme on and remembers it. */
export function wear(theme: Theme, memory: Memory): void {
  document.documentElement.dataset.theme = theme
  memory.keep('theme', theme)
}
