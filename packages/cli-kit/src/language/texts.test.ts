import { afterEach, describe, expect, it } from 'vitest'
import { textFaults } from '../testing.ts'
import { texts } from './texts.ts'
import { language, setLanguage, translated } from './translated.ts'

afterEach(() => setLanguage('en'))

const sources = [new URL('../', import.meta.url)]

describe('translated', () => {
  it('returns the texts in the language of the process, English at first', () => {
    const table = translated(
      { saved: (file: string) => `saved in ${file}` },
      { saved: (file) => `保存先：${file}` },
    )
    expect([language(), table().saved('x')]).toEqual(['en', 'saved in x'])
    setLanguage('ja')
    expect([language(), table().saved('x')]).toEqual(['ja', '保存先：x'])
  })
})

describe('the texts of all commands', () => {
  it('are in both languages, complete and used', () => {
    expect(textFaults(texts, sources)).toEqual([])
  })
})

describe('textFaults', () => {
  it('finds texts that are missing, empty, not translated, not used, or lack a value', () => {
    const en = {
      files: { missing: 'a' },
      data: { unknown: (name: string) => name, bytes: 'read', drawing: '', tooFew: '枚', never: 'b' },
    }
    const ja = {
      files: { missing: '無' },
      data: { unknown: (_: string) => '不明', bytes: 'read', drawing: '描', tooFew: '枚', extra: '余' },
    }
    expect(textFaults({ en, ja }, sources)).toEqual([
      '.data.never is missing in Japanese',
      '.data.extra is missing in English',
      '.data.drawing is empty',
      '.data.unknown does not contain ⟨0⟩',
      '.data.bytes is not in Japanese',
      '.data.tooFew is not in English',
      '.data.never is not used',
    ])
  })
})
