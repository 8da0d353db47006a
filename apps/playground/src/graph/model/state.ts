import { EXAMPLE_IDS, type ExampleId, examples } from './examples.ts'
import type { NetworkSettings } from './network.ts'

/** All that the address says of the page: an expression with its values, or the network with its digit, and how far. */
export interface GraphState extends NetworkSettings {
  readonly example: ExampleId | 'network'
  /** The values of the expression's variables, in their order. */
  readonly values: readonly number[]
  /** How many steps are done; undefined where all is shown at once. */
  readonly step?: number
}

export const CHOICES = [...EXAMPLE_IDS, 'network'] as const

const isChoice = (word: unknown): word is GraphState['example'] => CHOICES.some((one) => one === word)

/** The state that an address means; what cannot be read is as at the beginning. */
export function stateFrom(params: Readonly<Record<string, string>>): GraphState {
  const example = isChoice(params.example) ? params.example : 'apples'
  return {
    example,
    values: variablesOf(example).map(({ name, value }) => numberFrom(params[name]) ?? value),
    step: wholeFrom(params.step, 1000),
    digit: wholeFrom(params.digit, 9) ?? 2,
    sample: wholeFrom(params.sample, 99) ?? 0,
    trained: params.trained === '1',
  }
}

/** The reverse: what is as at the beginning is left out. */
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

/** What the reader can set in an example. */
export const variablesOf = (example: GraphState['example']) =>
  examples.find(({ id }) => id === example)?.variables ?? []

/** A finite number as people type it, with a comma or a full-width digit as well; undefined for anything else. */
export function numberFrom(text: string | undefined): number | undefined {
  const plain = (text ?? '').normalize('NFKC').replace('−', '-').replace(',', '.').trim()
  const number = plain === '' ? Number.NaN : Number(plain)
  return Number.isFinite(number) ? number : undefined
}

function wholeFrom(text: string | undefined, most: number): number | undefined {
  return /^\d{1,4}$/.test(text ?? '') && Number(text) <= most ? Number(text) : undefined
}
