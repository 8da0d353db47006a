import type { Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { checkRange, StatefulOptimizer } from './stateful-optimizer.ts'

/**
 * Adam, momentum and RMSprop together, corrected for starting at 0; t counts the steps from 1:
 *
 *     m ← m + (1 − β₁)·(g − m)    v ← v + (1 − β₂)·(g² − v)
 *     w ← w − η·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m/(√v + ε)
 *
 * Source: Deep Learning from Scratch, section 6.1.6, defaults included; Kingma and Ba 2015, end of section 2.
 */
export class Adam extends StatefulOptimizer {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number

  constructor(options?: { learningRate?: number; beta1?: number; beta2?: number; epsilon?: number }) {
    const {
      learningRate = 0.001,
      beta1 = 0.9,
      beta2 = 0.999,
      epsilon = 1e-7,
    } = checkOptions('Adam', options, ['learningRate', 'beta1', 'beta2', 'epsilon'])
    super('Adam', learningRate, ['mean', 'square'])
    this.beta1 = checkRange('Adam: beta1', beta1, 0, 1)
    this.beta2 = checkRange('Adam: beta2', beta2, 0, 1)
    this.epsilon = checkRange('Adam: epsilon', epsilon, 0)
  }

  protected update({ data: w }: Tensor, { data: g }: Tensor, { data: m }: Tensor, { data: v }: Tensor): void {
    const { beta1: β1, beta2: β2, epsilon: ε } = this
    const t = this.steps
    const η = (this.learningRate * Math.sqrt(1 - β2 ** t)) / (1 - β1 ** t)
    for (let i = 0; i < w.length; i++) {
      m[i] += (1 - β1) * (g[i] - m[i])
      v[i] += (1 - β2) * (g[i] * g[i] - v[i])
      w[i] -= (η * m[i]) / (Math.sqrt(v[i]) + ε)
    }
  }
}
