import type { Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { checkRange, StatefulOptimizer } from './stateful-optimizer.ts'

/**
 * Gradient descent with momentum, a velocity v that follows the gradient:
 *
 *     v ← μ·v − η·g    w ← w + v
 *
 * Source: Deep Learning from Scratch, section 6.1.4.
 */
export class Momentum extends StatefulOptimizer {
  readonly momentum: number

  constructor(options?: { learningRate?: number; momentum?: number }) {
    const { learningRate = 0.01, momentum = 0.9 } = checkOptions('Momentum', options, [
      'learningRate',
      'momentum',
    ])
    super('Momentum', learningRate, ['velocity'])
    this.momentum = checkRange('Momentum: momentum', momentum, 0, 1)
  }

  protected update({ data: w }: Tensor, { data: g }: Tensor, { data: v }: Tensor): void {
    const { learningRate: η, momentum: μ } = this
    for (let i = 0; i < w.length; i++) {
      v[i] = μ * v[i] - η * g[i]
      w[i] += v[i]
    }
  }
}
