import { createRng } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { perturbNumber } from './finite-differences.ts'
import { estimateNoise } from './noise.ts'

describe('estimateNoise', () => {
  it('finds the standard deviation of the noise of a curved function, within a factor of 5', () => {
    for (const deviation of [1e-12, 1e-9]) {
      const rng = createRng(5)
      const noisy = perturbNumber((x) => Math.exp(x) + deviation * rng.normal(), 0)
      const noise = estimateNoise(noisy, 1e-4)
      expect(noise).toBeGreaterThan(deviation / 5)
      expect(noise).toBeLessThan(deviation * 5)
    }
  })

  it('is 0 for a function without rounding errors', () => {
    expect(
      estimateNoise(
        perturbNumber((x) => 3 * x, 0),
        2 ** -20,
      ),
    ).toBe(0)
  })
})
