/** What the page and the worker of `fitInWorker` send each other. Tensors are plain objects, see `plain`. */
import type { EpochResult, FitOptions, FitResult, StepResult, Targets, Weights } from '../index.ts'

/** Begins training. */
export interface Start {
  readonly kind: 'start'
  readonly backend: string
  /** What `describe()` of the network returns. */
  readonly architecture: object
  readonly model: ModelState
  readonly samples: { readonly x: unknown; readonly t: Targets }
  readonly options: FitOptions
  /** Whether the signal is aborted already. */
  readonly aborted: boolean
  /** Whether the page has callbacks for steps and for epochs. */
  readonly tellsSteps: boolean
  readonly tellsEpochs: boolean
}

export type Request =
  | Start
  /** The answer to an epoch. */
  | { readonly kind: 'continue'; readonly answer: boolean }
  /** A callback for steps returned `false`. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'abort' }

/** Everything of a network that training changes. */
export interface ModelState {
  readonly weights: Weights
  readonly buffers: Weights
  readonly randomState: unknown
}

export type Reply =
  | { readonly kind: 'step'; readonly result: StepResult }
  /** The worker waits for `continue`. */
  | { readonly kind: 'epoch'; readonly result: EpochResult }
  | { readonly kind: 'done'; readonly model: ModelState; readonly result: FitResult }
  | { readonly kind: 'failed'; readonly model?: ModelState; readonly error: FailedWith }

/** An error of `fit`: a structured clone loses the class. */
export interface FailedWith {
  readonly name: string
  readonly message: string
  /** What a `DivergenceError` has besides. */
  readonly details?: { iteration: number; state: FitResult['state']; history: FitResult['history'] }
}
