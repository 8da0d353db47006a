/** The list of pages. Each is a chunk of its own, loaded when it is opened. */
import type { PageEntry } from './shell/page.ts'

/** The pages in the order of the navigation; the first is the default. */
export const pages: readonly PageEntry[] = [
  {
    id: 'graph',
    title: { en: 'Graph', ja: 'グラフ' },
    load: async () => (await import('./graph/page.ts')).page,
  },
  {
    id: 'train',
    title: { en: 'Train', ja: '学習' },
    load: async () => (await import('./train/page.ts')).page,
  },
  {
    id: 'draw',
    title: { en: 'Draw', ja: '描く' },
    load: async () => (await import('./draw/page.ts')).page,
  },
  {
    id: 'check',
    title: { en: 'Check', ja: '確認' },
    load: async () => (await import('./check/page.ts')).page,
  },
]
