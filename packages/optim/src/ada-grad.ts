import type { Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { checkRange, StatefulOptimizer } from './stateful-optimizer.ts'

/**
 * AdaGrad, a step size for each weight that shrinks with all its gradients so far:
 *
 *     h ← h + g²    w ← w − η·g/(√h + ε)
 *
 * Source: Deep Learning from Scratch, section 6.1.5; Duchi, Hazan, Singer 2011.
 */
export class AdaGrad extends StatefulOptimizer {
  readonly epsilon: number

  constructor(options?: { learningRate?: number; epsilon?: number }) {
    const { learningRate = 0.01, epsilon = 1e-7 } = checkOptions('AdaGrad', options, [
      'learningRate',
      'epsilon',
    ])
    super('AdaGrad', learningRate, ['squares'])
    this.epsilon = checkRange('AdaGrad: epsilon', epsilon, 0)
  }

  protected update({ data: w }: Tensor, { data: g }: Tensor, { data: h }: Tensor): void {
    const { learningRate: η, epsilon: ε } = this
    for (let i = 0; i < w.length; i++) {
      h[i] += g[i] * g[i]
      w[i] -= (η * g[i]) / (Math.sqrt(h[i]) + ε)
    }
  }
}
