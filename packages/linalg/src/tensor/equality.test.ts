import { expect, it } from 'vitest'
import { tensor } from '../index.ts'

it('tensors are equal to a test where shape, dtype and every element are', () => {
  expect(tensor([1, 2])).toEqual(tensor([1, 2]))
  expect([tensor([1, 2])]).toEqual([tensor([1, 2])])
  expect(tensor([1, 2])).not.toEqual(tensor([1, 3]))
  expect({ W: tensor([1, 2]) }).not.toEqual({ W: tensor([[1, 2]]) })
  expect(tensor([1, 2])).not.toEqual(tensor([1, 2], { dtype: 'float32' }))
})
