import { expect, it } from 'vitest'
import { wrap } from './wrap.ts'

it('text is broken at spaces, and indented below its first line', () => {
  expect(wrap('one two three four', 10)).toEqual(['one two', '  three', '  four'])
})

it('a word that is too long stands alone', () => {
  expect(wrap('a /very/long/path b', 8)).toEqual(['a', '  /very/long/path', '  b'])
})
