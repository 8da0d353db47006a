/** The page Graph: expressions and a network as computational graphs, forward and backward, one node at a time. */
import { type Graph, stepsOf } from '@gosa/graph'
import { graphTexts } from '../i18n/graph.ts'
import type { Page } from '../shell/page.ts'
import { onThemeChange } from '../shell/theme.ts'
import { sharedTrainer } from '../train/client.ts'
import type { WeightMessage } from '../train/example-network.ts'
import { el } from '../ui/el.ts'
import { readColorTables } from '../ui/pixels.ts'
import { card, pageHeading } from '../ui/widgets.ts'
import { explainStep, summarize } from './cards/explanation.ts'
import { graphPicture, narrowScreen } from './cards/picture.ts'
import { stepControls, stepHeading } from './cards/steps.ts'
import { valueForm } from './cards/value-form.ts'
import { CHOICES, type GraphState, graphFor, paramsOf, stateFrom, variablesOf } from './state.ts'

export const page: Page = {
  mount(root, { language, params, setParams }) {
    const t = graphTexts[language]
    const label = (name: string) => t.names[name] ?? name
    let state = stateFrom(params)
    let pretrained: WeightMessage | undefined
    let graph = graphFor(state, label)
    let colors = readColorTables()
    let mounted = true

    /** Changes a part of the state; computes the graph again if more than the step has changed. */
    function change(part: Partial<GraphState>): void {
      const isNewGraph = Object.keys(part).some((name) => name !== 'step')
      state = { ...state, ...part }
      setParams(paramsOf(state))
      if (isNewGraph) graph = graphFor(state, label, pretrained)
      paint()
      if (isNewGraph) loadPretrained()
    }

    /** Shows random weights until the pretrained ones are there, if they are chosen. */
    async function loadPretrained(): Promise<void> {
      if (state.example !== 'network' || !state.trained || pretrained) return
      pretrained = await sharedTrainer().pretrained()
      if (!mounted) return
      graph = graphFor(state, label, pretrained)
      paint()
    }

    const choose = (example: GraphState['example']) => {
      const values = variablesOf(example).map(({ value }) => value)
      change({ example, values, step: undefined })
      showForm()
    }
    const chips = CHOICES.map((id) =>
      el('button', { type: 'button', 'data-example': id, onclick: () => choose(id) }, t.examples[id]),
    )
    const form = el('div', {})
    const showForm = () => form.replaceChildren(valueForm(state, t, change))
    const formula = el('p', { class: 'graph-formula' })
    const picture = graphPicture(t, (id) => change({ step: stepOf(id, graph, state.step) }))
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
      // Heat maps need the whole width.
      grid.className = `graph grid ${example === 'network' ? 'wide' : ''}`
      const isTraining = example === 'network' && state.trained && !pretrained
      grid.setAttribute('aria-busy', String(isTraining))
      formula.textContent = isTraining ? t.training : t.formulas[example]
      picture.update(graph, { step, formula: t.formulas[example] })
      controls.update(step, steps)
      const current = step ? steps[step - 1] : undefined
      paintNodes(current?.node.id)
      const context = { t, colors }
      const heading = current ? stepHeading(current, t) : step === 0 ? t.startHeading : t.result
      const body =
        step === undefined
          ? summarize(graph, context)
          : current
            ? explainStep(current, graph, context)
            : [el('p', {}, t.atStart)]
      explanation.replaceChildren(el('h2', { id: 'graph-explanation' }, heading))
      explanation.append(...body.filter((child) => child !== undefined && child !== false))
    }

    /** Shows a button for each operation. Existing buttons are kept, and with them the focus. */
    function paintNodes(current?: string): void {
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
        one.setAttribute('aria-pressed', String(one.dataset.open === current))
      }
    }

    showForm()
    grid.append(
      el('div', { class: 'graph-chips buttons', role: 'group', 'aria-label': t.choose }, ...chips),
      card(t.picture, 'graph-stage', formula, form, picture.element, controls.element, nodes),
      explanation,
    )
    root.append(pageHeading(t.title, t.intro), grid)
    paint()
    loadPretrained()
    const stopThemes = onThemeChange(() => {
      colors = readColorTables()
      paint()
    })
    narrowScreen.addEventListener('change', paint)
    return () => {
      mounted = false
      stopThemes()
      narrowScreen.removeEventListener('change', paint)
    }
  },
}

/** The step of a node, in the direction of the current step. A variable or weight leads to the node that uses it. */
function stepOf(id: string, graph: Graph, current?: number): number | undefined {
  const steps = stepsOf(graph)
  const node = graph.nodes.find((one) => one.id === id)
  const operation =
    node?.kind === 'operation' || node?.kind === 'output'
      ? id
      : graph.edges.find(({ from }) => from === id)?.to
  const isForward =
    current !== undefined && current <= graph.nodes.filter(({ kind }) => kind === 'operation').length
  const found = steps.flatMap(({ node, direction }, i) =>
    node.id === operation ? [{ direction, step: i + 1 }] : [],
  )
  return (
    (found.find(({ direction }) => (direction === 'forward') === isForward) ?? found.at(-1))?.step ?? current
  )
}
