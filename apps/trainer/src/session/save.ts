import { join } from 'node:path'
import { encodeModel, MODEL } from '../model/model-file.ts'
import { writeCheckpoint } from '../run/checkpoints.ts'
import { writeFileWhole } from '../run/write-file.ts'
import type { TrainingState } from '../training/state.ts'
import type { Session } from './session.ts'

/** Keeps a state in a run's folder, if it has one: its weights as the model, and all of it to go on from. */
export async function save({ folder, config }: Session, state: TrainingState): Promise<void> {
  if (folder === undefined) return
  await writeCheckpoint(folder, state)
  await writeFileWhole(join(folder, MODEL), encodeModel(state.weights, config.activation, state.iteration))
}
