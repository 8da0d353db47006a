/** Optimizers by name, for options and forms: `createOptimizer('adam', { learningRate: 0.001 })`. */
import { AdaGrad, Adam, AdamW, Momentum, Nesterov, type Optimizer, RMSprop, SGD } from '@gosa/optim'

interface OptimizerSettings {
  learningRate?: number
  /** Only for AdamW, whose weight decay is decoupled from the gradient. */
  weightDecay?: number
}

const FACTORIES = {
  sgd: ({ learningRate = 0.1 }: OptimizerSettings) => new SGD({ learningRate }),
  momentum: (settings: OptimizerSettings) => new Momentum(settings),
  nesterov: (settings: OptimizerSettings) => new Nesterov(settings),
  adagrad: (settings: OptimizerSettings) => new AdaGrad(settings),
  rmsprop: ({ learningRate = 0.001 }: OptimizerSettings) => new RMSprop({ learningRate }),
  adam: (settings: OptimizerSettings) => new Adam(settings),
  adamw: (settings: OptimizerSettings) => new AdamW(settings),
} satisfies Record<string, (settings: OptimizerSettings) => Optimizer>

export type OptimizerName = keyof typeof FACTORIES

/** The names that `createOptimizer` knows. */
export const OPTIMIZERS = Object.keys(FACTORIES) as OptimizerName[]

/** A new optimizer; the default learning rate suits it, for SGD the book's 0.1. */
export const createOptimizer = (name: OptimizerName, settings: OptimizerSettings = {}): Optimizer =>
  FACTORIES[name](settings)

/** The default learning rate and weight decay of an optimizer. */
export function optimizerDefaults(name: OptimizerName): Required<OptimizerSettings> {
  const optimizer = createOptimizer(name)
  const { learningRate } = optimizer
  return { learningRate, weightDecay: optimizer instanceof AdamW ? optimizer.weightDecay : 0 }
}

/** Whether the optimizer applies weight decay in its own step (decoupled), not through the gradient. */
export const hasDecoupledWeightDecay = (name: OptimizerName): boolean => name === 'adamw'
