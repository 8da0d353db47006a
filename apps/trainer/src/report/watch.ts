import { basename, resolve } from 'node:path'
import type { Output } from '@gosa/cli-kit'
import { type Curve, createCurve, stepsPerEpoch } from '@gosa/training'
import type { Live } from '../live/live.ts'
import type { Session } from '../session/session.ts'
import { tensorboardObserver } from '../tensorboard/tensorboard-observer.ts'
import { progressObserver } from '../terminal/progress-observer.ts'
import type { Observer } from './observer.ts'
import { readEpochs } from './read-epochs.ts'

/** All who look on while a network learns, and what they have seen. */
export interface Watch {
  readonly observers: readonly Observer[]
  /** The losses of single batches, by the number of steps. */
  readonly losses: Curve
}

/** Lets a run be watched: in the terminal, in its folder by TensorBoard, on a live page, and by whoever else is given. */
export async function watch(
  session: Session,
  output: Output,
  { live, others = [] }: { live?: Live; others?: readonly Observer[] } = {},
): Promise<Watch> {
  const losses = createCurve()
  const recorder: Observer = { progress: ({ iteration, loss }) => losses.add(iteration, loss) }
  const onPage = live ? [live.watch(await liveRunOf(session, losses))] : []
  return {
    losses,
    observers: [
      recorder,
      progressObserver(session, output, losses),
      ...[...tensorboardObserver(session), ...onPage, ...others],
    ],
  }
}

async function liveRunOf({ folder, config, data, training }: Session, losses: Curve) {
  return {
    ...{ config, data, losses },
    name: folder === undefined ? 'A run that is not kept' : basename(resolve(folder)),
    perEpoch: stepsPerEpoch(data.train.labels.length, config.batchSize),
    earlier: folder === undefined ? [] : await readEpochs(folder, training.iteration),
  }
}
