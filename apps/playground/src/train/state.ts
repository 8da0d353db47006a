import { type Curve, createCurve, type Point } from '@gosa/training'
import type { ImagesInfo, Measured, Reply, WeightImages } from './protocol.ts'
import { DEFAULT_SETTINGS, type TrainSettings } from './settings.ts'

/** A network in the worker. */
export interface Network {
  readonly settings: TrainSettings
  readonly images: ImagesInfo
  readonly sizes: readonly number[]
  /** The name of the file that it came from, if any. */
  readonly loaded?: string
}

/** What the page knows of the training in the worker. */
export interface TrainState {
  /** Nothing before it was made. */
  readonly network?: Network
  /** How many images are generated of how many, while they are. */
  readonly drawing?: { readonly drawn: number; readonly total: number }
  readonly running: boolean
  readonly iteration: number
  readonly samplesPerSecond: number
  /** The losses of the run, which grows in place. */
  readonly losses: Curve
  readonly trainAccuracies: readonly Point[]
  readonly testAccuracies: readonly Point[]
  readonly measured?: Measured
  readonly weights?: WeightImages
  /** Why steps are not taken any more. */
  readonly stopped?: 'paused' | 'done' | 'diverged'
  /** Images of files that were dropped. */
  readonly files?: ImagesInfo
  /** What failed last, and changed nothing. */
  readonly failure?: Extract<Reply, { type: 'failed' }>
}

/** Before anything is known. */
export const initialState = (): TrainState => ({
  running: false,
  iteration: 0,
  samplesPerSecond: 0,
  losses: createCurve(),
  trainAccuracies: [],
  testAccuracies: [],
})

/** Whether the network has learned anything, here or before it came. */
export const isTrained = ({ network, iteration }: TrainState): boolean =>
  network !== undefined && (iteration > 0 || network.loaded !== undefined)

/** The settings of the network, or those that one begins with. */
export const settingsOf = ({ network }: TrainState): TrainSettings => network?.settings ?? DEFAULT_SETTINGS

/** What the page knows once it has heard a reply. */
export function heard(state: TrainState, reply: Reply): TrainState {
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
      // A single step is too short to be timed.
      const speed = samplesPerSecond || state.samplesPerSecond
      return { ...state, running: true, iteration, samplesPerSecond: speed, stopped: undefined }
    }
    case 'measured': {
      const { measured } = reply
      const { iteration, trainAccuracy, testAccuracy } = measured
      return {
        ...state,
        measured,
        iteration,
        drawing: undefined,
        trainAccuracies: continued(state.trainAccuracies, [iteration, trainAccuracy]),
        testAccuracies: continued(state.testAccuracies, [iteration, testAccuracy]),
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
        ...(reply.at === 'prepare' && { running: false }),
      }
    default:
      return state
  }
}

/** How many points a curve of accuracies may have. */
const MOST = 400

/** The curve with one more point; what was measured again replaces what was measured there. */
function continued(points: readonly Point[], point: Point): readonly Point[] {
  const before = points.filter(([iteration]) => iteration < point[0])
  const kept = before.length < MOST ? before : before.filter((_, i) => i % 2 === 0)
  return [...kept, point]
}
