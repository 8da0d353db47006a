import type { Exports } from './load-module.ts'

/** An export that is to be checked, under the name that it will be reported by. */
export interface Found {
  readonly name: string
  readonly value: object
}

/**
 * The cases that a module exports:
 *
 * - under `cases` or `default`: a case, a list of cases, or a function of a seeded generator that answers either;
 * - under any other name: a case.
 *
 * A case is an object with a `layer`, a `loss` or a `network`, or with `forward` and `backward` of its own. It is named
 * by its `name`, else by its export, with its number in a list.
 */
export async function findCases(exports: Exports, rng: unknown): Promise<Found[]> {
  const found: Found[] = []
  const seen = new Set<unknown>()

  const collect = async (label: string, exported: unknown, inList = false): Promise<void> => {
    if (seen.has(exported)) return
    seen.add(exported)
    const front = inList || label === 'cases' || label === 'default'
    const value = front && isMaker(exported) ? await exported(rng) : exported
    if (isCase(value)) found.push({ name: nameOf(value) ?? label, value })
    else if (front && Array.isArray(value)) {
      for (const [i, item] of value.entries()) await collect(`${label}[${i}]`, item, true)
    } else if (label === 'default' && isObject(value)) {
      // All that a CommonJS module exports.
      for (const [name, item] of Object.entries(value)) await collect(name, item)
    } else if (inList) throw new TypeError(`${label} is no case: ${NEEDS}`)
  }

  for (const [label, value] of Object.entries(exports)) await collect(label, value)
  return found
}

export const NEEDS =
  'a case is an object with a layer, a loss or a network, such as { layer: new MyRelu(), inputs: [[1, -2]] }'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** A function, but not a class, which would have to be called with `new`. */
const isMaker = (value: unknown): value is (rng: unknown) => unknown =>
  typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value))

function isCase(value: unknown): value is object {
  if (!isObject(value)) return false
  const isPair = typeof value.forward === 'function' && typeof value.backward === 'function'
  return isPair || ['layer', 'loss', 'network'].some((key) => isObject(value[key]))
}

const nameOf = (value: object): string | undefined =>
  'name' in value && typeof value.name === 'string' && value.name !== '' ? value.name : undefined
