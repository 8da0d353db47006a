import { createRng } from '@gosa/linalg'
import { showValue } from '@gosa/linalg/options'
import type { Optimizer } from '@gosa/optim'
import type { Samples, Targets, Trainable, Weights } from '../loop/classifier.ts'
import { type LearningRateSchedule, learningRateAt } from '../loop/learning-rate-schedule.ts'
import { createOptimizer, OPTIMIZERS } from '../loop/optimizers.ts'
import { createEvaluationSchedule } from '../loop/run-schedule.ts'
import { runTraining, type TrainingOutcome } from '../loop/run-training.ts'
import { stepsPerEpoch } from '../loop/sampler.ts'
import { createTraining } from '../loop/training.ts'
import { evaluate, type Predictor } from '../metrics/evaluate.ts'
import { namedMetrics } from '../metrics/named-metrics.ts'
import { type Weighable, withClassWeights } from './class-weights.ts'
import {
  type Callback,
  checkFitOptions,
  type EpochResult,
  type EpochScores,
  type FitOptions,
  type FitState,
  iterationsOf,
  type Selection,
  selectionOf,
} from './fit-options.ts'
import { loadWeights, revived } from './fit-state.ts'
import { checkSamples, holdOut, samplesAs } from './prepare-samples.ts'
import { yieldToEvents } from './yield-to-events.ts'

/** What `fit` returns. */
export interface FitResult {
  /** What was measured at the end of each epoch, and at the end if that lies within one. */
  readonly history: readonly EpochResult[]
  /** Everything that the next step depends on: with it as the option `state`, `fit` continues to the same bits. */
  readonly state: FitState
  /** Whether patience ran out. */
  readonly stoppedEarly: boolean
  /** What ended training: the last step, patience, a callback, or the signal. */
  readonly endedBy: 'iterations' | 'patience' | 'callback' | 'signal'
  /** The best weights at the end of an epoch, and what was measured with them; undefined before the first epoch ends. */
  readonly best?: { readonly iteration: number; readonly weights: Weights } & EpochScores
}

/** The loss, a weight or an evaluation became NaN or infinite. The model has the latest weights known to be good. */
export class DivergenceError extends Error {
  override readonly name = 'DivergenceError'
  /** The number of steps until then. */
  readonly iteration: number
  /** The latest state known to be good, which the model is in. */
  readonly state: FitState
  readonly history: readonly EpochResult[]

  constructor(message: string, details: Pick<DivergenceError, 'iteration' | 'state' | 'history'>) {
    super(message)
    this.iteration = details.iteration
    this.state = details.state
    this.history = details.history
  }
}

/**
 * Trains a model in place, and returns what was measured and the state to continue from.
 *
 *     const { history } = await fit(network, { x, t }, { epochs: 20, validation: 0.2, metrics: ['accuracy'] })
 *
 * x is (N, …), a sample per row; t are what the loss of the model takes. Any `Network` can be trained, and anything with
 * `gradient(x, t)`, or `lossAndGradient(x, t)`, and `parameters()`; `validation` and `metrics` need `predict(x)` as well. The
 * same seed gives the same bits, in one go or continued. Other events are handled every 50 ms.
 *
 * Throws a `TypeError` or `RangeError` for options and samples that do not fit, before the model is changed, and a
 * `DivergenceError` if the loss or a weight becomes NaN or infinite.
 */
