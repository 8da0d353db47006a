/** The pages' side of training: requests to the worker, and the state that its messages lead to. */
import type { WeightMessage } from './example-network.ts'
import type { Prediction, Reply, Request } from './protocol.ts'
import { isSameRun, type TrainSettings } from './settings.ts'
import { initialState, reduce, type TrainState } from './state.ts'

/** The part of a `Worker` that is used. */
export interface WorkerLike {
  postMessage(request: Request, transfer?: Transferable[]): void
  onmessage: ((event: MessageEvent<Reply>) => void) | null
}

/** The training in the worker, as the pages use it. */
export interface Trainer {
  readonly state: TrainState
  /** Calls `listener` at each change of the state. Returns a function that stops that. */
  subscribe(listener: (state: TrainState) => void): () => void
  /** Trains with these settings: resumes the run if they are its own and it is not over, else starts a new one. */
  run(settings: TrainSettings): void
  pause(): void
  /** Takes one step, with these settings. */
  step(settings: TrainSettings): void
  /** Creates a new network with these settings, without training it. */
  reset(settings: TrainSettings): void
  /** Reads files of images to train on. */
  readFiles(files: readonly File[]): void
  /** Replaces the network by that of a model file. */
  load(file: File): Promise<void>
  /** The network as a model file. */
  save(): Promise<{ bytes: Uint8Array; iteration: number }>
  /** The prediction for an image (784 pixels); there must be a network. */
  predict(image: Float32Array): Promise<Prediction>
  /** The weights of the pretrained example network; they are computed once. */
  pretrained(): Promise<WeightMessage>
  /** Clears the failure from the state. */
  dismissFailure(): void
}

export function createTrainer(worker: WorkerLike): Trainer {
  let state = initialState()
  const listeners = new Set<(state: TrainState) => void>()
  const pendingSaves: ((saved: { bytes: Uint8Array; iteration: number }) => void)[] = []
  const pendingPredictions = new Map<number, (prediction: Prediction) => void>()
  let latestId = 0
  let pretrained: Promise<WeightMessage> | undefined
  let resolvePretrained: ((weights: WeightMessage) => void) | undefined

  const setState = (next: TrainState) => {
    if (next === state) return
    state = next
    for (const listener of listeners) listener(state)
  }
  const send = (request: Request, transfer: Transferable[] = []) => worker.postMessage(request, transfer)
  worker.onmessage = ({ data }) => {
    if (data.type === 'saved') pendingSaves.shift()?.(data)
    if (data.type === 'pretrained') resolvePretrained?.(data.weights)
    if (data.type === 'predicted') {
      pendingPredictions.get(data.id)?.(data.prediction)
      pendingPredictions.delete(data.id)
    }
    setState(reduce(state, data))
  }
  const prepare = (settings: TrainSettings, restart = false) => {
    setState({ ...state, failure: undefined })
    send({ type: 'prepare', settings, restart })
  }
  /** Whether the run of these settings has ended. */
  const isOver = (settings: TrainSettings) =>
    state.network !== undefined &&
    isSameRun(state.network.settings, settings) &&
    (state.iteration >= settings.iterations || state.stopped === 'diverged')

  return {
    get state() {
      return state
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    run(settings) {
      prepare(settings, isOver(settings))
      setState({ ...state, running: true, stopped: undefined })
      send({ type: 'run', iterations: settings.iterations })
    },
    pause: () => send({ type: 'pause' }),
    step(settings) {
      prepare(settings)
      send({ type: 'step' })
    },
    reset: (settings) => prepare(settings, true),
    readFiles: (files) => send({ type: 'files', files }),
    async load(file) {
      const bytes = new Uint8Array(await file.arrayBuffer())
      setState({ ...state, failure: undefined })
      send({ type: 'load', name: file.name, bytes }, [bytes.buffer])
    },
    save: () =>
      new Promise((resolve) => {
        pendingSaves.push(resolve)
        send({ type: 'save' })
      }),
    predict: (image) =>
      new Promise((resolve) => {
        pendingPredictions.set(++latestId, resolve)
        send({ type: 'predict', id: latestId, image })
      }),
    pretrained() {
      pretrained ??= new Promise((resolve) => {
        resolvePretrained = resolve
        send({ type: 'pretrain' })
      })
      return pretrained
    },
    dismissFailure: () => setState({ ...state, failure: undefined }),
  }
}

let trainer: Trainer | undefined

/** The trainer of all pages; its worker starts at the first call. */
export function sharedTrainer(): Trainer {
  trainer ??= startTrainer()
  return trainer
}

function startTrainer(): Trainer {
  const worker = new Worker(new URL('./train.worker.ts', import.meta.url), { type: 'module' })
  const client = createTrainer(worker)
  // The worker could not be loaded, or there was not enough memory for it.
  worker.onerror = ({ message = 'the worker failed' }) => {
    worker.onmessage?.({ data: { type: 'failed', request: 'prepare', message } } as MessageEvent<Reply>)
  }
  return client
}
