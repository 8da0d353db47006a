import { checkRange } from './check.ts'
import { Memory } from './memory.ts'
import type { Optimizer, OptimizerState, Parameter } from './optimizer.ts'

/**
 * RMSprop, AdaGrad with a memory that fades:
 *
 *     h ← ρ·h + (1 − ρ)·g²    w ← w − η·g/(√h + ε)
 *
 * Source: the book's `common/optimizer.py`; Tieleman and Hinton 2012, lecture 6.5.
 */
export class RMSprop implements Optimizer {
  learningRate: number
  readonly decayRate: number
  readonly epsilon: number
  readonly #memory = new Memory('RMSprop', ['squares'])

  constructor({
    learningRate = 0.01,
    decayRate = 0.99,
    epsilon = 1e-7,
  }: { learningRate?: number; decayRate?: number; epsilon?: number } = {}) {
    this.learningRate = checkRange('RMSprop: learningRate', learningRate, 0)
    this.decayRate = checkRange('RMSprop: decayRate', decayRate, 0, 1)
    this.epsilon = checkRange('RMSprop: epsilon', epsilon, 0)
  }

  step(parameters: readonly Parameter[]): void {
    const { learningRate: η, decayRate: ρ, epsilon: ε } = this
    this.#memory.step(parameters, (w, g, slot) => {
      const h = slot('squares')
      for (let i = 0; i < w.length; i++) {
        h[i] = ρ * h[i] + (1 - ρ) * g[i] * g[i]
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