export async function fit<T extends Targets>(
  model: Trainable<T>,
  data: Samples<T>,
  options?: FitOptions<T>,
): Promise<FitResult> {
  const { progress, ...checked } = checkFitOptions(options)
  const session = prepare(model, data, checked)
  const history: EpochResult[] = []
  const { signal = { aborted: false }, onStep, onEpoch } = checked
  const { training, iterations, perEpoch, selection } = session
  let isStoppedByCallback = false
  let lastState: FitState | undefined
  const told = (...answers: unknown[]): unknown => {
    if (answers.some((answer) => answer instanceof Promise)) {
      return Promise.all(answers).then((settled) => told(...settled))
    }
    if (!answers.includes(false)) return undefined
    isStoppedByCallback = true
    return false
  }
  const stepCallbacks = [progress?.onStep?.bind(progress), onStep].filter((one) => one !== undefined)
  const epochCallbacks = [progress?.onEpoch?.bind(progress), onEpoch].filter((one) => one !== undefined)
  const tellStep = (iteration: number, loss: number) =>
    told(...stepCallbacks.map((tell) => tell({ iteration, iterations, stepsPerEpoch: perEpoch, loss })))
  try {
    const outcome = await runTraining<EpochScores & { loss: number }>({
      ...{ training, model: session.model, iterations, signal, yieldToEvents },
      evaluate: () => ({ ...session.evaluate(), loss: training.meanLoss() }),
      findDivergence: ({ validation }) =>
        validation && 'loss' in validation && !Number.isFinite(validation.loss)
          ? 'the validation loss'
          : undefined,
      evaluations: createEvaluationSchedule({ batchSize: session.batchSize, iterations }, session.count),
      patience: checked.patience ?? Infinity,
      early: session.from?.early,
      isBetter: (one, best) => isBetter(selection, one, best),
      events: {
        ...(stepCallbacks.length > 0 && { step: tellStep }),
        progress() {},
        checkpoint: async (state) => {
          lastState = state
        },
        async epoch({ learningRate = training.learningRate, best = false, ...metrics }) {
          const result = { ...metrics, learningRate, best }
          history.push(result)
          return told(...epochCallbacks.map((tell: Callback<EpochResult>) => tell(result)))
        },
      },
    })
    if (outcome.kind === 'diverged') throw divergence(outcome, model, history)
    const state =
      outcome.kind === 'interrupted'
        ? outcome.state
        : (lastState ?? { ...training.state(), early: session.from?.early })
    const best = state.early?.best
    if (checked.patience !== undefined && outcome.kind === 'done' && best) {
      loadWeights(model, best.weights, best.buffers)
    }
    const stoppedEarly = outcome.kind === 'done' && outcome.stoppedEarly
    return {
      ...{ history, state, stoppedEarly },
      endedBy: stoppedEarly
        ? 'patience'
        : isStoppedByCallback
          ? 'callback'
          : outcome.kind === 'done'
            ? 'iterations'
            : 'signal',
      ...(best && {
        best: { iteration: best.iteration, weights: best.weights, ...scoresOf(best.quality) },
      }),
    }
  } finally {
    progress?.onEnd?.()
  }
}

const scoresOf = ({ validation, training }: EpochScores): EpochScores => ({
  ...(validation && { validation }),
  ...(training && { training }),
})

/** Whether scores are better than the best so far; NaN is never better. */
function isBetter(
  selection: Selection,
  one: EpochScores & { loss: number },
  best: (EpochScores & { loss: number }) | undefined,
): boolean {
  const value = selection.scoreOf(one)
  if (Number.isNaN(value) || best === undefined) return !Number.isNaN(value)
  return selection.highest ? value > selection.scoreOf(best) : value < selection.scoreOf(best)
}

/** The error that ends a diverged training; the model is put back into the last good state. */
function divergence(
  {
    what,
    where,
    iteration,
    lastGood,
  }: Extract<TrainingOutcome<EpochScores & { loss: number }>, { kind: 'diverged' }>,
  model: Trainable<never>,
  history: readonly EpochResult[],
): DivergenceError {
  loadWeights(model, lastGood.weights, lastGood.buffers)
  if (lastGood.layersRng !== undefined) model.randomState = lastGood.layersRng
  return new DivergenceError(
    `fit: ${what} became NaN or infinite after ${iteration} steps${where ? ` (${where})` : ''}; ` +
      `the model has its weights after ${lastGood.iteration} steps; a lower learning rate or clipNorm may help`,
    { iteration, state: lastGood, history },
  )
}

