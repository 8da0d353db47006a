/** The worker of `fitInWorker`: rebuilds the network, trains it by `fit`, and sends back what training changed. */
import { setBackend, type Tensor } from '@gosa/linalg'
import { createNetwork, type NetworkData } from '@gosa/networks'
import { plain, revived } from '../fit/fit-state.ts'
import { buffersOf, DivergenceError, fit, type Samples, type Trainable, weightsOf } from '../index.ts'
import type { FailedWith, ModelState, Reply, Request, Start } from './messages.ts'

/** The shortest time between two messages about steps, in ms. */
const STEP_MESSAGE_MS = 50

const signal = { aborted: false }
let isStopped = false
let continueWith: ((answer: boolean) => void) | undefined

self.onmessage = ({ data }: MessageEvent<Request>) => {
  if (data.kind === 'start') void train(data)
  else if (data.kind === 'continue') continueWith?.(data.answer)
  else if (data.kind === 'stop') isStopped = true
  else signal.aborted = true
}

const send = (reply: Reply) => postMessage(reply)

async function train({ backend, architecture, model: initial, samples, options, ...start }: Start) {
  let model: Trainable | undefined
  try {
    setBackend(backend)
    const { weights, buffers, randomState } = revived(initial) as ModelState
    const network = createNetwork(
      architecture as NetworkData,
      { ...weights, ...buffers } as Record<string, Tensor>,
    )
    if (randomState !== undefined) network.randomState = randomState as typeof network.randomState
    model = network as unknown as Trainable
    signal.aborted = start.aborted
    const result = await fit(model, revived(samples) as Samples, {
      ...(revived(options) as typeof options),
      signal,
      ...(start.tellsSteps && { onStep: createStepCallback() }),
      ...(start.tellsEpochs && {
        onEpoch: (result) =>
          new Promise<boolean>((resolve) => {
            continueWith = resolve
            send({ kind: 'epoch', result })
          }),
      }),
    })
    send({ kind: 'done', model: stateOf(model), result: plain(result) as typeof result })
  } catch (error) {
    const changed = model && error instanceof DivergenceError ? { model: stateOf(model) } : {}
    send({ kind: 'failed', ...changed, error: plainError(error as Error) })
  }
}

/** Tells the first step, the last one, and in between one now and then. */
function createStepCallback() {
  let next = 0
  return (result: Extract<Reply, { kind: 'step' }>['result']) => {
    const now = performance.now()
    if (now >= next || result.iteration === result.iterations) {
      send({ kind: 'step', result })
      next = now + STEP_MESSAGE_MS
    }
    return !isStopped
  }
}

const stateOf = (model: Trainable): ModelState =>
  plain({
    weights: weightsOf(model),
    buffers: buffersOf(model),
    randomState: model.randomState,
  }) as ModelState

const plainError = (error: Error): FailedWith => ({
  name: error.name,
  message: error.message,
  ...(error instanceof DivergenceError && {
    details: plain({
      iteration: error.iteration,
      state: error.state,
      history: error.history,
    }) as FailedWith['details'],
  }),
})
