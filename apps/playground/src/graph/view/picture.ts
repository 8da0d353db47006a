import { asNumber, type Graph, toSvg } from '@gosa/graph'
import { el } from '../../dom/el.ts'
import type { GraphTexts } from '../../text/graph.ts'

/** Where values flow down, since the page is narrow. */
export const narrow = matchMedia('(max-width: 46rem)')

/** The drawing of a graph, which scrolls sideways where it is wider than the page. */
export function picture(t: GraphTexts, onNode: (id: string) => void) {
  const place = el('div', {
    class: 'graph-picture scroller',
    tabindex: '0',
    role: 'region',
    'aria-label': t.drawing,
  })
  place.addEventListener('click', ({ target }) => {
    const node = (target as Element).closest<SVGElement>('[data-node]')
    if (node?.dataset.node) onNode(node.dataset.node)
  })

  function update(graph: Graph, { step, formula }: { step?: number; formula: string }): void {
    // The page's own style: a style sheet within the picture is against the content security policy.
    const text = toSvg(graph, {
      step,
      direction: narrow.matches ? 'down' : 'right',
      arrange: { x: [28, 28] },
      title: t.pictureOf(formula),
      legend: false,
      background: false,
      style: false,
    })
    const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml')
    heatKey.hidden = graph.nodes.every(({ value }) => asNumber(value) !== undefined)
    const before = place.scrollLeft
    place.replaceChildren(document.importNode(documentElement, true))
    place.scrollLeft = before
    show(place.querySelector('.g-now .g-node'))
  }

  /** Brings the node at hand into sight, where it is not. */
  function show(node: Element | null): void {
    if (!node) return
    const [outer, inner] = [place.getBoundingClientRect(), node.getBoundingClientRect()]
    const off = inner.left + inner.width / 2 - (outer.left + outer.width / 2)
    if (inner.left < outer.left + 40 || inner.right > outer.right - 40) place.scrollLeft += off
  }

  const heatKey = el('span', {}, t.negative, ' ', el('span', { class: 'heat-bar' }), ' ', t.positive)
  const legend = el(
    'p',
    { class: 'legend graph-legend' },
    el('span', { class: 'key forward' }, t.value),
    el('span', { class: 'key backward' }, t.gradient),
    heatKey,
  )
  return { element: el('div', {}, place, legend), update }
}
