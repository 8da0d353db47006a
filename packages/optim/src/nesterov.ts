import { checkRange } from './check.ts'
import { Memory } from './memory.ts'
import type { Optimizer, OptimizerState, Parameter } from './optimizer.ts'

/**
 * Nesterov's accelerated gradient, in the form that needs the gradient at the current weights only:
 *
 *     v ← μ·v − η·g    w ← w + μ·v − η·g
 *
 * Source: Bengio, Boulanger-Lewandowski, Pascanu 2012 (arXiv:1212.0901), section 3.5, with v as theirs; the book's
 * `common/optimizer.py` writes the same step with the old velocity.
 */
export class Nesterov implements Optimizer {
  learningRate: number
  readonly momentum: number
  readonly #memory = new Memory('Nesterov', ['velocity'])

  constructor({ learningRate = 0.01, momentum = 0.9 }: { learningRate?: number; momentum?: number } = {}) {
    this.learningRate = checkRange('Nesterov: learningRate', learningRate, 0)
    this.momentum = checkRange('Nesterov: momentum', momentum, 0, 1)
  }

  step(parameters: readonly Parameter[]): void {
    const { learningRate: η, momentum: μ } = this
    this.#memory.step(parameters, (w, g, slot) => {
      const v = slot('velocity')
      for (let i = 0; i < w.length; i++) {
        v[i] = μ * v[i] - η * g[i]
        w[i] += μ * v[i] - η * g[i]
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
