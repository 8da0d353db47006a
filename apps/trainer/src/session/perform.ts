import { CommandError, failure, type Interruption, type Run } from '@gosa/cli-kit'
import type { Live } from '../observers/live.ts'
import { heading } from '../report/heading.ts'
import { watch } from '../report/watch.ts'
import { newestCheckpoint } from '../run/checkpoints.ts'
import { type Outcome, runTraining } from '../training/run-training.ts'
import { besideBook, bookLines, fractionNote } from './book-lines.ts'
import { type Conclusion, conclude } from './conclude.ts'
import { eventsOf } from './events.ts'
import { resumeCommand } from './resume-command.ts'
import type { Session } from './session.ts'

/** How a run went. */
export interface Performed extends Conclusion {
  readonly outcome: Outcome
}

/** Trains, shows and keeps what happens, and says what came of it, but for the error where training failed. */
export async function perform(
  session: Session,
  { output: whole, env, live }: Pick<Run, 'output' | 'env'> & { live?: Live },
  interruption: Interruption,
): Promise<Performed> {
  const { config, data, folder } = session
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
    const outcome = await runTraining({ ...session, events, interruption })
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
