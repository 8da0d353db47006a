import { type DataOptions, failure, isDatasetName } from '@gosa/cli-kit'
import { isFolder } from '../files/files.ts'
import type { Config } from '../options/config.ts'
import { errorTexts } from '../texts/errors.ts'

/**
 * The options that load the data of a run. `--data-dir` says where it is now: the files of a set with a name, or the run's own
 * folder, which may have moved. Throws a `CommandError` that says so if that folder is not there.
 */
export async function runDataOptions(
  { data, dataDir }: Pick<Config, 'data' | 'dataDir'>,
  typedDir: string | undefined,
): Promise<Pick<DataOptions, 'data' | 'dataDir'>> {
  if (isDatasetName(data)) return { data, dataDir: typedDir ?? dataDir }
  const folder = typedDir ?? data
  if (await isFolder(folder)) return { data: folder }
  throw failure(
    typedDir === undefined ? errorTexts().resume.imagesMoved(data) : errorTexts().resume.noDataDir(typedDir),
  )
}
