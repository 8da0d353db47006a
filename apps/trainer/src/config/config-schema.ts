import { CONFIG_KEYS, type ConfigKey, RECORDED_KEYS } from './config-keys.ts'
import { conflictsOf, optionsByKey } from './options-by-key.ts'

/** The JSON schema of a configuration file, which is published as `config.schema.json`: what `--help` says, for editors. */
export function configSchema(): object {
  const options = optionsByKey()
  const properties = Object.entries(CONFIG_KEYS).map(([key, schema]) => {
    const option = options.get(key as ConfigKey)
    const { defaultValue, defaultValueDescription } = option ?? {}
    const known = defaultValue !== undefined && defaultValueDescription === undefined
    return [key, { description: option?.description, ...schema, ...(known && { default: defaultValue }) }]
  })
  const conflicts = [...options].flatMap(([key, option]) => conflictsOf(option).map((other) => [key, other]))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A run of gosa-trainer',
    description: 'What gosa-trainer --config takes, and what each run keeps as config.json.',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      ...Object.fromEntries(properties),
      dataSha256: {
        description: 'Which images a run was trained on: written, not read.',
        ...RECORDED_KEYS.dataSha256,
      },
    },
    allOf: conflicts.map((pair) => ({ not: { required: pair } })),
    additionalProperties: false,
  }
}
