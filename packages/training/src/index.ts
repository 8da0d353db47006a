export type { Classifier } from './classifier.ts'
export { confusionMatrix } from './confusion.ts'
export { type Curve, createCurve, type Point } from './curve.ts'
export { DEFAULTS, DIGITS_ITERATIONS, stepsPerEpoch } from './defaults.ts'
export { afterEpoch, type Best, type EarlyState, isBetter, MEASURES, type Measure } from './early-stopping.ts'
export { accuracyOf, evaluate } from './evaluate.ts'
export type { GradientRules } from './gradient-rules.ts'
export { decodeModel, encodeModel } from './model-bytes.ts'
export {
  createOptimizer,
  decaysItself,
  OPTIMIZERS,
  type OptimizerName,
  optimizerDefaults,
} from './optimizers.ts'
export { type Quality, qualityOf, type Sets } from './quality.ts'
export { SAMPLINGS, type Sampling } from './sampler.ts'
export { learningRateAt, SCHEDULES, type Schedule, type ScheduleName } from './schedule.ts'
export { resultOf, type TrainingState } from './state.ts'
export { createTraining, type Training } from './training.ts'
export { areFinite, sizesOf, type Weights, weightsBytes, weightsOf } from './weights.ts'
