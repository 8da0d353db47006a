import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileWriteError, removeUnfinishedFiles, syncFolder, writeFileAtomic } from '@gosa/cli-kit'
import { decodeSafetensors, encodeSafetensors } from '@gosa/formats'
import type { Tensor } from '@gosa/linalg'
import type { EarlyStoppingState, EvaluatedWeights, TrainingState } from '@gosa/training'
import type { Config } from '../options/config.ts'
import type { NetworkConfig } from '../options/network-choice.ts'
import { runTexts } from '../texts/run.ts'

/**
 * The checkpoints of a run: safetensors files with everything that the next iteration depends on, and a checksum, so that a
 * run resumes to the same bits or not at all.
 */

const CHECKPOINT_FOLDER = 'checkpoint'
const CHECKPOINT_NAME = /^(\d+)\.safetensors$/

/** How many checkpoints are kept: the newest, and the one before it in case the newest is damaged. */
const MAX_CHECKPOINTS = 2

/** Writes a checkpoint into the folder of a run, and removes those that are no longer needed. */
export async function writeCheckpoint(
  runFolder: string,
  config: CheckpointConfig,
  state: TrainingState,
): Promise<void> {
  const folder = join(runFolder, CHECKPOINT_FOLDER)
  try {
    if (await mkdir(folder, { recursive: true })) await syncFolder(runFolder)
  } catch (error) {
    throw fileWriteError(folder, error)
  }
  await writeFileAtomic(join(folder, `${state.iteration}.safetensors`), encodeCheckpoint(config, state))
  const older = (await listIterations(folder)).filter((iteration) => iteration <= state.iteration)
  for (const iteration of older.slice(MAX_CHECKPOINTS)) {
    await rm(join(folder, `${iteration}.safetensors`), { force: true })
  }
}

/**
 * Reads the newest checkpoint of a run that is not damaged and fits the run; undefined if there is none. Calls `warn` for each
 * that is left out. Removes unfinished files.
 */
export async function readCheckpoint(
  runFolder: string,
  config: CheckpointConfig,
  warn: (message: string) => void,
): Promise<TrainingState | undefined> {
  const folder = join(runFolder, CHECKPOINT_FOLDER)
  await removeUnfinishedFiles(folder)
  const iterations = await listIterations(folder)
  for (const iteration of iterations) {
    const file = join(folder, `${iteration}.safetensors`)
    try {
      const checkpoint = decodeCheckpoint(await readFile(file))
      const misfit = findMisfit(checkpoint, config)
      if (!misfit) return checkpoint.state
      warn(runTexts().checkpoints.misfit(file, misfit))
    } catch (error) {
      warn(runTexts().checkpoints.damaged(file, (error as Error).message))
    }
  }
  if (iterations.length > 0) warn(runTexts().checkpoints.none)
  return undefined
}

/** The iteration of the newest checkpoint of a run, if there is one. */
export const newestCheckpoint = async (runFolder: string): Promise<number | undefined> =>
  (await listIterations(join(runFolder, CHECKPOINT_FOLDER)))[0]

/** The iterations of the checkpoints in a folder, the newest first. */
async function listIterations(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => [])
  const numbers = names.flatMap((name) => CHECKPOINT_NAME.exec(name)?.[1] ?? []).map(Number)
  return numbers.sort((a, b) => b - a)
}

/** What a checkpoint says of its run. */
export type CheckpointConfig = Omit<NetworkConfig, 'weightInitStd'> & Pick<Config, 'optimizer' | 'dataSha256'>

/** A checkpoint: a state of training, and the run that it is of. */
export interface Checkpoint {
  readonly state: TrainingState
  readonly config: CheckpointConfig
}

/** What a checkpoint holds besides tensors. */
interface CheckpointMetadata extends Omit<TrainingState, 'weights' | 'buffers' | 'optimizer' | 'early'> {
  optimizer: { optimizer: string; steps: number; slots: string[] }
  weights: string[]
  buffers?: string[]
  early?: Omit<EarlyStoppingState, 'best'> & { best?: Omit<EvaluatedWeights, 'weights' | 'buffers'> }
  config: CheckpointConfig
}

type Tensors = Readonly<Record<string, Tensor>>

/** The prefix of the names of the best weights. */
const BEST = 'best'

