import { act, ExitCode, listenForInterruption, type Run, usageError } from '@gosa/cli-kit'
import type { Command } from 'commander'
import { addTrainOptions, type TrainOptions } from '../config/train-options.ts'
import { withConfigFile } from '../config/with-config-file.ts'
import type { Live } from '../observers/live.ts'
import { withLive } from '../observers/live.ts'
import { newSession } from '../session/new-session.ts'
import { perform } from '../session/perform.ts'
import { resumedSession } from '../session/resumed-session.ts'
import { savedSweep } from '../sweep/saved-sweep.ts'
import { sweep } from '../sweep/sweep.ts'

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
  ).action(act<TrainOptions>((run) => withLive(run, (live) => train(run, live))))

async function train(typed: Run<TrainOptions>, live?: Live): Promise<ExitCode> {
  if (typed.args.length > 0) {
    throw usageError(`there is no command '${typed.args[0]}': use train, evaluate, predict, export or import`)
  }
  const interruption = listenForInterruption()
  const { signal } = interruption
  try {
    const { resume } = typed.options
    const begun = resume === undefined ? undefined : await savedSweep(resume, typed)
    if (begun) return await sweep({ ...begun, live }, interruption, resume)
    const run = resume === undefined ? await withConfigFile(typed) : typed
    if (run.options.sweep && resume === undefined) return await sweep({ ...run, live }, interruption)
    const session =
      resume === undefined ? await newSession(run, signal) : await resumedSession(resume, run, signal)
    const { code, error } = await perform(session, { ...run, live }, interruption)
    if (error) throw error
    return code
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error
    typed.output.warn('stopped before training began')
    return ExitCode.interrupted
  } finally {
    interruption.release()
  }
}
