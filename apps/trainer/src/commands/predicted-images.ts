import { formatAccuracy } from '@gosa/charts/text'
import { type CommandContext, failure, type Output, usageError } from '@gosa/cli-kit'
import { argmax, type Tensor } from '@gosa/linalg'
import { softmax } from '@gosa/losses'
import { loadImages } from '../data/load-images.ts'
import { MNIST_SIZE, readDigit } from '../files/digit-image.ts'
import { checkModelFits, dtypeOf, type Model, pixelsOf } from '../model/model.ts'
import { commandTexts } from '../texts/commands.ts'
import { errorTexts } from '../texts/errors.ts'
import { type ModelOptions, onlySelectedSplit } from './model-options.ts'

/** Reads the images that `predict` classifies, and prints each one with the probabilities of its classes. */

/** An image to classify. */
export interface InputImage {
  /** Pixels from 0 (background) to 1: a vector of height × width. */
  readonly pixels: Tensor
  readonly height: number
  readonly width: number
  /** Its name for people: `image 3 of MNIST`, or a file. */
  readonly title: string
  /** Its identity for programs, with its label if it is known. */
  readonly identity: { readonly file: string } | { readonly index: number; readonly label: number }
}

/** Reads the digits of PNG files, all of them before any is classified. Throws a `CommandError` that names the file. */
export async function readPictures(files: readonly string[], model: Model): Promise<InputImage[]> {
  const inputs = pixelsOf(model)
  const { height, width } = MNIST_SIZE
  if (inputs !== height * width) {
    throw failure(errorTexts().model.digits(model.file, inputs, height, width))
  }
  const images: InputImage[] = []
  for (const file of files) {
    const pixels = await readDigit(file, dtypeOf(model))
    images.push({ pixels, height, width, title: file, identity: { file } })
  }
  return images
}

/** Reads images of a data set by their indices. Throws a `CommandError` if one is out of range, or they do not fit the model. */
export async function readDatasetImages(
  indices: readonly number[],
  { options, output, env }: CommandContext<ModelOptions>,
  model: Model,
): Promise<InputImage[]> {
  const data = await loadImages(onlySelectedSplit(options), {
    ...{ env, progress: output.progress },
    dtype: dtypeOf(model),
  })
  checkModelFits(model, data)
  const { name, height, width } = data
  const { x, t } = data[options.split]
  const outside = indices.find((index) => index >= t.length)
  if (outside !== undefined) {
    throw usageError(errorTexts().options.index(outside, t.length))
  }
  return indices.map((index) => ({
    ...{ pixels: x.row(index), height, width, title: commandTexts().image(index, name) },
    identity: { index, label: t[index] },
  }))
}

/** Prints an image, a bar for the probability of each class, and the predicted class. */
export function showPrediction(image: InputImage, logits: Tensor, output: Output): void {
  const { pixels, title, identity } = image
  const probabilities = softmax(logits)
  const predicted = argmax(probabilities)
  output.detail()
  for (const line of drawImage(pixels, image, output.columns)) output.detail(line)
  output.detail()
  for (const line of probabilityBars(probabilities.data, output)) output.detail(line)
  const probability = formatAccuracy(probabilities.data[predicted])
  const texts = commandTexts()
  const prediction = texts.prediction(title, predicted, probability)
  output.result('label' in identity ? texts.label(prediction, identity.label) : prediction)
  const values = { class: predicted, probabilities: [...probabilities.data] }
  output.value({ event: 'prediction', ...identity, ...values })
}

/** Characters from the lightest to the darkest. */
const SHADES = ' .:-=+*#%@'

/**
 * A grey image, pixels from 0 to 1, as lines of characters: two per pixel, because characters are twice as high as wide; one
 * per pixel, or no lines at all, if the terminal is too narrow.
 */
export function drawImage(
  { data }: Tensor,
  { height, width }: { height: number; width: number },
  columns: number,
): string[] {
  const repeat = Math.min(2, Math.floor(columns / width))
  if (repeat === 0) return []
  const shade = (ink: number) => SHADES[Math.min(SHADES.length - 1, Math.floor(ink * SHADES.length))]
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => shade(data[y * width + x]).repeat(repeat))
      .join('')
      .trimEnd(),
  )
}

const MAX_BAR_LENGTH = 40

/** A line with a bar for the probability of each class, the largest in bold. */
export function probabilityBars(
  probabilities: ArrayLike<number>,
  { columns, colors }: Pick<Output, 'columns' | 'colors'>,
): string[] {
  const all = Array.from(probabilities)
  const largest = all.indexOf(Math.max(...all))
  const digits = String(all.length - 1).length
  const length = Math.max(0, Math.min(MAX_BAR_LENGTH, columns - digits - 9))
  return all.map((probability, label) => {
    const bar = '█'.repeat(Math.round(probability * length))
    const line = `${String(label).padStart(digits)}  ${formatAccuracy(probability)} ${bar}`.trimEnd()
    return label === largest ? colors.bold(line) : line
  })
}