/** A checkpoint as the bytes of a safetensors file; its metadata hold everything that is not a tensor, and the checksum. */
export function encodeCheckpoint(
  config: CheckpointConfig,
  { weights, buffers, optimizer, early, ...numbers }: TrainingState,
): Uint8Array {
  const { network, layers, activation, dropout, batchNorm, dtype, dataSha256 } = config
  const { weights: best = {}, buffers: bestBuffers = {}, ...bestNumbers } = early?.best ?? {}
  const metadata: CheckpointMetadata = {
    ...numbers,
    optimizer: { ...optimizer, slots: Object.keys(optimizer.slots) },
    weights: Object.keys(weights),
    ...(buffers && { buffers: Object.keys(buffers) }),
    ...(early && {
      early: {
        ...early,
        ...(early.best && { best: bestNumbers as Omit<EvaluatedWeights, 'weights' | 'buffers'> }),
      },
    }),
    config: {
      network,
      layers,
      activation,
      dropout,
      batchNorm,
      dtype,
      optimizer: config.optimizer,
      dataSha256,
    },
  }
  const state = JSON.stringify(metadata)
  const slots = Object.entries(optimizer.slots).map(([slot, tensors]) => addPrefix(slot, tensors))
  const bestTensors = addPrefix(BEST, { ...best, ...bestBuffers })
  const tensors = Object.assign({ ...weights, ...buffers }, ...slots, bestTensors)
  return encodeSafetensors(tensors, { state, sha256: checksum(tensors, state) })
}

/** The checkpoint in the bytes of a file. Throws an `Error` if a single bit of them has changed. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes)
  const { state: text = '', sha256 } = metadata
  if (checksum(tensors, text) !== sha256) throw new Error('its checksum does not match its content')
  const { weights, buffers, optimizer, early, config, ...numbers } = JSON.parse(text) as CheckpointMetadata
  if (!config) throw new Error('it does not say which run it is of')
  const slots = optimizer.slots.map((slot) => [slot, removePrefix(slot, weights, tensors)])
  const best = early?.best && {
    ...early.best,
    weights: removePrefix(BEST, weights, tensors),
    ...(buffers && { buffers: removePrefix(BEST, buffers, tensors) }),
  }
  const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, tensors[name]]))
  const state = {
    ...numbers,
    optimizer: { ...optimizer, slots: Object.fromEntries(slots) },
    weights: named(weights),
    ...(buffers && { buffers: named(buffers) }),
    ...(early && { early: { ...early, ...(best && { best }) } as EarlyStoppingState }),
  }
  return { state, config }
}

/** What a checkpoint has that another run than this one would have; undefined if it fits. */
function findMisfit({ config: own }: Checkpoint, config: CheckpointConfig): string | undefined {
  const misfit = (what: string, value: unknown, expected: unknown) => {
    const [is, should] = [value, expected].map((one) =>
      typeof one === 'object' ? JSON.stringify(one) : String(one),
    )
    return is === should ? undefined : `${what} ${is}, not ${should}`
  }
  return (
    misfit('network', own.network, config.network) ??
    misfit('layers of', own.layers?.join('-'), config.layers?.join('-')) ??
    misfit('activation', own.activation, config.activation) ??
    misfit('dropout', own.dropout, config.dropout) ??
    misfit('batch normalization', own.batchNorm, config.batchNorm) ??
    misfit('dtype', own.dtype, config.dtype) ??
    misfit('optimizer', own.optimizer, config.optimizer) ??
    (own.dataSha256 === config.dataSha256 ? undefined : 'other images')
  )
}

/** The tensors of an optimizer's slot under the names that they have in the file: `velocity.W1`. */
const addPrefix = (prefix: string, tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}.${name}`, tensor]))

const removePrefix = (prefix: string, names: readonly string[], tensors: Tensors): Tensors =>
  Object.fromEntries(
    names.flatMap((name) => {
      const tensor = tensors[`${prefix}.${name}`]
      return tensor ? [[name, tensor]] : []
    }),
  )

/** SHA-256 of names, shapes, dtypes, elements and state, as the file holds them. */
const checksum = (tensors: Tensors, state: string): string =>
  createHash('sha256').update(encodeSafetensors(tensors, { state })).digest('hex')
