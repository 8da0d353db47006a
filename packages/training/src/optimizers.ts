import { AdaGrad, Adam, AdamW, Momentum, Nesterov, type Optimizer, RMSprop, SGD } from '@gosa/optim'

interface Settings {
  learningRate?: number
  /** Of AdamW alone, whose weight decay is no part of the gradient. */
  weightDecay?: number
}

const MAKERS = {
  sgd: ({ learningRate = 0.1 }: Settings) => new SGD({ learningRate }),
  momentum: (settings: Settings) => new Momentum(settings),
  nesterov: (settings: Settings) => new Nesterov(settings),
  adagrad: (settings: Settings) => new AdaGrad(settings),
  rmsprop: ({ learningRate = 0.001 }: Settings) => new RMSprop({ learningRate }),
  adam: (settings: Settings) => new Adam(settings),
  adamw: (settings: Settings) => new AdamW(settings),
} satisfies Record<string, (settings: Settings) => Optimizer>

export type OptimizerName = keyof typeof MAKERS

/** What `--optimizer` can be. */
export const OPTIMIZERS = Object.keys(MAKERS) as OptimizerName[]

/** A new optimizer; without a learning rate with one that suits it, for SGD the book's 0.1. */
export const createOptimizer = (name: OptimizerName, settings: Settings = {}): Optimizer =>
  MAKERS[name](settings)

/** An optimizer's learning rate and weight decay where nobody says. */
export function optimizerDefaults(name: OptimizerName): Required<Settings> {
  const optimizer = createOptimizer(name)
  const { learningRate } = optimizer
  return { learningRate, weightDecay: optimizer instanceof AdamW ? optimizer.weightDecay : 0 }
}

/** Whether weight decay is a part of the optimizer's own step and not of the gradient. */
export const decaysItself = (name: OptimizerName): boolean => name === 'adamw'
