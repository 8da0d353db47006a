import type { Reply, Request } from './protocol.ts'
import { sameRun, type TrainSettings } from './settings.ts'
import { heard, initialState, type TrainState } from './state.ts'

/** The worker's end of the line. */
export interface Line {
  postMessage(request: Request, transfer?: Transferable[]): void
  onmessage: ((event: MessageEvent<Reply>) => void) | null
}

/** The training in the worker, as the pages see it. */
export interface Trainer {
  readonly state: TrainState
  /** Calls `listener` at each change; answers what stops that. */
  subscribe(listener: (state: TrainState) => void): () => void
  /** Trains with these settings: goes on where they are those of the run, else begins anew. */
  run(settings: TrainSettings): void
  pause(): void
  /** Takes one step, with these settings. */
  step(settings: TrainSettings): void
  /** Begins anew with these settings, and waits. */
  reset(settings: TrainSettings): void
  /** Takes files of images to train with. */
  drop(files: readonly File[]): void
  /** Takes the network of a file in place of the present one. */
  load(file: File): Promise<void>
  /** The bytes of a model file. */
  save(): Promise<{ bytes: Uint8Array; iteration: number }>
  /** The probabilities that the network gives the classes of an image (784); only where there is a network. */
  predict(image: Float32Array): Promise<Float32Array>
  /** Takes notice of what failed. */
  dismiss(): void
}

/** The trainer at the other end of a line. */
export function createTrainer(line: Line): Trainer {
  let state = initialState()
  const listeners = new Set<(state: TrainState) => void>()
  const savings: ((saved: { bytes: Uint8Array; iteration: number }) => void)[] = []
  const predictions = new Map<number, (probabilities: Float32Array) => void>()
  let asked = 0

  const become = (next: TrainState) => {
    if (next === state) return
    state = next
    for (const listener of listeners) listener(state)
  }
  const ask = (request: Request, transfer: Transferable[] = []) => line.postMessage(request, transfer)
  line.onmessage = ({ data }) => {
    if (data.type === 'saved') savings.shift()?.(data)
    if (data.type === 'predicted') {
      predictions.get(data.id)?.(data.probabilities)
      predictions.delete(data.id)
    }
    become(heard(state, data))
  }
  const prepare = (settings: TrainSettings, anew = false) => {
    become({ ...state, failure: undefined })
    ask({ type: 'prepare', settings, anew })
  }
  /** Whether a run of these settings has been all that it is to be. */
  const isOver = (settings: TrainSettings) =>
    state.network !== undefined &&
    sameRun(state.network.settings, settings) &&
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
      become({ ...state, running: true, stopped: undefined })
      ask({ type: 'run', iterations: settings.iterations })
    },
    pause: () => ask({ type: 'pause' }),
    step(settings) {
      prepare(settings)
      ask({ type: 'step' })
    },
    reset: (settings) => prepare(settings, true),
    drop: (files) => ask({ type: 'files', files }),
    async load(file) {
      const bytes = new Uint8Array(await file.arrayBuffer())
      become({ ...state, failure: undefined })
      ask({ type: 'load', name: file.name, bytes }, [bytes.buffer])
    },
    save: () =>
      new Promise((resolve) => {
        savings.push(resolve)
        ask({ type: 'save' })
      }),
    predict: (image) =>
      new Promise((resolve) => {
        predictions.set(++asked, resolve)
        ask({ type: 'predict', id: asked, image })
      }),
    dismiss: () => become({ ...state, failure: undefined }),
  }
}

let trainer: Trainer | undefined

/** The one trainer of all pages, in a worker that is started when it is first needed. */
export function theTrainer(): Trainer {
  trainer ??= started()
  return trainer
}

function started(): Trainer {
  const worker = new Worker(new URL('./train.worker.ts', import.meta.url), { type: 'module' })
  const one = createTrainer(worker)
  // It could not be loaded, or there was no memory for it.
  worker.onerror = ({ message = 'the worker does not run' }) => {
    worker.onmessage?.({ data: { type: 'failed', at: 'prepare', message } } as MessageEvent<Reply>)
  }
  return one
}
