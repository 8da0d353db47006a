import { describe, expect, it } from 'vitest'
import { isLanguage, languageFor } from './language.ts'

describe('languageFor', () => {
  it("returns the first of the reader's languages that there is, else English", () => {
    expect(languageFor(['fr-FR', 'ja-JP', 'en'])).toBe('ja')
    expect(languageFor(['fr'])).toBe('en')
    expect([isLanguage('ja'), isLanguage('fr')]).toEqual([true, false])
  })
})
