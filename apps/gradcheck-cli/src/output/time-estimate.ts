import { formatDuration } from '@gosa/charts/text'
import type { GradcheckOptions } from '../options.ts'
import { texts } from '../texts.ts'

/*
 * How long a check will take, estimated from how far it is, and what to do if that is too long.
 */

/** An estimate that is updated while a check goes on. */
export interface TimeEstimate {
  /** The share that is done, from 0 to 1. */
  readonly share: number
  /** How long progress has been measured: from the first report of it to the latest. */
  readonly measuredSeconds: number
  /** NaN as long as it is unknown. */
  readonly secondsLeft: number
  update(share: number): void
}

/** Measures the speed from the first progress on, since loading and preparations come before. */
export function createTimeEstimate(now: () => number = () => performance.now()): TimeEstimate {
  let first: { share: number; at: number } | undefined
  let latest = { share: 0, at: 0 }
  const measuredSeconds = (): number => (first ? (latest.at - first.at) / 1000 : 0)
  return {
    get share() {
      return latest.share
    },
    get measuredSeconds() {
      return measuredSeconds()
    },
    get secondsLeft() {
      const done = latest.share - (first?.share ?? 0)
      return done > 0 ? (measuredSeconds() / done) * (1 - latest.share) : Number.NaN
    },
    update(share) {
      // The share begins again with each list of jobs.
      if (share < latest.share) first = undefined
      latest = { share, at: now() }
      first ??= latest
    },
  }
}

/** `about 3 min 20 s left`; nothing if it is unknown, or at the end. */
export const timeLeft = (seconds: number): string =>
  seconds > 0 ? texts().time.left(formatDuration(Math.ceil(seconds))) : ''

/** From this estimate on, the flags that shorten a check are named. */
const LONG_CHECK_SECONDS = 15

/** How long a check of every entry will take, and the flags that shorten it; nothing for a short check or other modes. */
export const longCheckHint = (
  seconds: number,
  { mode = 'full', faults = false }: Pick<GradcheckOptions, 'mode' | 'faults'>,
): string[] =>
  mode !== 'full' || faults || !(seconds >= LONG_CHECK_SECONDS)
    ? []
    : [texts().time.takes(formatDuration(seconds)), texts().time.faster]
