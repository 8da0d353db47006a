/** Optimizers by name, for options and forms: `createOptimizer('adam', { learningRate: 0.001 })`. */
import { AdaGrad, Adam, AdamW, Momentum, Nesterov, type Optimizer, RMSprop, SGD } from '@gosa/optim'

interface OptimizerSettings {
  learningRate?: number
  /** Only for AdamW, whose weight decay is decoupled from the gradient. */
  weightDecay?: number
}

/** The names that `createOptimizer` knows. A literal list, so that a bundle that needs only the names has no optimizer. */
export const OPTIMIZERS = ['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam', 'adamw'] as const

export type OptimizerName = (typeof OPTIMIZERS)[number]

const FACTORIES: Record<OptimizerName, (settings: OptimizerSettings) => Optimizer> = {
  sgd: ({ learningRate = 0.1 }) => new SGD({ learningRate }),
  momentum: (settings) => new Momentum(settings),
  nesterov: (settings) => new Nesterov(settings),
  adagrad: (settings) => new AdaGrad(settings),
  rmsprop: ({ learningRate = 0.001 }) => new RMSprop({ learningRate }),
  adam: (settings) => new Adam(settings),
  adamw: (settings) => new AdamW(settings),
}

/** A new optimizer; the default learning rate suits it, for SGD the book's 0.1. Other settings than its own are left out. */
export const createOptimizer = (
  name: OptimizerName,
  { learningRate, weightDecay }: OptimizerSettings = {},
): Optimizer =>
  FACTORIES[name]({
    ...(learningRate !== undefined && { learningRate }),
    ...(hasDecoupledWeightDecay(name) && weightDecay !== undefined && { weightDecay }),
  })

/** The default learning rate and weight decay of an optimizer. */
export function optimizerDefaults(name: OptimizerName): Required<OptimizerSettings> {
  const optimizer = createOptimizer(name)
  const { learningRate } = optimizer
  return { learningRate, weightDecay: optimizer instanceof AdamW ? optimizer.weightDecay : 0 }
}

/** Whether the optimizer applies weight decay in its own step (decoupled), not through the gradient. */
export const hasDecoupledWeightDecay = (name: OptimizerName): boolean => name === 'adamw'
