import { expect, it } from 'vitest'
import { accuracy, count, duration, epochs, loss } from './numbers.ts'

it('accuracies have four places', () => {
  expect([0, 0.97129, 1].map(accuracy)).toEqual(['0.0000', '0.9713', '1.0000'])
})

it('losses have four places, or powers of ten where these would say nothing', () => {
  expect([0, 2.71, 1e-5, 123456.7, Number.NaN].map(loss)).toEqual([
    '0.0000',
    '2.7100',
    '1.00e-5',
    '1.23e+5',
    'NaN',
  ])
})

it('large numbers have their thousands set apart', () => {
  expect([7, 312_000.4].map(count)).toEqual(['7', '312,000'])
})

it('times have as many places as matter', () => {
  expect([0.44, 9.96, 200, 3900].map(duration)).toEqual(['0.4 s', '10 s', '3 min 20 s', '1 h 05 min'])
})

it('epochs are whole, or have one place', () => {
  expect([3, 16.67].map(epochs)).toEqual(['3', '16.7'])
})
