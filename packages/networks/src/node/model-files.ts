import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { showValue } from '@gosa/linalg/options'
import { loadModel, type Model } from '../model/load-model.ts'
import { type SaveModelOptions, saveModel } from '../model/save-model.ts'

/**
 * Writes what `saveModel` returns to a file. It is complete or not there: a file of the same name is replaced at the end.
 * Throws as `saveModel`, and errors of the file system.
 */
export async function writeModel(
  file: string,
  network: Parameters<typeof saveModel>[0],
  options?: SaveModelOptions,
): Promise<void> {
  checkFile('writeModel', file)
  const bytes = saveModel(network, options)
  const unfinished = `${file}.${process.pid}.unfinished`
  try {
    await writeFile(unfinished, bytes)
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** Returns the model in a file, as `loadModel`. Throws as it does, with the name of the file, and errors of the file system. */
export async function readModel(file: string): Promise<Model> {
  checkFile('readModel', file)
  const bytes = await readFile(file)
  try {
    return loadModel(bytes)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}

function checkFile(caller: string, file: string): void {
  if (typeof file !== 'string') throw new TypeError(`${caller}: file must be a path, not ${showValue(file)}`)
}
