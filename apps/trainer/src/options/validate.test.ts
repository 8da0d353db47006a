import { expect, it } from 'vitest'
import { isSlip } from './is-slip.ts'

it.each([
  ['hidden', 'hiden', true],
  ['hidden', 'hiddden', true],
  ['hidden', 'hidten', true],
  ['hidden', 'hiddne', true],
  ['hidden', 'idden', true],
  ['hidden', 'hidde', true],
  ['hidden', 'hidn', false],
  ['hidden', 'nedih', false],
  ['seed', 'data', false],
])('of %s, %s is a slip of one letter: %s', (a, b, slip) => {
  expect([isSlip(a, b), isSlip(b, a)]).toEqual([slip, slip])
})
