import { optimizerDefaults } from '@gosa/training'
import type { Config } from '../config/config.ts'

/** A learning rate that may do: the one that suits the optimizer, or a tenth where that was not small enough. */
export const smallerRate = ({
  optimizer,
  learningRate,
}: Pick<Config, 'optimizer' | 'learningRate'>): number =>
  Math.min(optimizerDefaults(optimizer).learningRate, learningRate / 10)
