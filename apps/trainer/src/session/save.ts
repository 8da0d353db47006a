import { join } from 'node:path'
import { bestOrLatest, encodeModel, type TrainingState } from '@gosa/training'
import { MODEL } from '../model/model-file.ts'
import { writeCheckpoint } from '../run/checkpoints.ts'
import { writeFileWhole } from '../run/write-file.ts'
import type { Session } from './session.ts'

/** Keeps weights in a run's folder, if it has one, as the model that it has come to. */
export async function saveModel(
  { folder, config }: Pick<Session, 'folder' | 'config'>,
  { weights, iteration }: Pick<TrainingState, 'weights' | 'iteration'>,
): Promise<void> {
  if (folder === undefined) return
  await writeFileWhole(join(folder, MODEL), encodeModel(weights, config.activation, iteration))
}

/** Keeps a state in a run's folder, if it has one: its weights as the model, and all of it to go on from. */
export async function save(session: Session, state: TrainingState): Promise<void> {
  if (session.folder) await writeCheckpoint(session.folder, state)
  await saveModel(session, bestOrLatest(state))
}
