export {
  areFinite,
  type Classifier,
  type ClassSamples,
  type Weights,
  weightsOf,
} from './classifier.ts'
export { type Curve, createCurve, createLossAverager, type LossAverager, type Point } from './curve.ts'
export { BOOK_DEFAULTS, DIGITS_ITERATIONS } from './defaults.ts'
export {
  type EarlyStoppingState,
  type EvaluatedWeights,
  isBetter,
  SELECTION_CRITERIA,
  type SelectionCriterion,
  updateEarlyStopping,
} from './early-stopping.ts'
export {
  accuracyOf,
  confusionMatrix,
  type Evaluation,
  evaluate,
  measureQuality,
  NO_CLASS,
  type Quality,
  type TrainingSets,
} from './evaluate.ts'
export type { GradientRules } from './gradient-rules.ts'
export {
  type LearningRateSchedule,
  learningRateAt,
  SCHEDULES,
  type ScheduleName,
} from './learning-rate-schedule.ts'
export {
  createOptimizer,
  hasDecoupledWeightDecay,
  OPTIMIZERS,
  type OptimizerName,
  optimizerDefaults,
} from './optimizers.ts'
export {
  type CheckpointSchedule,
  createCheckpointSchedule,
  createEvaluationSchedule,
  type EvaluationSchedule,
} from './run-schedule.ts'
export {
  type EpochMetrics,
  runTraining,
  type TrainingEvents,
  type TrainingOutcome,
  type TrainingProgress,
  type TrainingRun,
} from './run-training.ts'
export { SAMPLINGS, type Sampling, stepsPerEpoch } from './sampler.ts'
export { bestOrLatest, type TrainingState } from './state.ts'
export { createTraining, type Training, type TrainingOptions } from './training.ts'
export { type UnitImages, unitImages } from './unit-images.ts'
export { type Mistake, worstMistakes } from './worst-mistakes.ts'
