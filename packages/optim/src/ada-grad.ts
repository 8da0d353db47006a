import { checkRange } from './check.ts'
import { Memory } from './memory.ts'
import type { Optimizer, OptimizerState, Parameter } from './optimizer.ts'

/**
 * AdaGrad, a step size for each weight that shrinks with all its gradients so far:
 *
 *     h ← h + g²    w ← w − η·g/(√h + ε)
 *
 * Source: Deep Learning from Scratch, section 6.1.5; Duchi, Hazan, Singer 2011.
 */
export class AdaGrad implements Optimizer {
  learningRate: number
  readonly epsilon: number
  readonly #memory = new Memory('AdaGrad', ['squares'])

  constructor({ learningRate = 0.01, epsilon = 1e-7 }: { learningRate?: number; epsilon?: number } = {}) {
    this.learningRate = checkRange('AdaGrad: learningRate', learningRate, 0)
    this.epsilon = checkRange('AdaGrad: epsilon', epsilon, 0)
  }

  step(parameters: readonly Parameter[]): void {
    const { learningRate: η, epsilon: ε } = this
    this.#memory.step(parameters, (w, g, slot) => {
      const h = slot('squares')
      for (let i = 0; i < w.length; i++) {
        h[i] += g[i] * g[i]
        w[i] -= (η * g[i]) / (Math.sqrt(h[i]) + ε)
      }
    })
  }

  state(): OptimizerState {
    return this.#memory.state()
  }

  load(state: OptimizerState): void {
    this.#memory.load(state)
  }
}
