import { CommandError, failure, type Interruption, type Run } from '@gosa/cli-kit'
import {
  createCheckpointSchedule,
  createEvaluationSchedule,
  measureQuality,
  runTraining,
  stepsPerEpoch,
  type TrainingOutcome,
} from '@gosa/training'
import type { Live } from '../observers/live.ts'
import { heading } from '../report/heading.ts'
import { watch } from '../report/watch.ts'
import { newestCheckpoint } from '../run/checkpoints.ts'
import { besideBook, bookLines, fractionNote } from './book-lines.ts'
import { type Conclusion, conclude } from './conclude.ts'
import { eventsOf } from './events.ts'
import { resumeCommand } from './resume-command.ts'
import type { Session } from './session.ts'

/** How a run went. */
export interface Performed extends Conclusion {
  readonly outcome: TrainingOutcome
}

/** Trains, shows and keeps what happens, and says what came of it, but for the error where training failed. */
export async function perform(
  session: Session,
  { output: whole, env, live }: Pick<Run, 'output' | 'env'> & { live?: Live },
  interruption: Interruption,
): Promise<Performed> {
  const { config, data, folder, model, training, early } = session
  const output = config.book ? besideBook(whole) : whole
  const say = config.book && !whole.json ? whole.note : whole.detail
  for (const line of heading(session)) say(line)
  const fraction = config.book && fractionNote(session)
  if (fraction) whole.note(fraction)
  output.detail()
  output.value({ event: 'start', ...config, generated: data.generated, out: folder })
  const others = config.book ? [bookLines(whole)] : []
  const { observers, history } = await watch(session, output, { live, others })
  const events = eventsOf(session, output, observers)
  const { signal } = interruption
  try {
    const images = data.train.labels.length
    const { iterations, patience, bestBy, batchSize, checkpointEvery } = config
    const outcome = await runTraining({
      ...{ training, model, iterations, patience, bestBy, early, events, signal },
      evaluate: () => measureQuality(model, data),
      evaluations: createEvaluationSchedule(config, images),
      checkpoints: createCheckpointSchedule(checkpointEvery, stepsPerEpoch(images, batchSize)),
      yieldToEvents: interruption.breathe,
    })
    return {
      outcome,
      ...(await conclude(session, outcome, { output, env, reason: signal.reason, history, live })),
    }
  } catch (error) {
    throw await withWayOn(error, folder, env)
  }
}

/** A file that could not be written ends a run, but not for good: says from where it can go on. */
async function withWayOn(error: unknown, folder: string | undefined, env: Run['env']): Promise<unknown> {
  const written = error instanceof CommandError && (error.cause as NodeJS.ErrnoException | undefined)?.code
  if (!folder || !written) return error
  const newest = await newestCheckpoint(folder)
  const whole =
    newest === undefined ? 'no checkpoint was reached' : `the checkpoint after ${newest} iterations is whole`
  return failure(
    `${error.message}; ${whole}; when that is mended, go on with: ${resumeCommand(folder, env)}`,
    {
      cause: error,
    },
  )
}
