import { describe, expect, it } from 'vitest'
import { formatAddress, parseAddress } from './address.ts'
import { memoryIn } from './memory.ts'
import { isLanguage, languageFor } from './text/language.ts'

describe('an address', () => {
  it('names a page and its state', () => {
    expect(parseAddress('#train?hidden=50&x=a%26b%3Fc')).toEqual({
      page: 'train',
      params: { hidden: '50', x: 'a&b?c' },
    })
    expect(parseAddress(formatAddress('draw', { s: 'a=b', none: undefined, empty: '' }))).toEqual({
      page: 'draw',
      params: { s: 'a=b' },
    })
    expect([parseAddress(''), parseAddress('#/check')]).toEqual([
      { page: '', params: {} },
      { page: 'check', params: {} },
    ])
    expect(formatAddress('draw')).toBe('#draw')
  })
})

describe('what is remembered', () => {
  const isNumber = (value: unknown): value is number => typeof value === 'number'
  const storage = (held: Record<string, string> = {}) => ({
    getItem: (key: string) => held[key] ?? null,
    setItem: (key: string, value: string) => {
      held[key] = value
    },
  })

  it('comes back, if it fits', () => {
    const memory = memoryIn(() => shelf)
    const shelf = storage({ 'gosa.playground.broken': '{', 'gosa.playground.text': '"x"' })
    memory.keep('n', 3)
    expect(memory.recall('n', isNumber)).toBe(3)
    for (const name of ['broken', 'text', 'absent']) expect(memory.recall(name, isNumber)).toBeUndefined()
  })

  it('is nothing where nothing can be kept, and no error', () => {
    const memory = memoryIn(() => {
      throw new Error('forbidden')
    })
    memory.keep('n', 3)
    expect(memory.recall('n', isNumber)).toBeUndefined()
  })
})

describe('the language', () => {
  it("is the first of the reader's that the page speaks", () => {
    expect(languageFor(['fr-FR', 'ja-JP', 'en'])).toBe('ja')
    expect(languageFor(['fr'])).toBe('en')
    expect([isLanguage('ja'), isLanguage('fr')]).toEqual([true, false])
  })
})
