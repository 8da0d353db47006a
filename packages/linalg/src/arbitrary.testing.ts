/** Random tensors for property tests, and a naive way to visit all their indices. */
import fc from 'fast-check'
import { createRng, type DType, randomNormal, type Tensor } from './index.ts'

/** Shapes of up to four axes of up to four elements, axes of length 0 included. */
export const anyShape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })

export const anyDtype = fc.constantFrom<DType>('float32', 'float64')

/** Tensors of normal deviates, of any shape and dtype. */
export const anyTensor = fc
  .tuple(anyShape, anyDtype, fc.nat(1000))
  .map(([shape, dtype, seed]) => randomNormal(shape, { rng: createRng(seed), dtype }))

/** Returns all indices of a shape in row-major order. */
export function indicesOf(shape: readonly number[]): number[][] {
  if (shape.length === 0) return [[]]
  const inner = indicesOf(shape.slice(1))
  return Array.from({ length: shape[0] }, (_, i) => inner.map((rest) => [i, ...rest])).flat()
}

/** Returns the elements that `element(index)` gives for every index of the tensor's shape, rounded to its dtype. */
export const elementsBy = (x: Tensor, element: (index: number[]) => number): number[] =>
  indicesOf(x.shape).map((index) => (x.dtype === 'float32' ? Math.fround(element(index)) : element(index)))
