import type { Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { checkRange, StatefulOptimizer } from './stateful-optimizer.ts'

/**
 * Adam with weight decay λ that is decoupled from the gradient; t counts the steps from 1:
 *
 *     m ← m + (1 − β₁)·(g − m)    v ← v + (1 − β₂)·(g² − v)
 *     w ← w − η·λ·w − η·m̂/(√v̂ + ε)    m̂ = m/(1 − β₁ᵗ)    v̂ = v/(1 − β₂ᵗ)
 *
 * Source: Loshchilov and Hutter 2019 (arXiv:1711.05101), algorithm 2, with PyTorch's defaults. As there, ε is added
 * to √v̂; the book's Adam adds it to √v.
 */
export class AdamW extends StatefulOptimizer {
  readonly weightDecay: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number

  constructor(options?: {
    learningRate?: number
    weightDecay?: number
    beta1?: number
    beta2?: number
    epsilon?: number
  }) {
    const {
      learningRate = 0.001,
      weightDecay = 0.01,
      beta1 = 0.9,
      beta2 = 0.999,
      epsilon = 1e-8,
    } = checkOptions('AdamW', options, ['learningRate', 'weightDecay', 'beta1', 'beta2', 'epsilon'])
    super('AdamW', learningRate, ['mean', 'square'])
    this.weightDecay = checkRange('AdamW: weightDecay', weightDecay, 0)
    this.beta1 = checkRange('AdamW: beta1', beta1, 0, 1)
    this.beta2 = checkRange('AdamW: beta2', beta2, 0, 1)
    this.epsilon = checkRange('AdamW: epsilon', epsilon, 0)
  }

  protected update({ data: w }: Tensor, { data: g }: Tensor, { data: m }: Tensor, { data: v }: Tensor): void {
    const { learningRate: η, weightDecay: λ, beta1: β1, beta2: β2, epsilon: ε } = this
    const t = this.steps
    const [correction1, correction2] = [1 - β1 ** t, 1 - β2 ** t]
    for (let i = 0; i < w.length; i++) {
      m[i] += (1 - β1) * (g[i] - m[i])
      v[i] += (1 - β2) * (g[i] * g[i] - v[i])
      w[i] -= η * λ * w[i] + (η * (m[i] / correction1)) / (Math.sqrt(v[i] / correction2) + ε)
    }
  }
}
