/** Gradient clipping by the global norm, and weight decay (L2): `applyGradientRules` changes gradients before a step. */
import { axpy, dot, scale } from '@gosa/linalg'
import type { Parameter } from '@gosa/optim'

export interface GradientRules {
  /** λ: the strength of L2 weight decay; 0 turns it off. */
  weightDecay: number
  /** The maximum norm of the gradient of all parameters together; 0 turns clipping off. */
  clipNorm: number
}

/**
 * Changes the gradients of the next step in place: clips them if their common norm exceeds `clipNorm`, then adds weight
 * decay (the gradient of `λ/2·Σ W²`) to matrices W, not to biases:
 *
 *     g ← g·min(1, clipNorm/√(Σ ‖g‖²))    dW ← dW + λ·W
 *
 * Sources: Pascanu et al. 2013; Deep Learning from Scratch, section 6.4.2. The order is PyTorch's: weight decay is not
 * clipped.
 */
export function applyGradientRules(
  parameters: readonly Parameter[],
  { weightDecay: λ, clipNorm }: GradientRules,
): void {
  if (clipNorm > 0) {
    const norm = Math.sqrt(parameters.reduce((sum, { grad }) => sum + dot(grad, grad), 0))
    if (norm > clipNorm) for (const { grad } of parameters) scale(grad, clipNorm / norm, { out: grad })
  }
  if (λ > 0) for (const { value, grad } of parameters) if (value.rank > 1) axpy(λ, value, grad)
}
