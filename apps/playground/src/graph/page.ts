import { type Graph, stepsOf } from '@gosa/graph'
import type { TwoLayerNetTensors } from '@gosa/networks'
import { el } from '../dom/el.ts'
import type { Page } from '../page.ts'
import { graphTexts } from '../text/graph.ts'
import { card, opening } from '../view/card.ts'
import { onThemeChange, palette } from '../view/palette.ts'
import { theLearnt } from './learnt.ts'
import { graphFor } from './model/graph-for.ts'
import { CHOICES, type GraphState, paramsOf, stateFrom, variablesOf } from './model/state.ts'
import { explanationOf } from './view/explanation.ts'
import { narrow, picture } from './view/picture.ts'
import { headingOf, stepControls } from './view/steps.ts'
import { summaryOf } from './view/summary.ts'
import { valueFields } from './view/values.ts'

/** The page Graph: expressions and a network, forwards and backwards, one node at a time. */
export const page: Page = {
  mount(root, { language, params, setParams }) {
    const t = graphTexts[language]
    const label = (name: string) => t.names[name] ?? name
    let state = stateFrom(params)
    let learnt: TwoLayerNetTensors | undefined
    let graph = graphFor(state, label)
    let colours = palette()
    let mounted = true

    /** Takes over a part of the state; what has to be computed or drawn anew is. */
    function change(part: Partial<GraphState>): void {
      const runs = Object.keys(part).some((name) => name !== 'step')
      state = { ...state, ...part }
      setParams(paramsOf(state))
      if (runs) graph = graphFor(state, label, learnt)
      paint()
      if (runs) learnFirst()
    }

    /** Shows random weights until the others are learnt, where these are wanted. */
    async function learnFirst(): Promise<void> {
      if (state.example !== 'network' || !state.trained || learnt) return
      learnt = await theLearnt()
      if (!mounted) return
      graph = graphFor(state, label, learnt)
      paint()
    }

    const choose = (example: GraphState['example']) => {
      const values = variablesOf(example).map(({ value }) => value)
      change({ example, values, step: undefined })
      showFields()
    }
    const chips = CHOICES.map((id) =>
      el('button', { type: 'button', 'data-example': id, onclick: () => choose(id) }, t.examples[id]),
    )
    const fieldsPlace = el('div', {})
    const showFields = () => fieldsPlace.replaceChildren(valueFields(state, t, change))
    const formula = el('p', { class: 'graph-formula' })
    const drawn = picture(t, (id) => change({ step: stepOf(id, graph, state.step) }))
    const controls = stepControls(t, (step) => change({ step }))
    const nodes = el('div', { class: 'graph-nodes buttons', role: 'group', 'aria-label': t.nodes })
    const explanation = el('section', {
      class: 'card graph-explanation',
      'aria-labelledby': 'graph-explanation',
    })

    const grid = el('div', {})

    function paint(): void {
      const steps = stepsOf(graph)
      if (state.step !== undefined && state.step > steps.length) state = { ...state, step: undefined }
      const { example, step } = state
      for (const chip of chips) chip.setAttribute('aria-pressed', String(chip.dataset.example === example))
      // Matrices need the whole width.
      grid.className = `graph grid ${example === 'network' ? 'wide' : ''}`
      const learning = example === 'network' && state.trained && !learnt
      grid.setAttribute('aria-busy', String(learning))
      formula.textContent = learning ? t.learning : t.formulas[example]
      drawn.update(graph, { step, formula: t.formulas[example] })
      controls.update(step, steps)
      const now = step ? steps[step - 1] : undefined
      paintNodes(now?.node.id)
      const voice = { t, colours }
      const heading = now ? headingOf(now, t) : step === 0 ? t.startHeading : t.outcome
      const body =
        step === undefined
          ? summaryOf(graph, voice)
          : now
            ? explanationOf(now, graph, voice)
            : [el('p', {}, t.atStart)]
      explanation.replaceChildren(el('h2', { id: 'graph-explanation' }, heading))
      explanation.append(...body.filter((child) => child !== undefined && child !== false))
    }

    /** A button for each node that computes; it keeps the focus, since only what changes is changed. */
    function paintNodes(now?: string): void {
      const operations = graph.nodes.filter(({ kind }) => kind === 'operation')
      const ids = operations.map(({ id }) => id).join(' ')
      if (nodes.dataset.ids !== ids) {
        nodes.dataset.ids = ids
        nodes.replaceChildren(
          ...operations.map(({ id, label }, i) =>
            el(
              'button',
              {
                type: 'button',
                'data-open': id,
                onclick: () => change({ step: stepOf(id, graph, state.step) }),
              },
              el('span', { class: 'number' }, String(i + 1)),
              label,
            ),
          ),
        )
      }
      for (const one of nodes.querySelectorAll('button')) {
        one.setAttribute('aria-pressed', String(one.dataset.open === now))
      }
    }

    showFields()
    grid.append(
      el('div', { class: 'graph-chips buttons', role: 'group', 'aria-label': t.choose }, ...chips),
      card(t.picture, 'graph-stage', formula, fieldsPlace, drawn.element, controls.element, nodes),
      explanation,
    )
    root.append(opening(t.title, t.intro), grid)
    paint()
    learnFirst()
    const stopThemes = onThemeChange(() => {
      colours = palette()
      paint()
    })
    narrow.addEventListener('change', paint)
    return () => {
      mounted = false
      stopThemes()
      narrow.removeEventListener('change', paint)
    }
  },
}

/** The step in which a node is at work: forwards while one goes forwards, else backwards. What only feeds one leads there. */
function stepOf(id: string, graph: Graph, at?: number): number | undefined {
  const steps = stepsOf(graph)
  const node = graph.nodes.find((one) => one.id === id)
  const worker =
    node?.kind === 'operation' || node?.kind === 'output'
      ? id
      : graph.edges.find(({ from }) => from === id)?.to
  const forwards = at !== undefined && at <= graph.nodes.filter(({ kind }) => kind === 'operation').length
  const found = steps.flatMap(({ node, direction }, i) =>
    node.id === worker ? [{ direction, step: i + 1 }] : [],
  )
  return (found.find(({ direction }) => (direction === 'forward') === forwards) ?? found.at(-1))?.step ?? at
}
