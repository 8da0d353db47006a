import type { Rng } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'

const KINDS = ['layer', 'loss', 'network']

/**
 * The cases that a module exports:
 *
 * - under `cases` or `default`: a case, a list of cases, or a function of a seeded generator that answers either;
 * - under any other name: a case;
 * - `forward` and `backward` themselves: the module is the case.
 *
 * A case is an object with a `layer`, a `loss` or a `network`, or with `forward` and `backward` of its own. It is called
 * by its `name`, else by its export, with its number in a list. Throws a `TypeError` for something in a list that is no
 * case.
 */
export async function findCases(exports: object, rng: Rng, moduleName = 'module'): Promise<Case[]> {
  const found: Case[] = []
  const seen = new Set<unknown>()

  const collect = async (label: string, exported: unknown, front: boolean, listed = false): Promise<void> => {
    if (seen.has(exported)) return
    seen.add(exported)
    const value = front && isMaker(exported) ? await exported(rng) : exported
    if (isCase(value)) found.push(asCase(label, value))
    else if (front && Array.isArray(value)) {
      for (const [i, item] of value.entries()) await collect(`${label}[${i}]`, item, true, true)
    } else if (listed) throw new TypeError(`${label} is no case: ${NEEDED}`)
    // All that a CommonJS module exports.
    else if (label === 'default' && isObject(value)) await collectAll(value)
  }
  const collectAll = async (all: object): Promise<void> => {
    for (const [label, value] of Object.entries(all)) {
      await collect(label, value, label === 'cases' || label === 'default')
    }
  }

  if (isPair(exports)) found.push(asCase(moduleName, exports))
  else await collectAll(exports)
  return found
}

export const NEEDED =
  'a case is an object with a layer, a loss or a network, such as { layer: new MyRelu(), x: [[1, -2], [-3, 4]] }'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** A function, but not a class, which would have to be called with `new`. */
const isMaker = (value: unknown): value is (rng: Rng) => unknown =>
  typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value))

const isPair = (value: unknown): boolean =>
  isObject(value) && typeof value.forward === 'function' && typeof value.backward === 'function'

const isCase = (value: unknown): value is Record<string, unknown> =>
  isObject(value) &&
  (isPair(value) || KINDS.some((kind) => isObject(value[kind]) || typeof value[kind] === 'function'))

function asCase(label: string, value: Record<string, unknown> | object): Case {
  const { name, ...rest } = value as { name?: unknown }
  const own = { name: typeof name === 'string' && name !== '' ? name : label }
  // Not spread, since methods of a class would be lost.
  return isPair(value) ? { ...pick(value), ...own, layer: value } : { ...rest, ...own }
}

/** What a pair says besides what it does. */
const pick = ({ x, inputs, options }: Partial<Case>) => ({ x, inputs, options })
