import { tensor } from '@gosa/linalg'
import { expect, it } from 'vitest'
import { toValue } from './to-value.ts'

it('numbers and tensors stay, nested arrays become tensors of float64', () => {
  const x = tensor([1])
  expect(toValue(x, 'x')).toBe(x)
  expect(toValue(2, 'x')).toBe(2)
  expect(String(toValue([[1, -2]], 'x'))).toBe('tensor (1, 2) float64 [[1, -2]]')
})

it('anything else is refused in words', () => {
  expect(() => toValue(undefined, 'mine: x')).toThrow(
    'mine: x must be a tensor, a number or nested arrays of numbers, not undefined',
  )
  expect(() => toValue(new Map(), 'x')).toThrow(/not a Map$/)
})
