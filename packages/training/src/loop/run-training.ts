/**
 * The training loop: steps in short slices between which events are handled, evaluations and checkpoints when they are
 * due, early stopping, and an end at the first NaN or infinity, with the last finite state to roll back to.
 */
import { areFinite, type Trainable, weightsOf } from './classifier.ts'
import {
  type EarlyStoppingState,
  type EvaluatedWeights,
  type IsBetter,
  isBetter,
  type Quality,
  type SelectionCriterion,
  updateEarlyStopping,
} from './early-stopping.ts'
import { type CheckpointSchedule, type EvaluationSchedule, nextMultiple } from './run-schedule.ts'
import type { TrainingState } from './state.ts'
import { createThroughput } from './throughput.ts'
import type { Training } from './training.ts'

/** The number of steps between two checks that all weights are finite; the state of each check is kept for a rollback. */
const FINITE_CHECK_EVERY = 100

/** How long steps are taken without handling events, by default, in ms. */
const SLICE_MS = 50

/** What was measured at the end of an epoch, or at the end of the run. */
export type EpochMetrics<Q = Quality> = Q & EpochSummary

/** What every run reports of an epoch. */
export interface EpochSummary {
  /** The number of epochs so far; not an integer if the run ends within one. */
  epoch: number
  iteration: number
  /** The mean loss of the steps of this epoch. */
  loss: number
  /** The throughput since the last evaluation. */
  samplesPerSecond: number
  /** The learning rate of the last step. */
  learningRate?: number
  /** With early stopping: whether these weights are the best so far. */
  best?: boolean
}

/** The progress of a run. */
export interface TrainingProgress {
  iteration: number
  /** The loss of the latest step. */
  loss: number
  /** The throughput since the run began. */
  samplesPerSecond: number
}

/** What a run reports while it goes on. `false` as an answer, or as that of a promise, ends the run. */
export interface TrainingEvents<Q = Quality> {
  /** After each step; a promise is waited for. */
  step?(iteration: number, loss: number): unknown
  /** After each slice of steps. */
  progress(progress: TrainingProgress): void
  /** After each evaluation. */
  epoch(metrics: EpochMetrics<Q>): Promise<unknown>
  /** When a checkpoint is due, and at the end of the run. */
  checkpoint?(state: TrainingState<Q>): Promise<void>
}

/** What a run works on, and what it reports to. */
export interface TrainingRun<Q = Quality> {
  training: Training
  model: Pick<Trainable, 'parameters'>
  /** The number of steps to end after, those before a resumption included. */
  iterations: number
  /** Measures the model as it stands. */
  evaluate(): Q
  /** What a measurement shows to have diverged, in words; by default `the test loss`, if that is not finite. */
  findDivergence?(quality: Q): string | undefined
  evaluations: EvaluationSchedule
  /** By default there are no checkpoints but the last one. */
  checkpoints?: CheckpointSchedule
  /** Early stopping: the number of epochs in a row that may bring no improvement; undefined turns it off. */
  patience?: number
  /** The criterion that selects the best weights; `loss` by default. */
  bestBy?: SelectionCriterion
  /** Selects the best weights in place of `bestBy`. */
  isBetter?: IsBetter<Q>
  /** The state of early stopping, when a run is resumed. */
  early?: EarlyStoppingState<Q>
  events: TrainingEvents<Q>
  /** Interrupts the run after the current slice. */
  signal: { readonly aborted: boolean }
  /** Lets other events be handled; called between slices. */
  yieldToEvents(): Promise<void>
  /** The duration of a slice in ms. */
  sliceMs?: number
  /** The time in ms; it has no influence on the weights. */
  now?: () => number
}

/** How a run ended; its throughput counts the steps alone, drawing the batch included. */
export type TrainingOutcome<Q = Quality> = { samplesPerSecond: number; steps: number } & (
  | ({
      kind: 'done'
      /** The final weights, or the best ones with early stopping; the `Quality` is theirs. */
      result: Pick<TrainingState<Q>, 'weights' | 'buffers' | 'iteration'>
      /** Whether patience ran out. */
      stoppedEarly: boolean
    } & Q)
  | { kind: 'interrupted'; state: TrainingState<Q> }
  | {
      kind: 'diverged'
      /** What became NaN or infinite: `the loss`, `a weight` or `the test loss`. */
      what: string
      /** In which weight or layer, in words. */
      where?: string
      /** The number of steps taken until then. */
      iteration: number
      /** The latest state known to be good. */
      lastGood: TrainingState<Q>
    }
)

