import { backend, backends } from '@gosa/linalg'
import { showValue } from '@gosa/linalg/options'
import { checkFitOptions } from '../fit/fit-options.ts'
import { loadWeights, plain, revived } from '../fit/fit-state.ts'
import { checkSamples } from '../fit/prepare-samples.ts'
import {
  buffersOf,
  DivergenceError,
  type FitOptions,
  type FitResult,
  type Samples,
  type Targets,
  type Trainable,
  weightsOf,
} from '../index.ts'
import type { FailedWith, ModelState, Reply, Request, Start } from './messages.ts'
import { WORKER } from './worker.generated.ts'

/** A model that can be sent to a worker: a `Network` of the layers and losses of Gosa. */
export interface DescribedModel<T = Targets> extends Trainable<T> {
  /** The architecture as plain data, without weights. */
  describe(): object
}

/** The options of `fit`, as far as they can be sent to a worker. */
export type FitInWorkerOptions<T extends Targets = Targets> = Omit<FitOptions<T>, 'signal' | 'rng'> & {
  /** Ends training after the current slice of steps; `fitInWorker` then returns what there is. */
  signal?: EventfulSignal
}

/** An `AbortSignal` by its shape, since projects whose types lack those of browsers use this package as well. */
export interface EventfulSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/**
 * Trains a network as `fit` does, in a Web Worker, so that the page stays responsive. The bits are those of `fit`.
 *
 *     const { history } = await fitInWorker(network, { x, t }, { epochs: 20, onEpoch: ({ loss }) => show(loss) })
 *
 * The worker has copies of the network and of the samples: the network of the page gets its new weights at the end, all at
 * once, and keeps its own until then, also if an error is thrown other than a `DivergenceError`. `onEpoch` is called for each epoch, and training waits
 * for it; `onStep` for the first step, the last one, and at most every 50 ms in between. `false` from either ends training, from
 * `onStep` a few steps later.
 *
 * Functions stay in the page, so optimizer, schedule and metrics are names or plain objects. No file has to be served; a
 * Content-Security-Policy must allow `worker-src blob:`.
 *
 * Throws what `fit` throws, a `TypeError` for a model without `describe()` and for options that cannot be sent, and an `Error` if
 * the worker cannot be started.
 */
export async function fitInWorker<T extends Targets>(
  model: DescribedModel<T>,
  samples: Samples<T>,
  options?: FitInWorkerOptions<T>,
): Promise<FitResult> {
  const { progress, onStep, onEpoch, signal, ...sent } = checkFitOptions(options as FitOptions<T>)
  checkSendable(model, sent as FitOptions)
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(`fitInWorker: signal must be an AbortSignal, not ${showValue(signal)}`)
  }
  checkSamples('fit', samples)
  if (typeof sent.validation === 'object') checkSamples('fit: validation', sent.validation)
  const worker = startWorker()
  const post = (request: Request, transfer: Transferable[] = []) => worker.postMessage(request, transfer)
  const abort = () => post({ kind: 'abort' })
  signal?.addEventListener('abort', abort)
  try {
    return await new Promise<FitResult>((resolve, reject) => {
      const steps = [progress?.onStep?.bind(progress), onStep].filter((one) => one !== undefined)
      const epochs = [progress?.onEpoch?.bind(progress), onEpoch].filter((one) => one !== undefined)
      const receive = async (reply: Reply) => {
        if (reply.kind === 'step') {
          if ((await answersOf(steps, reply.result)).includes(false)) post({ kind: 'stop' })
        } else if (reply.kind === 'epoch') {
          const answers = await answersOf(epochs, reply.result)
          post({ kind: 'continue', answer: !answers.includes(false) })
        } else {
          if (reply.model) loadState(model, reply.model)
          if (reply.kind === 'failed') reject(errorOf(reply.error))
          else resolve(revived(reply.result) as FitResult)
        }
      }
      worker.onmessage = ({ data }: MessageEvent<Reply>) => receive(data).catch(reject)
      worker.onerror = ({ message = '' }) =>
        reject(new Error(`fitInWorker: the worker failed: ${message || CSP}`))
      const start: Start = {
        ...{ kind: 'start', backend: backend().name, architecture: model.describe() },
        model: plain(stateOf(model)) as ModelState,
        samples: ownSamples(samples),
        options: plain(
          typeof sent.validation === 'object' ? { ...sent, validation: ownSamples(sent.validation) } : sent,
        ) as FitOptions,
        aborted: signal?.aborted ?? false,
        tellsSteps: steps.length > 0,
        tellsEpochs: epochs.length > 0,
      }
      post(start, buffersIn([start.samples, start.options.validation]))
    })
  } finally {
    signal?.removeEventListener('abort', abort)
    worker.terminate()
    progress?.onEnd?.()
  }
}

const CSP = 'it could not be started; a Content-Security-Policy must allow worker-src blob:'

/** Throws unless the model and the options can be sent to a worker. */
function checkSendable(model: DescribedModel<never>, options: FitOptions): void {
  if (typeof model?.describe !== 'function' || typeof model.parameters !== 'function') {
    throw new TypeError(`fitInWorker: a Network is needed, which has describe(), not ${showValue(model)}`)
  }
  const { optimizer, schedule, metrics = [], rng } = options
  const refuse = (what: string, instead: string) => {
    throw new TypeError(`fitInWorker: ${what} cannot be sent to a worker: ${instead}`)
  }
  if (typeof optimizer === 'object') refuse('an optimizer', "give its name, such as 'adam', and learningRate")
  if (typeof schedule === 'function')
    refuse('a function as schedule', "give an object, such as { schedule: 'cosine' }")
  if (rng !== undefined) refuse('rng', 'give a seed')
  if (Object.values(metrics).some((one) => typeof one === 'function')) {
    refuse('a function as metric', 'give names, or compute it with evaluate afterwards')
  }
  const { name } = backend()
  if (!backends().includes(name)) refuse(`the backend ${name}`, `set one of ${backends().join(', ')}`)
}

function startWorker(): Worker {
  if (typeof Worker === 'undefined') {
    throw new Error('fitInWorker: there are no Web Workers here; fit trains in any engine')
  }
  const url = URL.createObjectURL(new Blob([WORKER], { type: 'text/javascript' }))
  try {
    return new Worker(url, { name: 'fit' })
  } finally {
    // The worker fetches its script before anything else can happen to the address.
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
}

const answersOf = <R>(callbacks: readonly ((result: R) => unknown)[], result: R): Promise<unknown[]> =>
  Promise.all(callbacks.map((tell) => tell(result)))

const stateOf = (model: Trainable<never>): ModelState => ({
  weights: weightsOf(model),
  buffers: buffersOf(model),
  randomState: model.randomState,
})

function loadState(model: Trainable<never>, state: ModelState): void {
  const { weights, buffers, randomState } = revived(state) as ModelState
  loadWeights(model, weights, buffers)
  if (randomState !== undefined) model.randomState = randomState
}

/** Copies of samples, whose memory can be handed over: the page keeps its own. */
const ownSamples = <T extends Targets>({ x, t }: Samples<T>): Samples<T> =>
  plain({ x, t: ArrayBuffer.isView(t) ? t.slice() : t }) as Samples<T>

/** The buffers of all typed arrays in a value. */
function buffersIn(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(buffersIn) : []
}

function errorOf({ name, message, details }: FailedWith): Error {
  if (details) return new DivergenceError(message, revived(details) as typeof details)
  const Kind = { TypeError, RangeError }[name] ?? Error
  return new Kind(message)
}
