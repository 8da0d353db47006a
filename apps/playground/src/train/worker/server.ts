/** The server in the worker: holds the images and the network, and handles the requests of the pages. */
import { DataError } from '@gosa/datasets'
import { tensor } from '@gosa/linalg'
import { pretrainExampleNetwork } from '../example-network.ts'
import type { FallibleRequest, Request } from '../protocol.ts'
import { DEFAULT_SETTINGS, isSameRun, type TrainSettings } from '../settings.ts'
import { createFileCollector, generateDigits, type Images } from './images.ts'
import { openModel } from './models.ts'
import { type Port, runSession } from './run-session.ts'
import { createSession, type Session } from './session.ts'

/**
 * The state of the server. `goal` and `run` say what training does:
 *
 *     idle        neither     nothing is trained
 *     training    both        steps are taken up to the goal
 *     stopping    run only    the run is aborted and ends after its slice of steps
 *     restarting  both        the run is aborted; another one follows, with the present session and goal
 */
interface ServerState {
  /** The digits generated last, and the images of the files that were dropped. */
  digits?: Images
  files?: Images
  /** The network in training; `prepare` and `load` replace it. */
  session?: Session
  /** Whether the latest `prepare` has led to a session; `run` and `step` wait for it. */
  prepared: Promise<boolean>
  /** Increased by each preparation and each pause, which cancels preparations of an older id. */
  preparationId: number
  /** The iteration to train to. */
  goal?: number
  /** Aborts the run in progress. */
  run?: AbortController
}

/** The error of a preparation that was cancelled by a later request. */
const CANCELLED = new Error('cancelled')

type RequestOf<Type extends Request['type']> = Extract<Request, { type: Type }>