/** Trains until the last iteration, until patience runs out, an interruption, or the first NaN or infinity. */
export async function runTraining<Q extends object = Quality>(
  run: TrainingRun<Q>,
): Promise<TrainingOutcome<Q>> {
  const { training, model, iterations, evaluations, checkpoints, events, signal } = run
  const { sliceMs = SLICE_MS, now = () => performance.now(), findDivergence = findTestLossDivergence } = run
  let isStopped = false
  const evaluator = createEvaluator(run)
  const throughput = createThroughput(training, now)
  const firstIteration = training.iteration

  const state = (): TrainingState<Q> => ({ ...training.state(), early: evaluator.early() })
  const rollback = createRollbackStates(state())
  const isOver = () => training.iteration >= iterations || evaluator.patienceIsExhausted()
  const totals = () => ({
    steps: training.iteration - firstIteration,
    samplesPerSecond: throughput.overall(),
  })
  const diverged = (what: string): TrainingOutcome<Q> => {
    const { iteration } = training
    const lastGood = rollback.lastFinite(iteration)
    return { kind: 'diverged', what, where: training.notFinite(), iteration, lastGood, ...totals() }
  }

  while (!isOver()) {
    const { iteration: from } = training
    const until = Math.min(
      iterations,
      evaluations.next(from),
      checkpoints?.next(from) ?? Infinity,
      nextMultiple(FINITE_CHECK_EVERY, from),
    )
    while (training.iteration < until) {
      const { loss, answer } = throughput.time(() =>
        takeSteps(training, until, { sliceMs, now, onStep: events.step }),
      )
      const { iteration } = training
      if (training.hasDiverged(loss)) return diverged('the loss')
      if ((await answer) === false) isStopped = true
      events.progress({ iteration, loss, samplesPerSecond: throughput.overall() })
      await run.yieldToEvents()
      if (isStopped || signal.aborted || checkpoints?.isDue(iteration)) break
    }
    const { iteration } = training
    const evaluationIsDue = evaluations.isDue(iteration) || iteration === iterations
    const checkIsDue = checkpoints?.isDue(iteration) || iteration % FINITE_CHECK_EVERY === 0
    if (!(evaluationIsDue || checkIsDue || isStopped || signal.aborted)) continue
    if (!areFinite(weightsOf(model))) return diverged('a weight')
    if (evaluationIsDue) {
      const metrics = evaluator.evaluate()
      const what = findDivergence(metrics)
      if (what !== undefined) return diverged(what)
      const answer = await events.epoch({ ...metrics, samplesPerSecond: throughput.sinceLast() })
      if (answer === false) isStopped = true
    }
    // An epoch alone needs no copy of the state: epochs may be short.
    if (!(checkIsDue || isOver() || isStopped || signal.aborted)) continue
    const current = state()
    rollback.push(current)
    if (checkpoints?.isDue(iteration) || isOver()) {
      await events.checkpoint?.(current)
      checkpoints?.markWritten()
    }
    if ((isStopped || signal.aborted) && !isOver())
      return { kind: 'interrupted', state: current, ...totals() }
  }
  const result = evaluator.result()
  const stoppedEarly = training.iteration < iterations
  return { kind: 'done', result, stoppedEarly, ...result.quality, ...totals() }
}

const findTestLossDivergence = (quality: object): string | undefined =>
  'testLoss' in quality && !Number.isFinite(quality.testLoss) ? 'the test loss' : undefined

/**
 * Takes steps up to iteration `until`, for at most one slice. Returns the last loss, and the answer of `onStep`. A loss that
 * has diverged ends the slice, and so does an answer.
 */
function takeSteps(
  training: Training,
  until: number,
  { sliceMs, now, onStep }: { sliceMs: number; now: () => number; onStep: TrainingEvents['step'] },
): { loss: number; answer?: unknown } {
  const end = now() + sliceMs
  let loss: number
  do {
    loss = training.step()
    if (training.hasDiverged(loss)) break
    const answer = onStep?.(training.iteration, loss)
    if (answer === false || answer instanceof Promise) return { loss, answer }
  } while (training.iteration < until && now() < end)
  return { loss }
}

/** Evaluates the model of a run and keeps track of the best weights. */
function createEvaluator<Q extends object>({
  training,
  patience,
  bestBy = 'loss',
  early: from,
  isBetter: better = (quality, best) => isBetter(quality as Quality, best as Quality | undefined, bestBy),
  ...run
}: TrainingRun<Q>) {
  let early: EarlyStoppingState<Q> | undefined = patience ? (from ?? { waited: 0 }) : undefined
  /** What was measured last. */
  let latest: Q | undefined

  const withWeights = (quality: Q): EvaluatedWeights<Q> => ({
    ...{ iteration: training.iteration, quality },
    ...training.copyWeights(),
  })

  return {
    /** Evaluates the model; the throughput is left to be filled in. */
    evaluate(): Q & Omit<EpochSummary, 'samplesPerSecond'> {
      const quality = (latest = run.evaluate())
      const { iteration } = training
      const best = early && better(quality, early.best?.quality)
      const epochHasEnded = run.evaluations.isDue(iteration)
      // An evaluation within an epoch, because the run ends there, must leave no trace: a longer run would not make it.
      if (epochHasEnded && early) {
        early = updateEarlyStopping(early, quality, better, () => withWeights(quality))
      }
      return {
        epoch: run.evaluations.epochs(iteration),
        iteration,
        loss: epochHasEnded ? training.takeMeanLoss() : training.meanLoss(),
        ...quality,
        learningRate: training.learningRate,
        ...(early && { best }),
      }
    },
    /** The state of early stopping, if it is on. */
    early: () => early,
    patienceIsExhausted: () => early !== undefined && early.waited >= (patience ?? Infinity),
    /** The weights to keep at the end, which is evaluated: the latest, or with early stopping the best ones. */
    result(): EvaluatedWeights<Q> {
      const quality = latest ?? run.evaluate()
      return early?.best && !better(quality, early.best.quality) ? early.best : withWeights(quality)
    },
  }
}

/** The two latest states with finite weights, to return to when training diverges. */
function createRollbackStates<Q>(start: TrainingState<Q>) {
  let [previous, latest] = [start, start]
  return {
    push(state: TrainingState<Q>): void {
      ;[previous, latest] = [latest, state]
    },
    /**
     * The latest state known to be good when training diverges at `iteration`: a step from it had a finite loss. Finite
     * weights alone are not enough, since their loss may be infinite.
     */
    lastFinite: (iteration: number): TrainingState<Q> => (iteration > latest.iteration ? latest : previous),
  }
}
