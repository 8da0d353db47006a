/** The state of the page Graph: read from the address, written to it, and run as a graph. */
import { type Graph, graphOf } from '@gosa/graph'
import type { WeightMessage } from '../train/example-network.ts'
import { EXAMPLE_IDS, type ExampleId, examples } from './examples.ts'
import { type NetworkSettings, networkGraph } from './network.ts'

/** An expression with its values, or the network with its input, and the current step. */
export interface GraphState extends NetworkSettings {
  readonly example: ExampleId | 'network'
  /** The values of the expression's variables, in order. */
  readonly values: readonly number[]
  /** The number of steps done; undefined if all are shown at once. */
  readonly step?: number
}

export const CHOICES = [...EXAMPLE_IDS, 'network'] as const

const isChoice = (value: unknown): value is GraphState['example'] =>
  CHOICES.some((choice) => choice === value)

/** The state of an address; invalid values are replaced by defaults. */
export function stateFrom(params: Readonly<Record<string, string>>): GraphState {
  const example = isChoice(params.example) ? params.example : 'apples'
  return {
    example,
    values: variablesOf(example).map(({ name, value }) => numberFrom(params[name]) ?? value),
    step: integerFrom(params.step, 1000),
    digit: integerFrom(params.digit, 9) ?? 2,
    sample: integerFrom(params.sample, 99) ?? 0,
    trained: params.trained === '1',
  }
}

/** The parameters of the address; defaults are left out. */
export function paramsOf(state: GraphState): Record<string, string | undefined> {
  const { example, values, step, digit, sample, trained } = state
  const changed = variablesOf(example).flatMap(({ name, value }, i) =>
    values[i] === value ? [] : [[name, String(values[i])] as const],
  )
  return {
    example: example === 'apples' ? undefined : example,
    ...Object.fromEntries(changed),
    ...(example === 'network' && {
      digit: String(digit),
      sample: sample === 0 ? undefined : String(sample),
      trained: trained ? '1' : undefined,
    }),
    step: step?.toString(),
  }
}

/** The variables of an example; none for the network. */
export const variablesOf = (example: GraphState['example']) =>
  examples.find(({ id }) => id === example)?.variables ?? []

/** A finite number as people type it, also with a comma or full-width digits; undefined for anything else. */
export function numberFrom(text: string | undefined): number | undefined {
  const plain = (text ?? '').normalize('NFKC').replace('−', '-').replace(',', '.').trim()
  const number = plain === '' ? Number.NaN : Number(plain)
  return Number.isFinite(number) ? number : undefined
}

function integerFrom(text: string | undefined, max: number): number | undefined {
  return /^\d{1,4}$/.test(text ?? '') && Number(text) <= max ? Number(text) : undefined
}

/** The graph of a state; `label` translates the names of variables and results, `pretrained` are weights of the network. */
export function graphFor(
  state: GraphState,
  label: (name: string) => string,
  pretrained?: WeightMessage,
): Graph {
  const example = examples.find(({ id }) => id === state.example)
  if (!example) return networkGraph(state, pretrained)
  const expression = example.build(state.values, label)
  return graphOf(expression, { result: label(expression.name ?? '') })
}
