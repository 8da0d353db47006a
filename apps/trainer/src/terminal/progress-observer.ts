import type { Output } from '@gosa/cli-kit'
import { type Curve, createCurve, stepsPerEpoch } from '@gosa/training'
import type { Config } from '../config/config.ts'
import type { Now, Observer } from '../report/observer.ts'
import { progressLine } from './progress-line.ts'

/** How long a line stays, in ms: more often nobody can read it. */
const REFRESH = 100

export interface Watched {
  config: Pick<Config, 'iterations' | 'batchSize'>
  data: { train: { labels: ArrayLike<number> } }
}

/**
 * Shows progress in a line of the terminal, if there is one. It is drawn anew at most ten times a second, and at once
 * where the terminal has got another width.
 */
export function progressObserver(
  { config, data }: Watched,
  output: Pick<Output, 'showsProgress' | 'progressColumns' | 'progress' | 'notePaint'>,
  losses: Curve = createCurve(),
  clock: () => number = () => performance.now(),
): Observer {
  const { iterations, batchSize } = config
  const perEpoch = stepsPerEpoch(data.train.labels.length, batchSize)
  let drawn = { at: -Infinity, columns: 0 }
  let testAccuracy: number | undefined
  let latest: Now | undefined

  function draw(now: Now): void {
    const { progressColumns: columns } = output
    drawn = { at: clock(), columns }
    const progress = { ...now, iterations, batchSize, perEpoch, testAccuracy, losses: losses.points() }
    output.progress(progressLine(progress, columns, output.notePaint))
  }

  if (!output.showsProgress) return {}
  return {
    progress(now) {
      latest = now
      if (clock() - drawn.at >= REFRESH || output.progressColumns !== drawn.columns) draw(now)
    },
    epoch(metrics) {
      testAccuracy = metrics.testAccuracy
      // The row of the table has taken the line's place.
      if (latest) draw(latest)
    },
  }
}
