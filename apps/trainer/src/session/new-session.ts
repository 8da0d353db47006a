import { resolve } from 'node:path'
import { isSetName, loadData, type Run, useBackend } from '@gosa/cli-kit'
import { createRng } from '@gosa/linalg'
import { writeConfig } from '../config/config-file.ts'
import { resolveConfig } from '../config/resolve-config.ts'
import { checkTogether } from '../config/together.ts'
import type { TrainOptions } from '../config/train-options.ts'
import { createModel } from '../model/create-model.ts'
import { newRunFolder } from '../run/new-run-folder.ts'
import { dataSha256 } from './data-sha256.ts'
import { setAside } from './run-data.ts'
import { createSession, type Session } from './session.ts'

/** A new run from what was typed. Its folder is made before training, so that nothing is trained that cannot be kept. */
export async function newSession(
  { options, given, output, env }: Pick<Run<TrainOptions>, 'options' | 'given' | 'output' | 'env'>,
  signal: AbortSignal,
  load: typeof loadData = loadData,
): Promise<Session> {
  checkTogether(options, given)
  useBackend(options)
  const { progress } = output
  const all = await load(options, { env, signal, progress, dtype: options.dtype })
  const data = setAside(all, options)
  const config = resolveConfig(withWholePaths(options), data)
  const rng = createRng(config.seed)
  const model = createModel(config, { init: config.std, rng, dtype: config.dtype })
  const folder = await folderOf(options)
  if (folder) await writeConfig(folder, { ...config, dataSha256: dataSha256(all) })
  return createSession({ config, data, model, folder, rng })
}

async function folderOf({ out, data }: TrainOptions): Promise<string | undefined> {
  return out === false ? undefined : newRunFolder(typeof out === 'string' ? out : undefined, data)
}

/** A run may be gone on with from another folder than it was started in. */
export function withWholePaths<T extends TrainOptions>(options: T): T {
  const { data, dataDir } = options
  return {
    ...options,
    data: isSetName(data) ? data : resolve(data),
    dataDir: dataDir && resolve(dataDir),
  }
}
