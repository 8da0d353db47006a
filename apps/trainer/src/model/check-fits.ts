import { failure, type NamedData } from '@gosa/cli-kit'
import { sizesOf } from '@gosa/training'
import type { Model } from './model-file.ts'

/** Throws a `CommandError` where a model is not one for these images. */
export function checkFits(
  { file, weights }: Pick<Model, 'file' | 'weights'>,
  { name, height, width, classes }: Pick<NamedData, 'name' | 'height' | 'width' | 'classes'>,
): void {
  const sizes = sizesOf(weights)
  const [inputs, outputs] = [sizes[0], sizes[sizes.length - 1]]
  if (inputs !== height * width) {
    throw failure(`${file} takes images of ${inputs} pixels, but those of ${name} have ${height} × ${width}`)
  }
  if (outputs < classes) throw failure(`${file} knows ${outputs} classes, but ${name} has ${classes}`)
}
