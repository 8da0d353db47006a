/** The drawing of the graph. */
import { asNumber, type Graph, toSvg } from '@gosa/graph'
import type { GraphTexts } from '../../i18n/graph.ts'
import { el } from '../../ui/el.ts'

/** Matches on narrow screens, on which the graph is drawn from top to bottom. */
export const narrowScreen = matchMedia('(max-width: 46rem)')

/** The drawing of a graph, which scrolls sideways if it is wider than the page. */
export function graphPicture(t: GraphTexts, onNode: (id: string) => void) {
  const viewport = el('div', {
    class: 'graph-picture scroller',
    tabindex: '0',
    role: 'region',
    'aria-label': t.diagram,
  })
  viewport.addEventListener('click', ({ target }) => {
    const node = (target as Element).closest<SVGElement>('[data-node]')
    if (node?.dataset.node) onNode(node.dataset.node)
  })

  function update(graph: Graph, { step, formula }: { step?: number; formula: string }): void {
    // The content security policy forbids a style sheet within the picture: the page's own applies.
    const text = toSvg(graph, {
      step,
      direction: narrowScreen.matches ? 'down' : 'right',
      arrange: { x: [28, 28] },
      title: t.diagramOf(formula),
      legend: false,
      background: false,
      style: false,
    })
    const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml')
    heatKey.hidden = graph.nodes.every(({ value }) => asNumber(value) !== undefined)
    const before = viewport.scrollLeft
    viewport.replaceChildren(document.importNode(documentElement, true))
    viewport.scrollLeft = before
    scrollIntoView(viewport.querySelector('.g-now .g-node'))
  }

  /** Scrolls the node of the current step into view. */
  function scrollIntoView(node: Element | null): void {
    if (!node) return
    const [outer, inner] = [viewport.getBoundingClientRect(), node.getBoundingClientRect()]
    const offset = inner.left + inner.width / 2 - (outer.left + outer.width / 2)
    if (inner.left < outer.left + 40 || inner.right > outer.right - 40) viewport.scrollLeft += offset
  }

  const heatKey = el('span', {}, t.negative, ' ', el('span', { class: 'heat-bar' }), ' ', t.positive)
  const legend = el(
    'p',
    { class: 'legend graph-legend' },
    el('span', { class: 'key forward' }, t.value),
    el('span', { class: 'key backward' }, t.gradient),
    heatKey,
  )
  return { element: el('div', {}, viewport, legend), update }
}
