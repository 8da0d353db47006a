import { backend } from '@gosa/linalg'
import { checkRange } from './check.ts'
import { Memory } from './memory.ts'
import type { Optimizer, OptimizerState, Parameter } from './optimizer.ts'

/**
 * Stochastic gradient descent:
 *
 *     w ← w − η·g
 *
 * Source: Deep Learning from Scratch, section 6.1.2.
 */
export class SGD implements Optimizer {
  learningRate: number
  readonly #memory = new Memory('SGD')

  constructor({ learningRate = 0.01 }: { learningRate?: number } = {}) {
    this.learningRate = checkRange('SGD: learningRate', learningRate, 0)
  }

  step(parameters: readonly Parameter[]): void {
    const η = this.learningRate
    this.#memory.step(parameters, (w, g) => backend().axpy(-η, g, w))
  }

  state(): OptimizerState {
    return this.#memory.state()
  }

  load(state: OptimizerState): void {
    this.#memory.load(state)
  }
}
