/** Runs the shared training loop on a session, and reports progress, weights and measurements as often as is visible. */
import { createLossAverager, runTraining, stepsPerEpoch } from '@gosa/training'
import type { Measurement, Reply } from '../protocol.ts'
import type { Session } from './session.ts'

/** The connection of the server: a worker's own scope, or a test. */
export interface Port {
  send(reply: Reply, transfer?: Transferable[]): void
  /** Lets requests arrive. */
  yieldToEvents(): Promise<void>
  /** The time in ms. */
  now(): number
}

/** How long steps are taken without handling requests, in ms. */
const SLICE_MS = 25

/** The minimum time between two reports of a kind, in ms. */
const REPORT_EVERY_MS = { progress: 100, weights: 400, measurement: 250 }

/** The number of points of the loss curve of a run. */
const LOSS_POINTS = 250

interface RunOptions {
  readonly port: Port
  /** The iteration to end at. */
  readonly iterations: number
  readonly signal: AbortSignal
  /** Sends a measurement, with the hash and the weights. */
  sendMeasurement(measurement: Omit<Measurement, 'sha256'>): Promise<void>
  sendWeights(): void
}

/** Trains up to an iteration, at which the network is measured, or until the run is aborted or diverges. */
export async function runSession(
  session: Session,
  { port, iterations, signal, sendMeasurement, sendWeights }: RunOptions,
): Promise<'done' | 'interrupted' | 'diverged'> {
  const { training, network, settings, images } = session
  const perEpoch = stepsPerEpoch(images.info.trainCount, settings.batchSize)
  const reported = { progress: port.now(), weights: port.now(), measurement: port.now() }
  const isDue = (what: keyof typeof reported) => port.now() - reported[what] >= REPORT_EVERY_MS[what]
  const losses = createLossAverager(Math.ceil(iterations / LOSS_POINTS))
  let measurement: Omit<Measurement, 'sha256'> | undefined

  function sendProgress(samplesPerSecond: number, flush: boolean): void {
    reported.progress = port.now()
    const points = losses.take(flush)
    if (flush && points.length === 0) return
    port.send({ type: 'progress', iteration: training.iteration, losses: points, samplesPerSecond })
  }

  const outcome = await runTraining({
    ...{ training, iterations, signal, sliceMs: SLICE_MS },
    model: network,
    evaluate() {
      measurement = session.evaluate()
      return measurement
    },
    evaluations: {
      isDue: (iteration) => iteration % perEpoch === 0 && isDue('measurement'),
      next: (iteration) => (Math.floor(iteration / perEpoch) + 1) * perEpoch,
      epochs: (iteration) => iteration / perEpoch,
    },
    events: {
      step: losses.add,
      progress({ samplesPerSecond }) {
        if (isDue('progress')) sendProgress(samplesPerSecond, false)
        if (!isDue('weights')) return
        sendWeights()
        reported.weights = port.now()
      },
      async epoch() {
        if (measurement) await sendMeasurement(measurement)
        reported.measurement = reported.weights = port.now()
      },
    },
    yieldToEvents: port.yieldToEvents,
    now: port.now,
  })
  sendProgress(outcome.samplesPerSecond, true)
  return outcome.kind
}
