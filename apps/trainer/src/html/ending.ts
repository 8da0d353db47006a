import type { TrainingOutcome as Outcome } from '@gosa/training'
import { bestOrLatest, type Weights } from '@gosa/training'
import { count } from '../report/numbers.ts'

/** How a run ended, for its report. */
export interface Ending {
  /** In a word. */
  ending: string
  /** In a sentence, where it was no success. */
  trouble?: string
  /** Which weights are kept of it, and after how many steps it had them. */
  weights: Weights
  iteration: number
  /** After how many steps a run with the same configuration has to end to have them; 0: before its first. */
  iterations: number
}

/** What an outcome leaves behind, of a run that was to take so many steps. */
export function endingOf(outcome: Outcome, iterations: number): Ending {
  switch (outcome.kind) {
    case 'done':
      return { ending: outcome.stoppedEarly ? 'stopped early' : 'done', ...outcome.result, iterations }
    case 'interrupted': {
      const { weights, iteration } = outcome.state
      const trouble = `It was stopped after ${count(iteration)} of ${count(iterations)} iterations, and can go on from there.`
      return { ending: 'interrupted', trouble, weights, iteration, iterations: iteration }
    }
    case 'diverged': {
      const { weights, iteration } = bestOrLatest(outcome.lastGood)
      const trouble =
        `Training failed: ${outcome.what} became NaN or infinite after ${count(outcome.iteration)} iterations. ` +
        `What is shown are the last good weights, those after ${count(iteration)}.`
      return { ending: 'failed', trouble, weights, iteration, iterations: iteration }
    }
  }
}
