import { AdaGrad, Adam, AdamW, Momentum, Nesterov, type Optimizer, RMSprop, SGD } from '@gosa/optim'

type Settings = { learningRate?: number }

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
