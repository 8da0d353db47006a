import type { Output } from '@gosa/cli-kit'
import type { Live } from '../observers/live.ts'
import { describeRun } from '../run/write-report.ts'
import type { Session } from '../session/session.ts'
import { tensorboardObserver } from '../tensorboard/tensorboard-observer.ts'
import { progressObserver } from '../terminal/progress-observer.ts'
import { createHistory, type Observer, type RunHistory } from './observer.ts'
import { readEpochs } from './read-epochs.ts'

/** The observers of a run, and what they have recorded. */
export interface Watch {
  readonly observers: readonly Observer[]
  readonly history: RunHistory
}

/** Creates the observers of a run: terminal, TensorBoard files in its folder, live page, and any `others`. */
export async function watch(
  session: Session,
  output: Output,
  { live, others = [] }: { live?: Live; others?: readonly Observer[] } = {},
): Promise<Watch> {
  const { folder, training, config, model } = session
  const history = createHistory(folder === undefined ? [] : await readEpochs(folder, training.iteration))
  const { iterations, batchSize } = config
  const onPage = live ? [live.watch({ ...describeRun(session), model, iterations, batchSize, history })] : []
  return {
    history,
    observers: [
      history.observer,
      progressObserver(session, output, history.losses),
      ...[...tensorboardObserver(session), ...onPage, ...others],
    ],
  }
}
