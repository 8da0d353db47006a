import { axpy, type Tensor } from '@gosa/linalg'
import { StatefulOptimizer } from './stateful-optimizer.ts'

/**
 * Stochastic gradient descent:
 *
 *     w ← w − η·g
 *
 * Source: Deep Learning from Scratch, section 6.1.2.
 */
export class SGD extends StatefulOptimizer {
  constructor({ learningRate = 0.01 }: { learningRate?: number } = {}) {
    super('SGD', learningRate)
  }

  protected update(value: Tensor, grad: Tensor): void {
    axpy(-this.learningRate, grad, value)
  }
}
