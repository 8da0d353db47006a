/** What the pages know of the training in the worker: a reducer of the worker's messages. */
import { type Curve, createCurve, type Point } from '@gosa/training'
import type { ImagesInfo, Measurement, Reply, WeightImages } from './protocol.ts'
import { DEFAULT_SETTINGS, type TrainSettings } from './settings.ts'

/** The network in the worker. */
export interface Network {
  readonly settings: TrainSettings
  readonly images: ImagesInfo
  readonly sizes: readonly number[]
  /** The name of the file that it came from, if any. */
  readonly loaded?: string
}

/** The state of training, as the pages know it. */
export interface TrainState {
  /** Undefined until there is one. */
  readonly network?: Network
  /** The progress of generating digits, while it lasts. */
  readonly drawing?: { readonly drawn: number; readonly total: number }
  readonly running: boolean
  readonly iteration: number
  readonly samplesPerSecond: number
  /** The losses of the run; this curve grows in place. */
  readonly losses: Curve
  readonly trainAccuracies: readonly Point[]
  readonly testAccuracies: readonly Point[]
  readonly measurement?: Measurement
  readonly weights?: WeightImages
  /** Why training stopped. */
  readonly stopped?: 'paused' | 'done' | 'diverged'
  /** The images of the files that were dropped. */
  readonly files?: ImagesInfo
  /** The last failed request. */
  readonly failure?: Extract<Reply, { type: 'failed' }>
}

/** The state before the first message. */
export const initialState = (): TrainState => ({
  running: false,
  iteration: 0,
  samplesPerSecond: 0,
  losses: createCurve(),
  trainAccuracies: [],
  testAccuracies: [],
})

/** Whether the network is trained, here or before it was loaded. */
export const isTrained = ({ network, iteration }: TrainState): boolean =>
  network !== undefined && (iteration > 0 || network.loaded !== undefined)

/** The settings of the network, or the defaults. */
export const settingsOf = ({ network }: TrainState): TrainSettings => network?.settings ?? DEFAULT_SETTINGS

/** The state after a message of the worker. */
export function reduce(state: TrainState, reply: Reply): TrainState {
  switch (reply.type) {
    case 'drawing':
      return { ...state, drawing: reply }
    case 'ready': {
      const { settings, images, sizes, loaded } = reply
      const { files, running } = state
      return { ...initialState(), files, running, network: { settings, images, sizes, loaded } }
    }
    case 'progress': {
      const { iteration, losses, samplesPerSecond } = reply
      for (const [at, loss] of losses) state.losses.add(at, loss)
      // A single step is too short to be timed: the last throughput stays.
      const throughput = samplesPerSecond || state.samplesPerSecond
      return { ...state, running: true, iteration, samplesPerSecond: throughput, stopped: undefined }
    }
    case 'measured': {
      const { measurement } = reply
      const { iteration, trainAccuracy, testAccuracy } = measurement
      return {
        ...state,
        measurement,
        iteration,
        drawing: undefined,
        trainAccuracies: withPoint(state.trainAccuracies, [iteration, trainAccuracy]),
        testAccuracies: withPoint(state.testAccuracies, [iteration, testAccuracy]),
      }
    }
    case 'weights':
      return { ...state, weights: reply.weights }
    case 'stopped':
      return { ...state, running: false, drawing: undefined, iteration: reply.iteration, stopped: reply.why }
    case 'files':
      return { ...state, files: reply.images, failure: undefined }
    case 'failed':
      return {
        ...state,
        failure: reply,
        drawing: undefined,
        ...(reply.request === 'prepare' && { running: false }),
      }
    default:
      return state
  }
}

/** The maximum number of points of an accuracy curve. */
const MAX_ACCURACY_POINTS = 400

/** The curve with one more point, which replaces later points and one at the same iteration. */
function withPoint(points: readonly Point[], point: Point): readonly Point[] {
  const before = points.filter(([iteration]) => iteration < point[0])
  const thinned = before.length < MAX_ACCURACY_POINTS ? before : before.filter((_, i) => i % 2 === 0)
  return [...thinned, point]
}
