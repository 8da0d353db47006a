import type { Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { checkRange, StatefulOptimizer } from './stateful-optimizer.ts'

/**
 * RMSprop, AdaGrad with a memory that fades:
 *
 *     h ← ρ·h + (1 − ρ)·g²    w ← w − η·g/(√h + ε)
 *
 * Source: the book's `common/optimizer.py`; Tieleman and Hinton 2012, lecture 6.5.
 */
export class RMSprop extends StatefulOptimizer {
  readonly decayRate: number
  readonly epsilon: number

  constructor(options?: { learningRate?: number; decayRate?: number; epsilon?: number }) {
    const {
      learningRate = 0.01,
      decayRate = 0.99,
      epsilon = 1e-7,
    } = checkOptions('RMSprop', options, ['learningRate', 'decayRate', 'epsilon'])
    super('RMSprop', learningRate, ['squares'])
    this.decayRate = checkRange('RMSprop: decayRate', decayRate, 0, 1)
    this.epsilon = checkRange('RMSprop: epsilon', epsilon, 0)
  }

  protected update({ data: w }: Tensor, { data: g }: Tensor, { data: h }: Tensor): void {
    const { learningRate: η, decayRate: ρ, epsilon: ε } = this
    for (let i = 0; i < w.length; i++) {
      h[i] = ρ * h[i] + (1 - ρ) * g[i] * g[i]
      w[i] -= (η * g[i]) / (Math.sqrt(h[i]) + ε)
    }
  }
}
