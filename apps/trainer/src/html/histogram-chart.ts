import { histogram } from '@gosa/charts'
import { formatCount as count } from '@gosa/charts/text'
import type { Tensor } from '@gosa/linalg'
import { html, type Markup } from './markup.ts'
import { tenths } from './tenths.ts'

/** The picture and its bars, in units of half a phone's width. */
const [WIDTH, HEIGHT] = [170, 84]
const BOTTOM = HEIGHT - 18

/** How often weights have which values, as bars, with their mean and standard deviation. */
export function histogramChart(name: string, { data, shape }: Pick<Tensor, 'data' | 'shape'>): Markup {
  const { min, max, bins, sum, sumOfSquares, ...rest } = histogram(data, 34)
  const mean = sum / rest.count
  const deviation = Math.sqrt(Math.max(0, sumOfSquares / rest.count - mean * mean))
  const highest = Math.max(...bins)
  // Where all weights are equal, a narrow bar in the middle.
  const [start, width] = bins.length > 1 ? [0, WIDTH / bins.length] : [WIDTH / 2 - 3, 6]
  const bars = bins.map((many, i) => {
    const height = (many / highest) * (BOTTOM - 4)
    return many === 0
      ? ''
      : `M${tenths(start + i * width)} ${BOTTOM}v${tenths(-height)}h${tenths(width - 0.6)}V${BOTTOM}z`
  })
  const zero = min < 0 && max > 0 ? (-min / (max - min)) * WIDTH : undefined
  return html`<figure class="histogram"><figcaption><b>${name}</b> ${shape.map((n) => count(n)).join(' × ')}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Histogram of ${name}: from ${short(min)} to ${short(max)}">
<path class="bars" d="${bars.join('')}"/>${zero === undefined ? undefined : html`<path class="zero" d="M${tenths(zero)} 2V${BOTTOM}"/>`}
<path class="axis" d="M0 ${BOTTOM}H${WIDTH}"/><text class="start" x="0" y="${HEIGHT - 4}">${short(min)}</text><text class="end" x="${WIDTH}" y="${HEIGHT - 4}">${short(max)}</text>
</svg><p>mean ${short(mean)}, deviation ${short(deviation)}</p></figure>
`
}

/** A number to three places, with the sign of a minus. */
const short = (value: number): string => String(Number(value.toPrecision(3))).replace('-', '−')
