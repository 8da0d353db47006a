import type { Dataset } from '@gosa/datasets'
import { usageError } from '../command-error.ts'

/** The first `count` samples of a set, sharing its memory; all where none is given. */
export function firstOf({ images, labels }: Dataset, count: number | undefined, option: string): Dataset {
  if (count === undefined) return { images, labels }
  if (count > labels.length) throw usageError(`${option} ${count}: there are ${labels.length} images`)
  return { images: images.rows(0, count), labels: labels.subarray(0, count) }
}
