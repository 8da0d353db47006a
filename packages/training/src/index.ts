export { DivergenceError, type FitResult, fit } from './fit/fit.ts'
export type {
  Callback,
  EpochResult,
  EpochScores,
  FitObserver,
  FitOptions,
  FitState,
  StepResult,
} from './fit/fit-options.ts'
export { plainState } from './fit/fit-state.ts'
export { yieldToEvents } from './fit/yield-to-events.ts'
export {
  areFinite,
  buffersOf,
  type Classifier,
  type ClassSamples,
  type Samples,
  type Targets,
  type Trainable,
  type Weights,
  weightsOf,
} from './loop/classifier.ts'
export {
  type EarlyStoppingState,
  type EvaluatedWeights,
  type IsBetter,
  isBetter,
  type Quality,
  SELECTION_CRITERIA,
  type SelectionCriterion,
  updateEarlyStopping,
} from './loop/early-stopping.ts'
export type { GradientRules } from './loop/gradient-rules.ts'
export {
  type LearningRateSchedule,
  learningRateAt,
  SCHEDULES,
  type ScheduleName,
} from './loop/learning-rate-schedule.ts'
export {
  createOptimizer,
  hasDecoupledWeightDecay,
  OPTIMIZERS,
  type OptimizerName,
  optimizerDefaults,
} from './loop/optimizers.ts'
export {
  type CheckpointSchedule,
  createCheckpointSchedule,
  createEvaluationSchedule,
  type EvaluationSchedule,
} from './loop/run-schedule.ts'
export {
  type EpochMetrics,
  type EpochSummary,
  runTraining,
  type TrainingEvents,
  type TrainingOutcome,
  type TrainingProgress,
  type TrainingRun,
} from './loop/run-training.ts'
export { SAMPLINGS, type Sampling, stepsPerEpoch } from './loop/sampler.ts'
export { bestOrLatest, type TrainingState } from './loop/state.ts'
export { createTraining, type Training, type TrainingOptions } from './loop/training.ts'
export {
  accuracy,
  type ClassScores,
  classScores,
  confusionMatrix,
  f1,
  precision,
  recall,
} from './metrics/classification.ts'
export { evaluate, type Predictor, type Scores } from './metrics/evaluate.ts'
export {
  accuracyOf,
  type Evaluation,
  evaluateClassifier,
  measureQuality,
  type TrainingSets,
} from './metrics/evaluate-classifier.ts'
export { METRICS, type MetricFunction, type MetricName, type Metrics } from './metrics/named-metrics.ts'
export { logLoss, rocAuc, topKAccuracy } from './metrics/ranking.ts'
export { meanAbsoluteError, meanSquaredError, type Numbers, r2 } from './metrics/regression.ts'
export { type Mistake, worstMistakes } from './metrics/worst-mistakes.ts'
export { type Curve, createCurve, createLossAverager, type LossAverager, type Point } from './view/curve.ts'
export { BOOK_DEFAULTS, DIGITS_ITERATIONS } from './view/defaults.ts'
export { type UnitImages, unitImages } from './view/unit-images.ts'
