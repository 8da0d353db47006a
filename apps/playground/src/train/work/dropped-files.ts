import { DataError } from '@gosa/datasets'
import type { ImageFile } from '@gosa/datasets/browser'
import { type Images, imagesOfFiles } from './images.ts'

/**
 * Collects the files of a set of images, which may come one by one, and reads them. Rejects as `imagesOfFiles` does; those that
 * came are kept as long as others are missing, else they have to come anew.
 */
export function createDroppedFiles(): (files: readonly ImageFile[]) => Promise<Images> {
  const kept = new Map<string, ImageFile>()
  return async (files) => {
    for (const file of files) kept.set(file.name, file)
    try {
      const images = await imagesOfFiles([...kept.values()])
      kept.clear()
      return images
    } catch (error) {
      if (!(error instanceof DataError && error.code === 'missing')) kept.clear()
      throw error
    }
  }
}