/** Checks samples and model, and creates what the loop works with. */
function prepare<T extends Targets>(
  model: Trainable<T> & Partial<Predictor<T>>,
  given: Samples<T>,
  options: FitOptions<T>,
) {
  const { batchSize = 32, validation, seed = 0, sampling = 'epochs', weightDecay = 0, clipNorm = 0 } = options
  if (typeof model?.parameters !== 'function') {
    throw new TypeError(
      `fit: a model with gradient(x, t) and parameters() is needed, not ${showValue(model)}`,
    )
  }
  checkSamples('fit', given)
  const data = samplesAs(given, model.parameters()[0]?.value.dtype)
  const { training: samples, validation: heldOut } =
    typeof validation === 'number'
      ? holdOut(data, validation, seed)
      : { training: data, validation: validation && checkedValidation(validation) }
  const metrics = options.metrics ?? []
  const needsPredictions = heldOut !== undefined || namedMetrics('fit', metrics).length > 0
  if (needsPredictions && !model.predict) {
    throw new TypeError('fit: validation and metrics need a model with predict(x)')
  }
  const judge = (part: Samples<T>) => evaluate(model as Predictor<T>, part, { metrics })
  const count = samples.x.shape[0]
  const iterations = iterationsOf(options, count)
  const from = options.state && (revived(options.state) as FitState)
  const weighted = withClassWeights(model as Trainable<T> & Weighable, options.classWeights, samples)
  const optimizer = optimizerOf(options)
  if (from) {
    optimizer.load(from.optimizer)
    loadWeights(model, from.weights, from.buffers)
    if (from.layersRng !== undefined) model.randomState = from.layersRng
  }
  const rng = from ? createRng(from.rng) : (options.rng ?? createRng(seed))
  const training = createTraining({
    ...{ model: weighted as Trainable, optimizer, data: samples, batchSize, rng, sampling, from },
    rate: rateOf(options, optimizer, iterations),
    rules: { weightDecay: options.optimizer === 'adamw' ? 0 : weightDecay, clipNorm },
  })
  return {
    ...{ training, iterations, count, batchSize, from },
    model: weighted,
    perEpoch: stepsPerEpoch(count, batchSize),
    selection: selectionOf(options),
    /** Without validation samples, the metrics of those that are learnt from. */
    evaluate: (): EpochScores => {
      if (heldOut) return { validation: judge(heldOut) }
      return needsPredictions ? { training: judge(samples) } : {}
    },
  }
}

function checkedValidation<T extends Targets>(validation: Samples<T>): Samples<T> {
  checkSamples('fit: validation', validation)
  return validation
}

function optimizerOf({ optimizer = 'adam', learningRate, weightDecay }: FitOptions): Optimizer {
  if (typeof optimizer === 'string') {
    if (OPTIMIZERS.includes(optimizer)) {
      return createOptimizer(
        optimizer,
        optimizer === 'adamw' ? { learningRate, weightDecay } : { learningRate },
      )
    }
  } else if (typeof optimizer?.step === 'function') {
    if (learningRate !== undefined) optimizer.learningRate = learningRate
    return optimizer
  }
  throw new TypeError(
    `fit: optimizer must be one of ${OPTIMIZERS.join(', ')}, or an optimizer, not ${showValue(optimizer)}`,
  )
}

/** The learning rate by the number of the step. A cosine without a length falls until the end. */
function rateOf(
  { schedule }: FitOptions,
  optimizer: Optimizer,
  iterations: number,
): (iteration: number) => number {
  const { learningRate } = optimizer
  if (schedule === undefined) return () => learningRate
  if (typeof schedule === 'function') return schedule
  const whole: LearningRateSchedule = {
    ...{ learningRate, schedule: 'constant', warmUp: 0 },
    ...schedule,
    cosineSteps: schedule.cosineSteps ?? Math.max(1, iterations - (schedule.warmUp ?? 0)),
  }
  return (iteration) => learningRateAt(whole, iteration)
}
