import { axpy, type Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { StatefulOptimizer } from './stateful-optimizer.ts'

/**
 * Stochastic gradient descent:
 *
 *     w ← w − η·g
 *
 * Source: Deep Learning from Scratch, section 6.1.2.
 */
export class SGD extends StatefulOptimizer {
  constructor(options?: { learningRate?: number }) {
    const { learningRate = 0.01 } = checkOptions('SGD', options, ['learningRate'])
    super('SGD', learningRate)
  }

  protected update(value: Tensor, grad: Tensor): void {
    axpy(-this.learningRate, grad, value)
  }
}
