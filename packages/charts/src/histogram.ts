/** How values are distributed: their counts in bins of equal width, and a small bar chart of them. */
import { tenths } from './axis.ts'
import { html, type Markup } from './html.ts'
import { formatTypeset } from './text.ts'

/** The distribution of some finite values. */
export interface Histogram {
  readonly min: number
  readonly max: number
  readonly count: number
  readonly sum: number
  readonly sumOfSquares: number
  /** Number of values in each bin from `min` to `max`; a bin includes its lower end, and the last one both. */
  readonly bins: readonly number[]
}

/**
 * The histogram of `values` with `binCount` bins, or with one bin if all are equal. NaN and infinite values are not counted.
 * Throws a `RangeError` if no value is finite.
 */
export function histogram(values: ArrayLike<number>, binCount = 30): Histogram {
  let [min, max, count, sum, sumOfSquares] = [Infinity, -Infinity, 0, 0, 0]
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (!Number.isFinite(value)) continue
    count++
    sum += value
    sumOfSquares += value * value
    if (value < min) min = value
    if (value > max) max = value
  }
  if (count === 0) throw new RangeError(`histogram: none of ${values.length} values is finite`)
  const bins = new Array<number>(max > min ? binCount : 1).fill(0)
  const binOf = (value: number) => (max > min ? Math.floor(((value - min) / (max - min)) * binCount) : 0)
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) bins[Math.min(bins.length - 1, binOf(values[i]))]++
  }
  return { min, max, count, sum, sumOfSquares, bins }
}

/** The size of the picture: two fit side by side on a phone. */
const [WIDTH, HEIGHT] = [170, 84]
const BASELINE = HEIGHT - 18

/** The texts of a histogram's picture. */
export interface HistogramTexts {
  readonly description: (name: string, low: string, high: string) => string
  readonly moments: (mean: string, deviation: string) => string
}

const ENGLISH: HistogramTexts = {
  description: (name, low, high) => `Histogram of ${name}: from ${low} to ${high}`,
  moments: (mean, deviation) => `mean ${mean}, deviation ${deviation}`,
}

/** A histogram as bars in a `<figure>`, with its range, mean and standard deviation; `note` follows the name. */
export function histogramChart(
  name: string,
  histogram: Histogram,
  { note = '', texts = ENGLISH }: { note?: string; texts?: HistogramTexts } = {},
): Markup {
  const { min, max, bins, sum, sumOfSquares, count } = histogram
  const mean = sum / count
  const deviation = Math.sqrt(Math.max(0, sumOfSquares / count - mean * mean))
  const highest = Math.max(...bins)
  // If all values are equal, a narrow bar stands in the middle.
  const [start, width] = bins.length > 1 ? [0, WIDTH / bins.length] : [WIDTH / 2 - 3, 6]
  const bars = bins.map((n, i) => {
    const height = (n / highest) * (BASELINE - 4)
    return n === 0
      ? ''
      : `M${tenths(start + i * width)} ${BASELINE}v${tenths(-height)}h${tenths(width - 0.6)}V${BASELINE}z`
  })
  const zero = min < 0 && max > 0 ? (-min / (max - min)) * WIDTH : undefined
  const [low, high] = [min, max].map(short)
  return html`<figure class="histogram"><figcaption><b>${name}</b> ${note}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${texts.description(name, low, high)}">
<path class="bars" d="${bars.join('')}"/>${zero === undefined ? undefined : html`<path class="zero" d="M${tenths(zero)} 2V${BASELINE}"/>`}
<path class="axis" d="M0 ${BASELINE}H${WIDTH}"/><text class="start" x="0" y="${HEIGHT - 4}">${low}</text><text class="end" x="${WIDTH}" y="${HEIGHT - 4}">${high}</text>
</svg><p>${texts.moments(short(mean), short(deviation))}</p></figure>
`
}

const short = (value: number): string => formatTypeset(value, 3)
