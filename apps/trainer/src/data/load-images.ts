import {
  type DataOptions,
  isDatasetName,
  type LoadDataOptions,
  loadData,
  type NamedDataset,
} from '@gosa/cli-kit'
import { isPictureFolder, loadPictureFolder } from './picture-folder.ts'

/** Loads the images that `--data` names: also folders of PNG pictures, besides those that all commands know. */
export async function loadImages(options: DataOptions, loading: LoadDataOptions): Promise<NamedDataset> {
  const { data } = options
  if (isDatasetName(data) || !(await isPictureFolder(data))) return loadData(options, loading)
  return loadPictureFolder(data, options, loading)
}
