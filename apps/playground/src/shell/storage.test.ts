import { describe, expect, it } from 'vitest'
import { createPageStorage } from './storage.ts'

describe('createPageStorage', () => {
  const isNumber = (value: unknown): value is number => typeof value === 'number'
  const fakeStorage = (items: Record<string, string> = {}) => ({
    getItem: (key: string) => items[key] ?? null,
    setItem: (key: string, value: string) => {
      items[key] = value
    },
  })

  it('reads what was written, if it is valid', () => {
    const browser = fakeStorage({ 'gosa.playground.broken': '{', 'gosa.playground.text': '"x"' })
    const pages = createPageStorage(() => browser)
    pages.write('n', 3)
    expect(pages.read('n', isNumber)).toBe(3)
    for (const name of ['broken', 'text', 'absent']) expect(pages.read(name, isNumber)).toBeUndefined()
  })

  it('reads undefined and does not throw if the browser forbids storage', () => {
    const pages = createPageStorage(() => {
      throw new Error('forbidden')
    })
    pages.write('n', 3)
    expect(pages.read('n', isNumber)).toBeUndefined()
  })
})
