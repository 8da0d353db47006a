import type { Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { checkRange, StatefulOptimizer } from './stateful-optimizer.ts'

/**
 * Nesterov's accelerated gradient, in the form that needs the gradient at the current weights only:
 *
 *     v ← μ·v − η·g    w ← w + μ·v − η·g
 *
 * Source: Bengio, Boulanger-Lewandowski, Pascanu 2012 (arXiv:1212.0901), section 3.5, with v as theirs; the book's
 * `common/optimizer.py` writes the same step with the old velocity.
 */
export class Nesterov extends StatefulOptimizer {
  readonly momentum: number

  constructor(options?: { learningRate?: number; momentum?: number }) {
    const { learningRate = 0.01, momentum = 0.9 } = checkOptions('Nesterov', options, [
      'learningRate',
      'momentum',
    ])
    super('Nesterov', learningRate, ['velocity'])
    this.momentum = checkRange('Nesterov: momentum', momentum, 0, 1)
  }

  protected update({ data: w }: Tensor, { data: g }: Tensor, { data: v }: Tensor): void {
    const { learningRate: η, momentum: μ } = this
    for (let i = 0; i < w.length; i++) {
      v[i] = μ * v[i] - η * g[i]
      w[i] += μ * v[i] - η * g[i]
    }
  }
}
