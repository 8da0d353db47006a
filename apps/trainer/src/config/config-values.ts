import { usageError } from '@gosa/cli-kit'
import type { Option } from 'commander'
import { CONFIG_KEYS, type ConfigKey, isConfigKey, type JsonSchema, RECORDED_KEYS } from './config-keys.ts'
import { isSlip } from './is-slip.ts'
import { conflictsOf, keyOf, optionsByKey } from './options-by-key.ts'

export type ConfigValues = Partial<Record<ConfigKey | keyof typeof RECORDED_KEYS, unknown>>

/**
 * The values of a configuration file, each read as its option reads it. Throws a `CommandError` that names the file and
 * the key where one is unknown, of the wrong kind or out of range, or where two exclude one another.
 */
export function configValues(file: string, content: unknown): ConfigValues {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw usageError(`${file} must hold an object of options, such as { "hidden": 100 }`)
  }
  const options = optionsByKey()
  const entries = Object.entries(content).filter(([key]) => key !== '$schema')
  const values = Object.fromEntries(
    entries.map(([key, value]) => [key, readValue(file, key, value, options)]),
  )
  for (const [key, option] of options) {
    const other = conflictsOf(option).find((name) => name in values)
    if (key in values && other) throw usageError(`${file}: ${key} cannot be used with ${other}`)
  }
  return values
}

function readValue(
  file: string,
  key: string,
  value: unknown,
  options: ReadonlyMap<ConfigKey, Option>,
): unknown {
  if (Object.hasOwn(RECORDED_KEYS, key)) return value
  if (!isConfigKey(key)) throw usageError(`${file}: unknown key '${key}'${advice(key)}`)
  const option = options.get(key) as Option
  const schema: JsonSchema = CONFIG_KEYS[key]
  const wrong = (words: string) =>
    usageError(`${file}: ${key} must be ${words}, not ${JSON.stringify(value)}`)
  if (!isOfKind(schema, value)) throw wrong(kindOf(schema))
  if (typeof value === 'boolean') return value
  try {
    return option.parseArg ? option.parseArg(String(value), undefined) : value
  } catch (error) {
    throw wrong((error as Error).message.replace(/^It must be |\.$/g, ''))
  }
}

/** Whether a value is of the right kind; the range of a number is the option's affair. */
function isOfKind({ anyOf, type, ...schema }: JsonSchema, value: unknown): boolean {
  if (anyOf) return anyOf.some((kind) => isOfKind(kind, value))
  if (type === undefined) return value === schema.const
  if (type === 'array') return Array.isArray(value) && value.every((item) => typeof item === 'number')
  if (typeof value !== 'string') return typeof value === (type === 'integer' ? 'number' : type)
  const { enum: names = [value], pattern = '' } = schema
  return type === 'string' && names.includes(value) && new RegExp(pattern).test(value)
}

const KINDS = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list of whole numbers',
}

/** A kind in words, with an example of a string that must look like one. */
function kindOf({ anyOf, type, ...schema }: JsonSchema): string {
  if (anyOf) return anyOf.map(kindOf).join(' or ')
  if (schema.enum) return `one of ${schema.enum.map((name) => JSON.stringify(name)).join(', ')}`
  if (schema.examples)
    return `a string such as ${schema.examples.map((one) => JSON.stringify(one)).join(', ')}`
  return type ? KINDS[type] : String(schema.const)
}

/** What was meant: `batchSize` for `batch-size`, `hidden` for `Hidden` or `hiden`. */
function advice(key: string): string {
  const plain = (name: string) => keyOf(name).toLowerCase()
  const near = Object.keys(CONFIG_KEYS).find(
    (name) => plain(name) === plain(key) || isSlip(plain(name), plain(key)),
  )
  return near ? ` (Did you mean ${near}?)` : `; known are ${Object.keys(CONFIG_KEYS).join(', ')}`
}
