import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { showGradient, showNumber, showValue } from './format.ts'

describe('showNumber', () => {
  it.each([
    [220.00000000000003, '220'],
    [1.1, '1.1'],
    [-2.5, '−2.5'],
    [-0, '0'],
    [1 / 3, '0.333333'],
    [123456.7, '123457'],
    [1234567.8, '1234568'],
    [0.00001234, '1.23e−5'],
    [5e12, '5.00e+12'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('shows %d as %s', (x, text) => expect(showNumber(x)).toBe(text))
})

describe('showValue', () => {
  it('shows single numbers, and the shape of larger values', () => {
    expect([2, tensor([2]), tensor([[1, 2]])].map(showValue)).toEqual(['2', '2', '(1, 2)'])
  })
})

describe('showGradient', () => {
  it('shows single numbers, and the largest absolute value of larger gradients', () => {
    expect([2, tensor([[0.1234, -0.5678]]), tensor([Number.NaN, 1])].map(showGradient)).toEqual([
      ...['2', 'max 0.57', 'max NaN'],
    ])
  })
})
