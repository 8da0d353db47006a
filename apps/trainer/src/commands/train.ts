import { act, ExitCode, listenForInterruption, type Run, usageError } from '@gosa/cli-kit'
import type { Command } from 'commander'
import { addTrainOptions, type TrainOptions } from '../config/train-options.ts'
import { heading } from '../report/heading.ts'
import { watch } from '../report/watch.ts'
import { conclude } from '../session/conclude.ts'
import { eventsOf } from '../session/events.ts'
import { newSession } from '../session/new-session.ts'
import { resumedSession } from '../session/resumed-session.ts'
import { runTraining } from '../training/run-training.ts'

/** Adds `train`, which is what the program does where no command is named. */
export const addTrain = (program: Command): Command =>
  addTrainOptions(
    program
      .command('train', { isDefault: true })
      .summary('train a network; done where no command is named')
      .description(
        'Trains a network on images of digits, or others. Its run is kept in a new folder: the weights, what was measured, and checkpoints from which --resume goes on to the bit.',
      )
      // Words that are no command end up here; they get an answer below.
      .allowExcessArguments(),
  ).action(act<TrainOptions>(train))

async function train(run: Run<TrainOptions>): Promise<ExitCode> {
  const { options, args, output, env } = run
  if (args.length > 0) {
    throw usageError(`there is no command '${args[0]}': use train, evaluate, predict or export`)
  }
  const interruption = listenForInterruption()
  const { signal } = interruption
  try {
    const { resume } = options
    const session =
      resume === undefined ? await newSession(run, signal) : await resumedSession(resume, run, signal)
    for (const line of heading(session)) output.detail(line)
    output.detail()
    output.value({
      event: 'start',
      ...session.config,
      generated: session.data.generated,
      out: session.folder,
    })
    const { observers } = watch(session, output)
    const events = eventsOf(session, output, observers)
    const outcome = await runTraining({ ...session, events, interruption })
    return await conclude(session, outcome, { output, env, reason: signal.reason })
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error
    output.warn('stopped before training began')
    return ExitCode.interrupted
  } finally {
    interruption.release()
  }
}
