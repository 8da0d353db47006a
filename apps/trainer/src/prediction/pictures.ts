import { failure } from '@gosa/cli-kit'
import { sizesOf } from '@gosa/training'
import type { Model } from '../model/model-file.ts'
import { MNIST_SIZE, readDigit } from '../png/read-digit.ts'
import type { Subject } from './subject.ts'

/** The digits of PNG files, all of them read before any is looked at. Throws a `CommandError` as `readDigit`. */
export async function pictures(
  files: readonly string[],
  { file: model, weights }: Model,
): Promise<Subject[]> {
  const [inputs] = sizesOf(weights)
  const { height, width } = MNIST_SIZE
  if (inputs !== height * width) {
    throw failure(
      `${model} takes images of ${inputs} pixels, but digits of PNG files become ${height} × ${width}`,
    )
  }
  const subjects: Subject[] = []
  for (const file of files) {
    const image = await readDigit(file, weights.W1.dtype)
    subjects.push({ image, height, width, title: file, about: { file } })
  }
  return subjects
}
