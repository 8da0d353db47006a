import { tensor } from '@gosa/linalg'
import { expect, it } from 'vitest'
import { mistakeImages } from './mistake-images.ts'

const data = {
  images: tensor([
    [9, 0],
    [1, 0],
    [0, 3],
  ]),
  labels: Uint8Array.of(0, 1, 0),
}

it('a mistake is shown with what it is, what it was taken for and how sure that was, never more than is true', () => {
  const mistake = { index: 2, label: 0, predicted: 1, probability: 0.99996, probabilityOfLabel: 0.00004 }
  const text = String(mistakeImages([mistake], data, { height: 1, width: 2 }))
  expect(text).toContain('<b>0</b> taken for <b class="wrong">1</b>')
  expect(text).toContain('> 99.9 %'.replace('>', '&#62;'))
  expect(text).toMatch(/<img class="ink" width="2" height="1" alt="image 2" src="data:image\/png;base64,/)
})
