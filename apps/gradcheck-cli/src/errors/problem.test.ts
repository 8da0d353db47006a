import { expect, it } from 'vitest'
import { problemOf } from './problem.ts'

it('an error is told by its kind and the first line of its message', () => {
  expect(problemOf(new RangeError('wrong shape\nand more'), '/own').message).toBe('RangeError: wrong shape')
  expect(problemOf(new Error('plain'), '/own').message).toBe('plain')
  expect(problemOf(new TypeError(), '/own').message).toBe('TypeError: TypeError')
})

it('it knows the line where it was made', () => {
  const { place } = problemOf(new Error('here'), '/own')
  expect(place?.file).toMatch(/problem\.test\.ts$/)
})

it('what is thrown and is no error is told as it is', () => {
  expect(problemOf('oops', '/own').message).toBe('string oops was thrown, which is no Error')
})
