import { translated } from './language.ts'

/** What stands around the pages. */
export const shellTexts = translated(
  {
    tagline: 'Neural networks whose gradients are verified',
    skip: 'Skip to the content',
    pages: 'Pages',
    otherLanguage: '日本語',
    theme: 'Appearance',
    themes: { auto: 'As the system', light: 'Light', dark: 'Dark' },
    loading: 'Loading…',
    failed: (why: string) => `This page could not be loaded: ${why}`,
    offline: 'Nothing leaves your device: once loaded, the page works without a network.',
  },
  {
    tagline: '勾配の正しさを検証済みのニューラルネットワーク',
    skip: '本文へ移動',
    pages: 'ページ',
    otherLanguage: 'English',
    theme: '外観',
    themes: { auto: 'システムに合わせる', light: 'ライト', dark: 'ダーク' },
    loading: '読み込み中…',
    failed: (why) => `このページを読み込めませんでした：${why}`,
    offline: 'データが端末の外に送られることはありません。一度読み込めば、オフラインでも動作します。',
  },
)
