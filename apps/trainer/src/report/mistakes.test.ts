import { tensor } from '@gosa/linalg'
import { expect, it } from 'vitest'
import { mistakeImages } from './mistake-images.ts'
import { worstMistakes } from './mistakes.ts'

// The network hands its input on: a sample of two pixels is its logits.
const model = { predict: <X>(x: X) => x }
const logits = [
  [9, 0],
  [1, 0],
  [0, 3],
  [2, 0],
  [0, 5],
]
const data = { images: tensor(logits), labels: Uint8Array.of(0, 1, 0, 1, 1) }
const predicted = [0, 0, 1, 0, 1]

it('the worst mistakes are those of which the network was surest', () => {
  const worst = worstMistakes(model, data, predicted, 2)
  expect(worst.map(({ index, label, predicted }) => [index, label, predicted])).toEqual([
    [2, 0, 1],
    [3, 1, 0],
  ])
  expect(worst[0].probability).toBeCloseTo(1 / (1 + Math.exp(-3)))
  expect(worst[0].probabilityOfLabel).toBeCloseTo(1 - worst[0].probability)
  expect(worstMistakes(model, data, predicted, 9).map(({ index }) => index)).toEqual([2, 3, 1])
  expect(worstMistakes(model, data, data.labels, 9)).toEqual([])
})

it('all of very many mistakes are looked at', () => {
  const many = {
    images: tensor(Array.from({ length: 2500 }, (_, i) => [i / 1000, 0])),
    labels: new Uint8Array(2500).fill(1),
  }
  expect(worstMistakes(model, many, new Uint8Array(2500), 1)[0].index).toBe(2499)
})

it('a mistake is shown with what it is, what it was taken for and how sure that was, never more than is true', () => {
  const mistake = { index: 2, label: 0, predicted: 1, probability: 0.99996, probabilityOfLabel: 0.00004 }
  const text = String(mistakeImages([mistake], data, { height: 1, width: 2 }))
  expect(text).toContain('<b>0</b> taken for <b class="wrong">1</b>')
  expect(text).toContain('> 99.9 %'.replace('>', '&#62;'))
  expect(text).toMatch(/<img class="ink" width="2" height="1" alt="image 2" src="data:image\/png;base64,/)
})
