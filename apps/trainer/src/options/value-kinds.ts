import * as v from 'valibot'
import { optionTexts } from '../texts/options.ts'
import { type DescribedNetwork, NETWORKS, type NetworkChoice } from './network-choice.ts'

/**
 * The kinds of values that options take. Each is declared once, as a valibot schema: from it come the TypeScript type, the
 * check of flags and of configuration files, and the published JSON Schema.
 */
export interface ValueKind<T> {
  readonly schema: v.GenericSchema<T>
  /** What fits, for messages: `an integer of at least 1`. */
  expected(): string
  /** Names that fit. */
  readonly names?: readonly string[]
  /** Whether nothing but a name fits. */
  readonly isChoice?: boolean
  /** The value that the text of a flag stands for. The schema checks it afterwards. */
  parse(text: string): unknown
}

export const text: ValueKind<string> = {
  schema: v.string(),
  expected: () => optionTexts().expected.text,
  parse: (text) => text,
}

/** A flag without a value. */
export const toggle: ValueKind<boolean> = {
  schema: v.boolean(),
  expected: () => optionTexts().expected.toggle,
  parse: (text) => text === 'true',
}

/** An integer from `min` to `max`, if there is one, written `100` or `1e3`. */
export function integer(min: number, max?: number): ValueKind<number> {
  const schema = v.pipe(v.number(), v.integer(), v.safeInteger(), v.minValue(min))
  if (max === undefined)
    return { schema, expected: () => optionTexts().expected.atLeast(min), parse: parseInteger }
  return {
    schema: v.pipe(schema, v.maxValue(max)),
    expected: () => optionTexts().expected.between(min, max),
    parse: parseInteger,
  }
}

/** An integer of at least 1. */
export const count = integer(1)

export const positive: ValueKind<number> = {
  schema: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  expected: () => optionTexts().expected.positive,
  parse: parseNumber,
}

export const notNegative: ValueKind<number> = {
  schema: v.pipe(v.number(), v.finite(), v.minValue(0)),
  expected: () => optionTexts().expected.notNegative,
  parse: parseNumber,
}

/** A factor from 0 to 1. */
export const factor: ValueKind<number> = {
  schema: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  expected: () => optionTexts().expected.factor,
  parse: parseNumber,
}

export const positiveFactor: ValueKind<number> = {
  schema: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
  expected: () => optionTexts().expected.positiveFactor,
  parse: parseNumber,
}

/** The fraction to take from a set of which something must be left. */
export const fraction: ValueKind<number> = {
  schema: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
  expected: () => optionTexts().expected.fraction,
  parse: parseNumber,
}

export const oneOf = <const Name extends string>(names: readonly Name[]): ValueKind<Name> => ({
  schema: v.picklist(names),
  expected: () => optionTexts().expected.oneOf(names.join(', ')),
  names,
  isChoice: true,
  parse: (text) => text,
})

/** The standard deviation of the initial weights, or the rule that gives it. */
export const weightInit: ValueKind<number | 'he' | 'xavier'> = {
  schema: v.union([notNegative.schema, v.picklist(['he', 'xavier'])]),
  expected: () => optionTexts().expected.weightInit,
  names: ['he', 'xavier'],
  parse: parseNumber,
}

/** Layer sizes, written `784,50,10`; `--sweep`, in which commas separate values, takes `784-50-10`. */
export const layerSizes: ValueKind<number[]> = {
  schema: v.pipe(v.array(count.schema), v.minLength(2)),
  expected: () => optionTexts().expected.layerSizes,
  parse: (text) => text.split(/[,-]/).map(parseInteger),
}

const layer = v.looseObject({ type: v.string() })

/** The content of a file that describes a network. What its layers may be, `buildLayers` says. */
export const describedNetwork = v.strictObject({
  inputShape: v.optional(v.pipe(v.array(count.schema), v.minLength(1))),
  layers: v.union([v.pipe(v.array(layer), v.minLength(1)), v.record(v.string(), layer)]),
}) as unknown as v.GenericSchema<DescribedNetwork>

/** The name of a network, or its layers: a JSON file, or JSON. */
export const networkChoice: ValueKind<NetworkChoice> = {
  schema: v.union([v.picklist(NETWORKS), v.pipe(v.string(), v.regex(/\.json$/)), describedNetwork]),
  expected: () => optionTexts().expected.network(NETWORKS.join(', ')),
  names: NETWORKS,
  parse(text) {
    try {
      return text.startsWith('{') ? JSON.parse(text) : text
    } catch {
      return text
    }
  },
}

/** A number of iterations, or of seconds: `30s`. */
export const checkpointInterval: ValueKind<number | string> = {
  schema: v.union([
    integer(0).schema,
    v.pipe(v.string(), v.regex(/^(?=.*[1-9])\d+(\.\d+)?s$/), v.examples(['30s'])),
  ]),
  expected: () => optionTexts().expected.checkpointInterval,
  parse: parseInteger,
}

/** The folder of a run, or `false` for none. */
export const outputFolder: ValueKind<string | false> = {
  schema: v.union([v.string(), v.literal(false)]),
  expected: () => optionTexts().expected.outputFolder,
  parse: (text) => text,
}

/** A TCP port, 0 for a free one; `true` if the flag has no value. */
export const port: ValueKind<number | true> = {
  schema: v.union([integer(0, 65_535).schema, v.literal(true)]),
  expected: () => optionTexts().expected.between(0, 65_535),
  parse: parseInteger,
}

/** The values of a flag that may be given several times. */
export const list: ValueKind<string[]> = {
  schema: v.array(v.string()),
  expected: () => optionTexts().expected.list,
  parse: (text) => [text],
}

/** The integer that a text stands for; any other text is returned unchanged, for the schema to reject. */
function parseInteger(text: string): number | string {
  return /^[+-]?\d+(e\d+)?$/i.test(text) ? Number(text) : text
}

/** The number that a text stands for; any other text is returned unchanged, for the schema to reject. */
function parseNumber(text: string): number | string {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isNaN(value) ? text : value
}
