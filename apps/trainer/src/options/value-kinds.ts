import * as v from 'valibot'

/**
 * The kinds of values that options take. Each is declared once, as a valibot schema: from it come the TypeScript type, the
 * check of flags and of configuration files, and the published JSON Schema.
 */
export interface ValueKind<T> {
  readonly schema: v.GenericSchema<T>
  /** What fits, for messages: `an integer of at least 1`. */
  readonly expected: string
  /** Names that fit. */
  readonly names?: readonly string[]
  /** Whether nothing but a name fits. */
  readonly isChoice?: boolean
  /** The value that the text of a flag stands for. The schema checks it afterwards. */
  parse(text: string): unknown
}

export const text: ValueKind<string> = { schema: v.string(), expected: 'a string', parse: (text) => text }

/** A flag without a value. */
export const toggle: ValueKind<boolean> = {
  schema: v.boolean(),
  expected: 'true or false',
  parse: (text) => text === 'true',
}

/** An integer from `min` to `max`, if there is one, written `100` or `1e3`. */
export function integer(min: number, max?: number): ValueKind<number> {
  const schema = v.pipe(v.number(), v.integer(), v.safeInteger(), v.minValue(min))
  if (max === undefined) return { schema, expected: `an integer of at least ${min}`, parse: parseInteger }
  return {
    schema: v.pipe(schema, v.maxValue(max)),
    expected: `an integer from ${min} to ${max}`,
    parse: parseInteger,
  }
}

/** An integer of at least 1. */
export const count = integer(1)

export const positive: ValueKind<number> = {
  schema: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  expected: 'a number greater than 0',
  parse: parseNumber,
}

export const notNegative: ValueKind<number> = {
  schema: v.pipe(v.number(), v.finite(), v.minValue(0)),
  expected: 'a number of at least 0',
  parse: parseNumber,
}

/** A factor from 0 to 1. */
export const factor: ValueKind<number> = {
  schema: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  expected: 'a number from 0 to 1',
  parse: parseNumber,
}

export const positiveFactor: ValueKind<number> = {
  schema: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
  expected: 'a number greater than 0 and at most 1',
  parse: parseNumber,
}

/** The fraction to take from a set of which something must be left. */
export const fraction: ValueKind<number> = {
  schema: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
  expected: 'a number of at least 0 and less than 1',
  parse: parseNumber,
}

export const oneOf = <const Name extends string>(names: readonly Name[]): ValueKind<Name> => ({
  schema: v.picklist(names),
  expected: `one of ${names.join(', ')}`,
  names,
  isChoice: true,
  parse: (text) => text,
})

/** The standard deviation of the initial weights, or the rule that gives it. */
export const weightInit: ValueKind<number | 'he' | 'xavier'> = {
  schema: v.union([notNegative.schema, v.picklist(['he', 'xavier'])]),
  expected: 'a number of at least 0, he or xavier',
  names: ['he', 'xavier'],
  parse: parseNumber,
}

/** Layer sizes, written `784,50,10`; `--sweep`, in which commas separate values, takes `784-50-10`. */
export const layerSizes: ValueKind<number[]> = {
  schema: v.pipe(v.array(count.schema), v.minLength(2)),
  expected: 'a list of two or more integers of at least 1, such as 784,50,10',
  parse: (text) => text.split(/[,-]/).map(parseInteger),
}

/** A number of iterations, or of seconds: `30s`. */
export const checkpointInterval: ValueKind<number | string> = {
  schema: v.union([
    integer(0).schema,
    v.pipe(v.string(), v.regex(/^(?=.*[1-9])\d+(\.\d+)?s$/), v.examples(['30s'])),
  ]),
  expected: 'a number of iterations or seconds, such as 500 or 30s',
  parse: parseInteger,
}

/** The folder of a run, or `false` for none. */
export const outputFolder: ValueKind<string | false> = {
  schema: v.union([v.string(), v.literal(false)]),
  expected: 'a string or false',
  parse: (text) => text,
}

/** A TCP port, 0 for a free one; `true` if the flag has no value. */
export const port: ValueKind<number | true> = {
  schema: v.union([integer(0, 65_535).schema, v.literal(true)]),
  expected: 'an integer from 0 to 65535',
  parse: parseInteger,
}

/** The values of a flag that may be given several times. */
export const list: ValueKind<string[]> = {
  schema: v.array(v.string()),
  expected: 'a list of strings',
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
