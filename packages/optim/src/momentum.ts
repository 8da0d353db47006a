import { checkRange } from './check.ts'
import { Memory } from './memory.ts'
import type { Optimizer, OptimizerState, Parameter } from './optimizer.ts'

/**
 * Gradient descent with momentum, a velocity v that follows the gradient:
 *
 *     v ← μ·v − η·g    w ← w + v
 *
 * Source: Deep Learning from Scratch, section 6.1.4.
 */
export class Momentum implements Optimizer {
  learningRate: number
  readonly momentum: number
  readonly #memory = new Memory('Momentum', ['velocity'])

  constructor({ learningRate = 0.01, momentum = 0.9 }: { learningRate?: number; momentum?: number } = {}) {
    this.learningRate = checkRange('Momentum: learningRate', learningRate, 0)
    this.momentum = checkRange('Momentum: momentum', momentum, 0, 1)
  }

  step(parameters: readonly Parameter[]): void {
    const { learningRate: η, momentum: μ } = this
    this.#memory.step(parameters, (w, g, slot) => {
      const v = slot('velocity')
      for (let i = 0; i < w.length; i++) {
        v[i] = μ * v[i] - η * g[i]
        w[i] += v[i]
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
