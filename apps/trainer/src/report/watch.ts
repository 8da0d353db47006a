import type { Output } from '@gosa/cli-kit'
import { progressObserver, type Watched } from '../terminal/progress-observer.ts'
import { type Curve, createCurve } from './curve.ts'
import type { Observer } from './observer.ts'

/** All who look on while a network learns, and what they have seen. */
export interface Watch {
  readonly observers: readonly Observer[]
  /** The losses of single batches, by the number of steps. */
  readonly losses: Curve
}

/** Lets a run be watched: in the terminal, and by whoever else is given. */
export function watch(session: Watched, output: Output, others: readonly Observer[] = []): Watch {
  const losses = createCurve()
  const recorder: Observer = { progress: ({ iteration, loss }) => losses.add(iteration, loss) }
  return { losses, observers: [recorder, progressObserver(session, output, losses), ...others] }
}
