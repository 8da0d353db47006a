import { tensor, zeros } from '@gosa/linalg'
import { expect, it } from 'vitest'
import { histogramChart } from './histogram-chart.ts'

it('a histogram has a bar for each bin that is not empty, and says mean, deviation and range', () => {
  const text = String(
    histogramChart(
      'W1',
      tensor([
        [-1, -1],
        [1, 3],
      ]),
    ),
  )
  expect(text.match(/M[\d.]+ 66v-/g)).toHaveLength(3)
  expect(text).toContain('<b>W1</b> 2 × 2')
  expect(text).toContain('mean 0.5, deviation 1.66')
  expect(text).toContain('aria-label="Histogram of W1: from −1 to 3"')
  expect(text).toContain('class="zero"')
})

it('weights that are all equal, as first biases are, have one bar', () => {
  const text = String(histogramChart('b1', zeros([5])))
  expect(text.match(/M[\d.]+ 66v-/g)).toHaveLength(1)
  expect(text).toContain('mean 0, deviation 0')
  expect(text).not.toContain('NaN')
})
