/** What the tests of optimizers share: steps of weights, and comparisons with PyTorch, NumPy and closed forms. */
import { type DType, type Tensor, tensor } from '@gosa/linalg'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Optimizer, Parameter } from './index.ts'

/** A parameter, as a layer returns it, made of numbers. */
export const parameter = (name: string, value: number[], grad: number[], dtype?: DType): Parameter => ({
  name,
  value: tensor(value, { dtype }),
  grad: tensor(grad, { dtype }),
})

/** Returns the weights after each step with the given gradients. */
export function takeSteps(
  optimizer: Optimizer,
  start: number[],
  gradients: number[][],
  dtype?: DType,
): Tensor[] {
  const { value } = parameter('w', start, start, dtype)
  return gradients.map((grad) => {
    optimizer.step([{ name: 'w', value, grad: tensor(grad, { dtype }) }])
    return value.clone()
  })
}

/** Generates the gradients of up to 20 steps of a single weight, each from `min` to 9. */
export const gradientSequences = (min = -9) =>
  fc.array(
    fc.double({ min, max: 9, noNaN: true }).map((g) => [g]),
    { minLength: 1, maxLength: 20 },
  )

/** Three weights and three gradients, the same as for PyTorch and NumPy (one gradient is 0). */
const start = [1, -2, 3]
const gradients = [
  [0.5, -0.25, 0],
  [-1, 0.125, 2],
  [0.25, 0.75, -0.5],
]

/**
 * Expects, to `digits` digits, the steps that PyTorch 1.13.0 takes for the same numbers in float64:
 *
 *     import torch
 *     w = torch.tensor([1., -2., 3.], dtype=torch.float64, requires_grad=True)
 *     o = torch.optim.SGD([w], lr=0.1)          # each test shows this line
 *     for g in [[.5, -.25, 0], [-1, .125, 2], [.25, .75, -.5]]:
 *         w.grad = torch.tensor(g, dtype=torch.float64); o.step(); print(w.tolist())
 */
export function expectSteps(optimizer: Optimizer, expected: number[][], digits = 14): void {
  for (const [i, weights] of takeSteps(optimizer, start, gradients).entries()) {
    for (const [j, value] of expected[i].entries()) expect(weights.at(j)).toBeCloseTo(value, digits)
  }
}

/** Expects that both sequences of weights are equal within a few rounding errors. */
export function expectClose(got: Tensor[], expected: number[][], tolerance = 1e-12): void {
  got.forEach((weights, i) => {
    weights.data.forEach((value, j) => {
      const size = Math.max(1, Math.abs(expected[i][j]))
      expect(Math.abs(value - expected[i][j]) / size).toBeLessThan(tolerance)
    })
  })
}

/** `Σ_{i ≤ t} factor^{t − i}·terms_i`: the recursion `s ← factor·s + term` written as a sum. */
export const decayingSum = (terms: number[], factor: number): number =>
  terms.reduce((sum, term, i) => sum + factor ** (terms.length - 1 - i) * term, 0)

/** Returns a single weight after each step; `stepOf` is what is subtracted, a function of all gradients so far. */
export function closedForm(
  start: number,
  gradients: number[][],
  stepOf: (g: number[]) => number,
): number[][] {
  let w = start
  return gradients.map((_, t) => {
    w -= stepOf(gradients.slice(0, t + 1).map(([g]) => g))
    return [w]
  })
}
