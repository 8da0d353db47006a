import { axpy, dot, scale } from '@gosa/linalg'
import type { Parameter } from '@gosa/optim'

export interface GradientRules {
  /** λ: how strongly weights are drawn towards 0; 0: not at all. */
  weightDecay: number
  /** How long the gradient of all parameters together may be; 0: of any length. */
  clipNorm: number
}

/**
 * Changes the gradients that a step is about to use, in place: first shortens them where all together are longer than
 * `clipNorm`, then adds weight decay (L2: the gradient of `λ/2·Σ W²`) to matrices W, not to biases:
 *
 *     g ← g·min(1, clipNorm/√(Σ ‖g‖²))    dW ← dW + λ·W
 *
 * Sources: Pascanu et al. 2013; Deep Learning from Scratch, section 6.4.2. The order is PyTorch's: what is decayed is
 * not clipped.
 */
export function applyGradientRules(
  parameters: readonly Parameter[],
  { weightDecay: λ, clipNorm }: GradientRules,
): void {
  if (clipNorm > 0) {
    const length = Math.sqrt(parameters.reduce((sum, { grad }) => sum + dot(grad, grad), 0))
    if (length > clipNorm) for (const { grad } of parameters) scale(grad, clipNorm / length, { out: grad })
  }
  if (λ > 0) for (const { value, grad } of parameters) if (value.rank > 1) axpy(λ, value, grad)
}
