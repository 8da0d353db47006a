import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONFIG_KEYS, type ConfigKey, NOT_OF_A_RUN } from './config-keys.ts'
import { configSchema } from './config-schema.ts'
import { configValues } from './config-values.ts'
import { allOptions, optionsByKey } from './options-by-key.ts'

const FILE = fileURLToPath(new URL('../../config.schema.json', import.meta.url))
const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(configSchema())

/** Whether the command takes a file that holds this. */
function taken(content: unknown): boolean {
  try {
    configValues('a file', content)
    return true
  } catch {
    return false
  }
}

describe('config.schema.json', () => {
  it('is what the options say; vitest -u writes it', async () => {
    // Lists of plain values on one line, as the formatter has them.
    const text = JSON.stringify(configSchema(), null, 2).replace(
      /\[([^[\]{}]+)\]/g,
      (_, items: string) => `[${items.trim().replace(/,\s+/g, ', ')}]`,
    )
    await expect(`${text}\n`).toMatchFileSnapshot(FILE)
  })

  it('has a key for every option of a run, and an option for every key', () => {
    const names = new Set(allOptions().map((option) => option.attributeName()))
    for (const name of NOT_OF_A_RUN) expect(names.delete(name)).toBe(true)
    expect([...names].sort()).toEqual(Object.keys(CONFIG_KEYS).sort())
  })

  it('allows the choices that the options have, and their defaults', () => {
    for (const [key, option] of optionsByKey()) {
      if (option.argChoices) expect([key, CONFIG_KEYS[key]]).toMatchObject([key, { enum: option.argChoices }])
      const { defaultValue } = option
      if (defaultValue !== undefined && key !== 'out') expect(validate({ [key]: defaultValue })).toBe(true)
    }
  })

  it('agrees with the command about any value of any key', () => {
    const keys = Object.keys(CONFIG_KEYS) as ConfigKey[]
    const words = keys.flatMap((key) => optionsByKey().get(key)?.argChoices ?? [])
    const value = fc.oneof(
      fc.constantFrom<unknown>(...words, 'he', '30s', '0s', '0.5s', '1e3', true, false, null, [], {}, ''),
      fc.constantFrom(-1, 0, 1, 2, 64, 65, 0.5, 1.5, 1e-9, 1e15, -0.5),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -2, max: 70 }),
      fc.integer({ min: -2, max: 70 }),
      fc.array(fc.constantFrom<unknown>(0, 1, 10, 784, 1.5, '10'), { maxLength: 4 }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...keys), value, (key, one) => {
        const content = { [key]: one }
        expect([content, validate(content)]).toEqual([content, taken(content)])
      }),
      { numRuns: 4000, seed: 1 },
    )
  })

  it('and about keys that are unknown or exclude one another', () => {
    for (const content of [
      { hiden: 5 },
      { hidden: 5, layers: [784, 10] },
      { epochs: 1, iterations: 2 },
      5,
      [],
    ]) {
      expect([content, validate(content), taken(content)]).toEqual([content, false, false])
    }
    for (const content of [{}, { $schema: 'x', hidden: 5 }, { dataSha256: 'abc' }]) {
      expect([content, validate(content), taken(content)]).toEqual([content, true, true])
    }
  })
})

describe('a key of a configuration file', () => {
  it.each([
    [{ hiden: 5 }, "f.json: unknown key 'hiden' (Did you mean hidden?)"],
    [{ 'batch-size': 5 }, "f.json: unknown key 'batch-size' (Did you mean batchSize?)"],
    [{ magic: 5 }, "f.json: unknown key 'magic'; known are data, dataDir, "],
    [{ hidden: '5' }, 'f.json: hidden must be a whole number, not "5"'],
    [{ hidden: 0 }, 'f.json: hidden must be a whole number from 1 up, not 0'],
    [{ layers: 784 }, 'f.json: layers must be a list of whole numbers, not 784'],
    [{ optimizer: 'magic' }, 'f.json: optimizer must be one of "sgd", "momentum", '],
    [{ std: true }, 'f.json: std must be a number or one of "he", "xavier", not true'],
    [{ book: 1 }, 'f.json: book must be true or false, not 1'],
    [{ out: true }, 'f.json: out must be a string or false, not true'],
    [{ validation: 1 }, 'f.json: validation must be a number from 0 to below 1, not 1'],
    [{ hidden: 5, layers: [784, 10] }, 'f.json: layers cannot be used with hidden'],
  ])('is named where it is wrong: %j', (content, message) => {
    expect(() => configValues('f.json', content)).toThrow(message)
  })
})
