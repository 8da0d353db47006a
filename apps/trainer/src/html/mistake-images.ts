import type { Dataset } from '@gosa/datasets'
import type { Mistake } from '@gosa/training'
import { black, image } from './image.ts'
import { html, type Markup } from './markup.ts'

/** Images that were taken for something else, each with what it is, what it was taken for, and how sure that was. */
export function mistakeImages(
  mistakes: readonly Mistake[],
  { images }: Dataset,
  size: { height: number; width: number },
): Markup {
  return html`<ul class="images">${mistakes.map(
    ({ index, label, predicted, probability, probabilityOfLabel }) => {
      const values = images.row(index).data
      const picture = image({ ...size, values }, { ink: black, alt: `image ${index}`, kind: 'ink' })
      return html`<li title="image ${index}; its own class had ${percent(probabilityOfLabel)}">${picture}<span><b>${label}</b> taken for <b class="wrong">${predicted}</b></span><span>${percent(probability)}</span></li>
`
    },
  )}</ul>`
}

/** Never more than is true: 99.97 % are not 100 %. */
const percent = (share: number): string =>
  share > 0.9995 && share < 1 ? '> 99.9 %' : `${(100 * share).toFixed(1)} %`