/** Handles requests; while a run is in progress, between its slices of steps. */
export function createServer(port: Port): (request: Request) => Promise<void> {
  const collectFiles = createFileCollector()
  const state: ServerState = { prepared: Promise.resolve(true), preparationId: 0 }

  const sendFailure = (request: FallibleRequest, error: unknown, name?: string) => {
    if (error === CANCELLED) return
    const code = error instanceof DataError ? error.code : undefined
    port.send({ type: 'failed', request, code, name, message: (error as Error).message })
  }
  const sendStopped = (why: 'paused' | 'done' | 'diverged') =>
    port.send({ type: 'stopped', iteration: state.session?.training.iteration ?? 0, why })

  function sendWeights(session: Session): void {
    const weights = session.weightImages()
    port.send({ type: 'weights', weights }, [weights.levels.buffer])
  }

  async function sendMeasurement(session: Session, measurement = session.evaluate()): Promise<void> {
    const sha256 = await session.sha256()
    if (session !== state.session) return
    port.send({ type: 'measured', measurement: { ...measurement, sha256 } })
    sendWeights(session)
  }

  /** Replaces the session, and aborts the run of the one before. */
  async function startSession(session: Session): Promise<void> {
    state.session = session
    state.run?.abort()
    const { settings, images, sizes, loaded } = session
    port.send({ type: 'ready', settings, images: images.info, sizes, loaded })
    await sendMeasurement(session)
  }

  /** The images of the settings. Rejects with `CANCELLED` if a later request makes them obsolete. */
  async function prepareImages({ data, trainSize }: TrainSettings): Promise<Images> {
    const id = ++state.preparationId
    if (data === 'files' && state.files) return state.files
    if (state.digits?.info.trainCount === trainSize) return state.digits
    state.digits = await generateDigits(trainSize, async (drawn, total) => {
      port.send({ type: 'drawing', drawn, total })
      await port.yieldToEvents()
      if (id !== state.preparationId) throw CANCELLED
    })
    return state.digits
  }

  /** Creates a session, unless there is one of the same settings. Returns whether there is a session now. */
  async function prepare({ settings, restart }: RequestOf<'prepare'>): Promise<boolean> {
    const usable =
      settings.data === 'files' && !state.files ? { ...settings, data: 'digits' as const } : settings
    if (state.session && !restart && isSameRun(state.session.settings, usable)) return true
    try {
      await startSession(createSession(usable, await prepareImages(usable)))
      return true
    } catch (error) {
      sendFailure('prepare', error)
      if (!state.run) sendStopped('paused')
      return false
    }
  }

  async function load({ name, bytes }: RequestOf<'load'>): Promise<void> {
    try {
      const network = openModel(bytes)
      stop()
      const wasTraining = state.run !== undefined
      const settings = state.session?.settings ?? DEFAULT_SETTINGS
      await startSession(createSession(settings, await prepareImages(settings), { network, name }))
      if (wasTraining && state.goal === undefined) sendStopped('paused')
    } catch (error) {
      sendFailure('load', error, name)
    }
  }

  function stop(): void {
    state.goal = undefined
    state.run?.abort()
  }

  async function run({ iterations }: RequestOf<'run'>): Promise<void> {
    const id = state.preparationId
    if (!(await state.prepared)) return
    if (id !== state.preparationId) return sendStopped('paused')
    if (iterations !== state.goal) state.run?.abort()
    state.goal = iterations
    if (!state.run) await trainToGoal()
  }

  /** Trains until the goal is reached or given up; another session or another goal continues with another run. */
  async function trainToGoal(): Promise<void> {
    while (state.session && state.goal !== undefined) {
      const { session, goal: iterations } = state
      state.run = new AbortController()
      const { signal } = state.run
      const outcome = await runSession(session, {
        ...{ port, iterations, signal },
        sendMeasurement: (measurement) => sendMeasurement(session, measurement),
        sendWeights: () => sendWeights(session),
      })
      if (signal.aborted && state.goal !== undefined) continue
      state.goal = undefined
      if (session !== state.session) continue
      if (outcome === 'interrupted') await sendMeasurement(session)
      // Requests that were handled meanwhile may have replaced the session or set another goal.
      if (session !== state.session || state.goal !== undefined) continue
      sendStopped(outcome === 'interrupted' ? 'paused' : outcome)
    }
    state.run = undefined
  }

  async function step(): Promise<void> {
    if (!(await state.prepared) || state.run || !state.session) return
    const { training } = state.session
    const loss = training.step()
    if (!Number.isFinite(loss)) return sendStopped('diverged')
    const { iteration } = training
    port.send({ type: 'progress', iteration, losses: [[iteration, loss]], samplesPerSecond: 0 })
    await sendMeasurement(state.session)
    sendStopped('paused')
  }

  async function readFiles({ files }: RequestOf<'files'>): Promise<void> {
    try {
      state.files = await collectFiles(files)
      port.send({ type: 'files', images: state.files.info })
    } catch (error) {
      sendFailure('files', error)
    }
  }

  function save(): void {
    if (!state.session) return
    const bytes = state.session.encode()
    port.send({ type: 'saved', bytes, iteration: state.session.training.iteration }, [bytes.buffer])
  }

  function predict({ id, image }: RequestOf<'predict'>): void {
    const { session } = state
    const prediction = session?.predict(tensor(image, { shape: [784] })) ?? {
      probabilities: new Float32Array(0),
    }
    port.send({ type: 'predicted', id, prediction, iteration: session?.training.iteration ?? 0 })
  }

  return async (request) => {
    switch (request.type) {
      case 'prepare':
        if (request.restart) stop()
        state.prepared = prepare(request)
        await state.prepared
        return
      case 'pause':
        stop()
        state.preparationId++
        return
      case 'run':
        return run(request)
      case 'step':
        return step()
      case 'load':
        return load(request)
      case 'files':
        return readFiles(request)
      case 'save':
        return save()
      case 'pretrain':
        return port.send({ type: 'pretrained', weights: pretrainExampleNetwork() })
      case 'predict':
        return predict(request)
    }
  }
}
