import type { Output } from '@gosa/cli-kit'
import { argmax, type Tensor } from '@gosa/linalg'
import { softmax } from '@gosa/losses'
import { drawImage } from '../report/draw-image.ts'
import { accuracy } from '../report/numbers.ts'
import { probabilityBars } from '../report/probability-bars.ts'
import type { Subject } from './subject.ts'

/** Draws an image, a bar for the probability of each class, and says which is the largest. */
export function showPrediction(subject: Subject, logits: Tensor, output: Output): void {
  const { image, title, about } = subject
  const probabilities = softmax(logits)
  const predicted = argmax(probabilities)
  output.detail()
  for (const line of drawImage(image, subject, output.columns)) output.detail(line)
  output.detail()
  for (const line of probabilityBars(probabilities.data, output)) output.detail(line)
  const known = 'label' in about ? `; its label is ${about.label}` : ''
  const probability = accuracy(probabilities.data[predicted])
  output.result(`${title} is taken for ${predicted} (${probability})${known}`)
  const values = { class: predicted, probabilities: [...probabilities.data] }
  output.value({ event: 'prediction', ...about, ...values })
}
