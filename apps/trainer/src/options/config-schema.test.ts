import { fileURLToPath } from 'node:url'
import { toJsonSchema } from '@valibot/to-json-schema'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { helpOf, OPTIONS, optionEntries } from './option-table.ts'
import { validateConfig } from './validate.ts'

const FILE = fileURLToPath(new URL('../../config.schema.json', import.meta.url))

/** The options that a configuration file may hold. */
const entries = optionEntries().filter(([, { scope }]) => scope !== 'command')

/** The JSON Schema of a configuration file, for editors: what the table of options says. */
function configSchema(): object {
  const properties = entries.map(([key, { kind, default: value }]) => {
    const { $schema, ...schema } = toJsonSchema(kind.schema, {
      target: 'draft-2020-12',
      ignoreActions: ['safe_integer', 'finite'],
    })
    return [key, { description: helpOf(key), ...schema, ...(value !== undefined && { default: value }) }]
  })
  const conflicts = entries.flatMap(([key, { conflicts }]) => (conflicts ? [[key, conflicts]] : []))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A run of gosa-trainer',
    description: 'What gosa-trainer --config takes, and what each run saves as config.json.',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(properties) },
    allOf: conflicts.map((required) => ({ not: { required } })),
    additionalProperties: false,
  }
}

const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(configSchema())

/** Whether the command accepts a file with this content. */
function isAccepted(content: unknown): boolean {
  try {
    validateConfig('a file', content)
    return true
  } catch {
    return false
  }
}

describe('config.schema.json', () => {
  it('is generated from the table of options (vitest -u writes it)', async () => {
    // Lists of plain values on one line, as the formatter writes them.
    const text = JSON.stringify(configSchema(), null, 2).replace(
      /\[([^[\]{}]+)\]/g,
      (_, items: string) => `[${items.trim().replace(/,\s+/g, ', ')}]`,
    )
    await expect(`${text}\n`).toMatchFileSnapshot(FILE)
  })

  it('accepts the default of every option', () => {
    for (const [key, { default: value }] of entries) {
      if (value !== undefined) expect([key, validate({ [key]: value })]).toEqual([key, true])
    }
  })

  it('agrees with the command about any value of any key', () => {
    const names = entries.flatMap(([, { kind }]) => kind.names ?? [])
    const value = fc.oneof(
      fc.constantFrom<unknown>(...names, 'he', '30s', '0s', '0.5s', '1e3', true, false, null, [], {}, ''),
      fc.constantFrom(-1, 0, 1, 2, 64, 65, 0.5, 1.5, 1e-9, 1e15, -0.5),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -2, max: 70 }),
      fc.integer({ min: -2, max: 70 }),
      fc.array(fc.constantFrom<unknown>(0, 1, 10, 784, 1.5, '10'), { maxLength: 4 }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...entries.map(([key]) => key)), value, (key, one) => {
        const content = { [key]: one }
        expect([content, validate(content)]).toEqual([content, isAccepted(content)])
      }),
      { numRuns: 4000, seed: 1 },
    )
  })

  it('agrees with the command about unknown keys and about options that exclude each other', () => {
    for (const content of [
      { hiden: 5 },
      { resume: 'run' },
      { hidden: 5, layers: [784, 10] },
      { epochs: 1, iterations: 2 },
      5,
      [],
    ]) {
      expect([content, validate(content), isAccepted(content)]).toEqual([content, false, false])
    }
    for (const content of [{}, { $schema: 'x', hidden: 5 }, { dataSha256: 'abc' }]) {
      expect([content, validate(content), isAccepted(content)]).toEqual([content, true, true])
    }
  })
})

describe('the table of options', () => {
  it('names existing options in conflicts and requirements', () => {
    for (const [, { conflicts, requires }] of optionEntries()) {
      for (const other of [conflicts, requires?.[0]]) {
        if (other !== undefined) expect(OPTIONS).toHaveProperty(other)
      }
    }
  })
})
