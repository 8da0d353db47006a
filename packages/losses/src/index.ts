export {
  type BinaryCrossEntropyOptions,
  BinaryCrossEntropyWithLogits,
} from './binary-cross-entropy-with-logits.ts'
export { crossEntropyError, softmaxCrossEntropy } from './cross-entropy.ts'
export { HuberLoss } from './huber-loss.ts'
export { checkLabels, type Labels } from './labels.ts'
export { type Loss, type LossData, NO_CLASS } from './loss.ts'
export { MeanSquaredErrorLoss } from './mean-squared-error-loss.ts'
export { logSoftmax, logSumExp, softmax } from './softmax.ts'
export { SoftmaxWithLoss, type SoftmaxWithLossOptions } from './softmax-with-loss.ts'
export { meanSquaredError, sumSquaredError } from './squared-error.ts'
