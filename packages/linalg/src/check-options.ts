/** Checks of options, and values in the words of error messages. Imports nothing, so that every file can use it. */

type Key<T> = T extends unknown ? keyof T & string : never

/**
 * Returns the options, or an empty object for `undefined`:
 *
 *     const { learningRate = 0.01 } = checkOptions('SGD', options, ['learningRate'])
 *
 * Throws a `TypeError` that begins with `caller` unless they are an object with no other keys than `known` and with all
 * those of `required`.
 */
export function checkOptions<T extends object>(
  caller: string,
  options: T | undefined,
  known: readonly Key<T>[],
  required: readonly Key<T>[] = [],
): T {
  if (options === undefined && required.length === 0) return {} as T
  if (Object.prototype.toString.call(options) !== '[object Object]') {
    throw new TypeError(`${caller}: options must be { ${known.join(', ')} }, not ${showValue(options)}`)
  }
  // Without a copy of the keys, since layers check options in every step.
  for (const key in options) {
    if (!(known as readonly string[]).includes(key)) {
      const others = known.length > 0 ? `; options are ${known.join(', ')}` : ''
      throw new TypeError(`${caller}: there is no option ${key}${didYouMean(key, known) || others}`)
    }
  }
  for (const key of required) {
    if (options?.[key as keyof T] === undefined)
      throw new TypeError(`${caller}: the option ${key} is missing`)
  }
  return options as T
}

/** Throws a `TypeError` that begins with `caller` and names the argument, unless `value` is a number, NaN included. */
export function checkNumber(caller: string, name: string, value: unknown): asserts value is number {
  if (typeof value !== 'number') {
    throw new TypeError(`${caller}: ${name} must be a number, not ${showValue(value)}`)
  }
}

/** The same for a function. */
export function checkFunction(caller: string, name: string, value: unknown): void {
  if (typeof value !== 'function' || isClass(value)) {
    throw new TypeError(`${caller}: ${name} must be a function, not ${showValue(value)}`)
  }
}

const isClass = (f: unknown) => /^class\b/.test(Function.prototype.toString.call(f))

/** Whether a value has what makes a tensor, if only one of another copy of this package. */
export const looksLikeTensor = (value: unknown): boolean =>
  ArrayBuffer.isView((value as { data?: unknown } | null | undefined)?.data) &&
  Array.isArray((value as { shape?: unknown }).shape)

/** Returns what a value is, in words for an error message: `0.1`, `"adam"`, `an array`, `a tensor`, `the class Relu`. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'function') return isClass(value) ? `the class ${value.name}` : 'a function'
  if (typeof value !== 'object' || value === null) return String(value)
  const kind = looksLikeTensor(value) ? 'tensor' : Object.prototype.toString.call(value).slice(8, -1)
  const noun = kind === 'Object' || kind === 'Array' ? kind.toLowerCase() : kind
  return `${/^[aeio]/i.test(noun) ? 'an' : 'a'} ${noun}`
}

/** Words for the same thing that have no part in common, normalized, in this family and elsewhere. */
const SYNONYMS = [
  'learningrate eta alpha stepsize',
  'hiddensize hiddensizes units neurons',
  'outputsize classes',
  'rng seed random generator',
  'weightinitstd scale sigma',
  'decayrate rho alpha',
  'weightdecay l2',
  'momentum mu beta',
  'epsilon h delta step',
  'count n samples size',
  'axis dim',
  'loss criterion',
  'delimiter sep',
]

/**
 * Returns `; did you mean learningRate?` for a known word that differs in spelling only (`LearningRate`, `learning_rate`), in
 * one place (`learingRate`), contains the given one (`rate`), or is what others call it (`eta`, `lr`); else an empty string.
 */
export function didYouMean(word: string, known: readonly string[]): string {
  const own = normalized(word)
  const areSynonyms = (other: string) =>
    SYNONYMS.some((group) => [own, other].every((one) => group.split(' ').includes(one)))
  const meant =
    known.find((one) => isTypo(own, normalized(one))) ??
    known.find((one) => areSynonyms(normalized(one)) || initials(one) === own) ??
    known.find((one) => own.length > 2 && normalized(one).includes(own))
  return meant === undefined ? '' : `; did you mean ${meant}?`
}

const normalized = (word: string) => word.replace(/[\W_]/g, '').toLowerCase()

/** Returns the first letters of the parts of a name of several: `lr` of `learningRate`. */
const initials = (name: string) => (name.charAt(0) + name.slice(1).replace(/[^A-Z]/g, '')).toLowerCase()

/** Whether two words differ in one place only, by at most two characters and a third of the word. */
function isTypo(a: string, b: string): boolean {
  const longest = Math.max(a.length, b.length)
  const shortest = Math.min(a.length, b.length)
  let start = 0
  while (start < shortest && a[start] === b[start]) start++
  let end = 0
  while (end < shortest - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return longest - start - end <= Math.min(2, longest / 3)
}
