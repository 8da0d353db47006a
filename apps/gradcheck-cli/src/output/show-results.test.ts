import { describe, expect, it } from 'vitest'
import { wrap } from './show-results.ts'

describe('wrap', () => {
  it('breaks text at spaces, and indents all lines but the first', () => {
    expect(wrap('one two three four', 10)).toEqual(['one two', '  three', '  four'])
  })

  it('puts a word that is too long on a separate line', () => {
    expect(wrap('a /very/long/path b', 8)).toEqual(['a', '  /very/long/path', '  b'])
  })
})
