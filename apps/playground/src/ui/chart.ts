/** A line chart that is updated while training goes on; drawn by `@gosa/charts`, as wide as its place on the page. */
import { chartStyle, type LineChart, lineChart } from '@gosa/charts'
import { el } from './el.ts'

// The content security policy forbids inline style sheets, but not constructed ones. Nested, it applies to charts only.
const styleSheet = new CSSStyleSheet()
styleSheet.replaceSync(`.chart-place { ${chartStyle} }`)

/** The narrowest chart, in pixels. */
const MIN_WIDTH = 200

/** A place for a chart; `update` draws it. */
export function createChart() {
  if (!document.adoptedStyleSheets.includes(styleSheet)) document.adoptedStyleSheets.push(styleSheet)
  const element = el('div', { class: 'chart-place' })
  let width = 420
  let latest: LineChart | undefined
  new ResizeObserver(([{ contentRect }]) => {
    width = Math.max(MIN_WIDTH, Math.round(contentRect.width))
    if (latest) update(latest)
  }).observe(element)

  function update(chart: LineChart): void {
    latest = chart
    element.innerHTML = String(lineChart({ ...chart, width, height: 220 }))
  }
  return { element, update }
}
