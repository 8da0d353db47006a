import type { Rng } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'
import { texts } from '../texts.ts'

/*
 * Which exports of a module are cases.
 */

/**
 * Finds the cases among the exports of a module:
 *
 * - under `cases` or `default`: a case, a list of cases, or a function of a seeded generator that returns either;
 * - under any other name: a case;
 * - `forward` and `backward`, or `f`, its `gradient` and `x`: the module itself is a case.
 *
 * A case is an object with a `layer`, a `loss` or a `network`, with its own `forward` and `backward`, or with a function `f` and
 * its `gradient` (or `jacobian`, `vjp`, `jvp`). It is named by
 * its `name`, or else by its export, in a list with its index. Throws a `TypeError` for an element of a list that is not
 * a case.
 */
export async function findCases(exports: object, rng: Rng, moduleName = 'module'): Promise<Case[]> {
  const found: Case[] = []
  const seen = new Set<unknown>()

  const collectAll = async (all: object): Promise<void> => {
    for (const [label, value] of Object.entries(all)) {
      await collect(label, value, { holdsCases: label === 'cases' || label === 'default' })
    }
  }
  const collect = async (
    label: string,
    exported: unknown,
    { holdsCases, isListed = false }: { holdsCases: boolean; isListed?: boolean },
  ): Promise<void> => {
    if (seen.has(exported)) return
    seen.add(exported)
    const value = holdsCases && isFactory(exported) ? await exported(rng) : exported
    if (isCase(value)) found.push(toCase(label, value))
    else if (holdsCases && Array.isArray(value)) {
      for (const [i, item] of value.entries())
        await collect(`${label}[${i}]`, item, { holdsCases, isListed: true })
    } else if (isListed) {
      const { notACase, caseHint } = texts().wrong
      throw new TypeError(notACase(label, caseHint))
    }
    // The exports of a CommonJS module.
    else if (label === 'default' && isObject(value)) await collectAll(value)
  }

  if (isLayer(exports) || isFunctionCase(exports as Record<string, unknown>)) {
    found.push(toCase(moduleName, exports))
  } else await collectAll(exports)
  return found
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Whether this is a function but not a class, which can only be called with `new`. */
const isFactory = (value: unknown): value is (rng: Rng) => unknown =>
  typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value))

const isLayer = (value: unknown): boolean =>
  isObject(value) && typeof value.forward === 'function' && typeof value.backward === 'function'

/** A function with its derivative. */
const isFunctionCase = (value: Record<string, unknown>): boolean =>
  typeof value.f === 'function' &&
  ['gradient', 'jacobian', 'vjp', 'jvp'].some((form) => typeof value[form] === 'function')

const isCase = (value: unknown): value is Record<string, unknown> =>
  isObject(value) &&
  (isLayer(value) ||
    isFunctionCase(value) ||
    ['layer', 'loss', 'network'].some((kind) => isObject(value[kind]) || typeof value[kind] === 'function'))

function toCase(label: string, value: Record<string, unknown> | object): Case {
  const { name: ownName, ...rest } = value as { name?: unknown }
  const name = typeof ownName === 'string' && ownName !== '' ? ownName : label
  if (!isLayer(value)) return { ...rest, name }
  // A layer is not spread: the methods of a class would be lost.
  const { x, inputs, options } = value as Partial<Case>
  return { x, inputs, options, name, layer: value }
}
