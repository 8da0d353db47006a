import { describe, expect, it } from 'vitest'
import { chooseLanguage } from './choose-language.ts'

describe('chooseLanguage', () => {
  it('follows --lang, wherever it stands, the last one if there are several', () => {
    expect(chooseLanguage(['node', 'x', '--lang', 'ja'], {})).toBe('ja')
    expect(chooseLanguage(['node', 'x', 'sub', '--lang=ja', '--quiet'], {})).toBe('ja')
    expect(chooseLanguage(['--lang', 'ja', '--lang', 'en'], { LANG: 'ja_JP.UTF-8' })).toBe('en')
    expect(chooseLanguage(['--', '--lang', 'ja'], {})).toBe('en')
  })

  it('follows the environment otherwise: LC_ALL, then LC_MESSAGES, then LANG', () => {
    const en = 'en_US.UTF-8'
    const ja = 'ja_JP.UTF-8'
    expect(chooseLanguage([], { LANG: ja })).toBe('ja')
    expect(chooseLanguage([], { LC_MESSAGES: en, LANG: ja })).toBe('en')
    expect(chooseLanguage([], { LC_ALL: ja, LC_MESSAGES: en, LANG: en })).toBe('ja')
    expect(chooseLanguage([], { LC_ALL: '', LC_MESSAGES: '', LANG: ja })).toBe('ja')
    expect(chooseLanguage(['--lang', 'fr'], { LANG: ja })).toBe('ja')
    expect(chooseLanguage(['--lang'], { LANG: ja })).toBe('ja')
  })

  it.each(['ja', 'ja_JP', 'ja_JP.utf8', 'JA_JP.UTF-8', 'ja.UTF-8', 'ja_JP.UTF-8@cjknarrow'])(
    'knows %s',
    (LANG) => {
      expect(chooseLanguage([], { LANG })).toBe('ja')
    },
  )

  it.each(['', 'C', 'POSIX', 'C.UTF-8', 'de_DE.UTF-8', 'jam_JM.UTF-8', 'ja_JP.eucJP', 'ja_JP.SJIS', '日本'])(
    'is English for the locale %j',
    (LANG) => expect(chooseLanguage([], { LANG })).toBe('en'),
  )
})
