import { createLossAverager, stepsPerEpoch } from '@gosa/training'

import type { Port } from './port.ts'
import type { Session } from './session.ts'

/** How long steps are taken without listening, in ms. */
const BREATH = 25

/** How often progress, weights and quality are told, in ms: more often nobody can see it. */
const EVERY = { progress: 100, weights: 400, measured: 250 }

/** How many points the curve of a whole run has. */
const POINTS = 250

export interface Course {
  readonly port: Port
  /** Up to which iteration; it may be moved meanwhile. */
  target(): number
  /** Whether steps are still wanted of this session. */
  goesOn(): boolean
  tellMeasured(): Promise<void>
  tellWeights(): void
}

/** Takes steps in breaths, between which others are heard, and tells of them; answers why it ended. */
export async function takeSteps(
  { training, settings, images }: Session,
  { port, target, goesOn, tellMeasured, tellWeights }: Course,
): Promise<'paused' | 'done' | 'diverged'> {
  const perEpoch = stepsPerEpoch(images.info.trainCount, settings.batchSize)
  const told = { progress: port.now(), weights: port.now(), measured: port.now() }
  const isDue = (what: keyof typeof told) => port.now() - told[what] >= EVERY[what]
  const means = createLossAverager(Math.ceil(target() / POINTS))
  let [busy, steps] = [0, 0]

  function tellProgress(all: boolean): void {
    told.progress = port.now()
    const losses = means.take(all)
    if (steps === 0 || (all && losses.length === 0)) return
    const samplesPerSecond = (steps * settings.batchSize) / (busy / 1000)
    port.tell({ type: 'progress', iteration: training.iteration, losses, samplesPerSecond })
  }

  try {
    while (training.iteration < target()) {
      const epochEnd = (Math.floor(training.iteration / perEpoch) + 1) * perEpoch
      const until = Math.min(target(), epochEnd)
      const start = port.now()
      while (training.iteration < until && port.now() - start < BREATH) {
        const loss = training.step()
        if (!Number.isFinite(loss)) return 'diverged'
        means.add(training.iteration, loss)
        steps++
      }
      busy += port.now() - start
      if (isDue('progress')) tellProgress(false)
      if (training.iteration === epochEnd && epochEnd < target() && isDue('measured')) {
        await tellMeasured()
        told.measured = told.weights = port.now()
      } else if (isDue('weights')) {
        tellWeights()
        told.weights = port.now()
      }
      await port.breathe()
      if (!goesOn()) return 'paused'
    }
    return 'done'
  } finally {
    tellProgress(true)
  }
}
