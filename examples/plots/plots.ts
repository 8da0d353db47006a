/** All plots by the names of their files in docs/plots. */
import {
  activations,
  batchNorm,
  dropout,
  hyperparameters,
  optimizers,
  type Plot,
  valley,
  weightDecay,
  weightInit,
} from './chapter-6.ts'
import { col2imPicture, convolution, filters, im2colPicture, pooling } from './chapter-7.ts'

type Plots = Readonly<Record<string, () => Plot | Promise<Plot>>>

/** Drawn in seconds, without data. */
export const pictures: Plots = {
  valley,
  activations,
  convolution,
  im2col: im2colPicture,
  col2im: col2imPicture,
  pooling,
}

/** Runs on MNIST, which take minutes. */
export const plots: Plots = {
  optimizers,
  'weight-init': weightInit,
  'batch-norm': batchNorm,
  'weight-decay': weightDecay,
  dropout,
  hyperparameters,
  filters,
}
