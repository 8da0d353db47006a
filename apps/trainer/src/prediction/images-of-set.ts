import { loadData, type Run, usageError } from '@gosa/cli-kit'
import { type PartOptions, partAlone } from '../config/part-options.ts'
import { checkFits } from '../model/check-fits.ts'
import type { Model } from '../model/model-file.ts'
import type { Subject } from './subject.ts'

/** Images of a set by their indices. Throws a `CommandError` where there are not so many, or they do not fit the model. */
export async function imagesOfSet(
  indices: readonly number[],
  { options, output, env }: Run<PartOptions>,
  model: Model,
): Promise<Subject[]> {
  const data = await loadData(partAlone(options), {
    ...{ env, progress: output.progress },
    dtype: model.weights.W1.dtype,
  })
  checkFits(model, data)
  const { name, height, width } = data
  const { images, labels } = data[options.part]
  const beyond = indices.find((index) => index >= labels.length)
  if (beyond !== undefined) {
    throw usageError(`--index ${beyond}: there are ${labels.length} images, 0 to ${labels.length - 1}`)
  }
  return indices.map((index) => ({
    ...{ image: images.row(index), height, width, title: `image ${index} of ${name}` },
    about: { index, label: labels[index] },
  }))
}
