import { translated } from './language.ts'

/** The texts around the pages. */
export const shellTexts = translated(
  {
    skip: 'Skip to the content',
    pages: 'Pages',
    otherLanguage: '日本語',
    theme: 'Appearance',
    themes: { auto: 'System', light: 'Light', dark: 'Dark' },
    loading: 'Loading…',
    failed: (why: string) => `This page could not be loaded: ${why}`,
    offline: 'Nothing leaves your device. Once loaded, the page works offline.',
  },
  {
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
