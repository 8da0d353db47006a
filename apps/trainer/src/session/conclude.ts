import { ExitCode, type Run } from '@gosa/cli-kit'
import type { TrainingOutcome as Outcome } from '@gosa/training'
import type { Live } from '../observers/live.ts'
import { count } from '../report/numbers.ts'
import type { RunHistory } from '../report/observer.ts'
import { writeReport } from '../run/write-report.ts'
import { diverged } from './diverged.ts'
import { done } from './done.ts'
import { resumeCommand } from './resume-command.ts'
import { save } from './save.ts'
import type { Session } from './session.ts'

/** One of the ways in which a run can end. */
export type Ending<Kind> = Extract<Outcome, { kind: Kind }>

/** What is needed to say how a run ended. */
export interface Saying extends Pick<Run, 'output' | 'env'> {
  /** Why it was interrupted. */
  reason: unknown
  history: RunHistory
  live?: Live
}

/** What a run has come to: the code to exit with, and the error where training failed. */
export interface Conclusion {
  readonly code: ExitCode
  readonly error?: Error
}

/** Saves what a run has come to, and says so. */
export async function conclude(session: Session, outcome: Outcome, run: Saying): Promise<Conclusion> {
  if (outcome.kind === 'diverged') {
    return { code: ExitCode.failed, error: await diverged(session, outcome, run) }
  }
  const code =
    outcome.kind === 'done' ? await done(session, outcome, run) : await interrupted(session, outcome, run)
  return { code }
}

async function interrupted(session: Session, outcome: Ending<'interrupted'>, run: Saying): Promise<ExitCode> {
  const { output, env, reason } = run
  const { config, folder } = session
  const { state } = outcome
  await save(session, state)
  const report = await writeReport(session, outcome, run)
  // Nobody reads any more.
  if (reason === 'SIGPIPE') return ExitCode.success
  output.value({ event: 'interrupted', iterations: state.iteration, ...(folder && { out: folder, report }) })
  output.warn(
    `stopped after ${count(state.iteration)} of ${count(config.iterations)} iterations; ` +
      (folder ? `go on with: ${resumeCommand(folder, env)}` : 'nothing was kept (--no-out)'),
  )
  return ExitCode.interrupted
}
