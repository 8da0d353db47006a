/** Arguments that no function is meant for, by kind; some functions take one or the other, which their entry says. */
export const NONSENSE = {
  nothing: undefined,
  null: null,
  boolean: true,
  number: -1.5,
  NaN: Number.NaN,
  bigint: 10n,
  string: 'nonsense',
  symbol: Symbol('nonsense'),
  'empty array': [],
  'nested array': [[0, 0]],
  object: { nonsense: 1 },
  function: () => 1,
  class: class Nonsense {},
  map: new Map([[1, 2]]),
  date: new Date(0),
} as const

export type Kind = keyof typeof NONSENSE

/** What a function made of an argument: an error as documented, no error, or an error from inside. */
export type Outcome = 'refused' | 'accepted' | `error from inside: ${string}`

/**
 * Calls a function and judges the error: it must be a `RangeError`, `TypeError`, `SyntaxError` or one of a package (with a `code`),
 * and begin with one of the names.
 */
export async function outcomeOf(call: () => unknown, names: readonly string[]): Promise<Outcome> {
  try {
    const result = await call()
    // A generator does nothing before its first element is taken.
    if (isIterator(result)) await result.next()
    return 'accepted'
  } catch (error) {
    if (!(error instanceof Error)) return `error from inside: ${String(error)}`
    const isDocumented =
      [RangeError, TypeError, SyntaxError].some((type) => error instanceof type) || 'code' in error
    const isNamed = names.some((name) => error.message.startsWith(name))
    return isDocumented && isNamed ? 'refused' : `error from inside: ${error.name}: ${error.message}`
  }
}

/** A function with one argument left to be nonsense, the others being right; the kinds that fit; beginnings of its errors. */
export type ArgumentCase = readonly [
  argument: string,
  call: (nonsense: never) => unknown,
  fits?: readonly Kind[],
  names?: readonly string[],
]

/** Calls with every kind of nonsense; returns those that are accepted and do not fit, and the reverse. */
export async function faultsOf([argument, call, fits = [], names = []]: ArgumentCase): Promise<string[]> {
  const beginnings = [/^\w+/.exec(argument)?.[0] ?? '', ...names]
  const faults: string[] = []
  for (const [kind, value] of Object.entries(NONSENSE)) {
    const outcome = await outcomeOf(() => call(value as never), beginnings)
    const expected = fits.includes(kind as Kind) ? 'accepted' : 'refused'
    if (outcome !== expected) faults.push(`${kind}: ${outcome}`)
  }
  return faults
}

function isIterator(value: unknown): value is Iterator<unknown> {
  const { next, [Symbol.iterator]: sync, [Symbol.asyncIterator]: async } = Object(value)
  return typeof next === 'function' && (sync ?? async) !== undefined
}
