/**
 * `@gosa/linalg/options`: for authors of packages. Checks of what callers pass, whose errors name the function, what came and
 * what would fit.
 */
import type { Rng } from './tensor/rng.ts'
import { Tensor } from './tensor/tensor.ts'

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

/** Throws a `TypeError` that begins with `caller` and names the argument, unless `value` is a tensor. */
export function checkTensor(caller: string, name: string, value: unknown): asserts value is Tensor {
  if (value instanceof Tensor) return
  const [isArray, isForeign] = [Array.isArray(value) || ArrayBuffer.isView(value), looksLikeTensor(value)]
  throw new TypeError(
    `${caller}: ${name} must be a tensor, not ${showValue(value)}${isForeign ? ' of another copy of @gosa/linalg (its CommonJS build beside the ES modules, or another version): load one copy, or convert it with tensor(x.data, { shape: x.shape })' : isArray ? ': tensor(…) converts arrays' : ''}`,
  )
}

/** Throws a `TypeError` that begins with `caller`, unless `rng` is a random generator. */
export function checkRng(caller: string, rng: unknown): asserts rng is Rng {
  if (typeof (rng as Partial<Rng> | null)?.uniform === 'function') return
  throw new TypeError(`${caller}: rng must be a generator such as createRng(0), not ${showValue(rng)}`)
}

const looksLikeTensor = (value: unknown): value is Tensor =>
  ArrayBuffer.isView((value as Tensor | null)?.data) && Array.isArray((value as Tensor).shape)

/** Returns what a value is, in words for an error message: `0.1`, `"adam"`, `an array`, `a tensor`, `the class Relu`. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'function') {
    return /^class\b/.test(Function.prototype.toString.call(value)) ? `the class ${value.name}` : 'a function'
  }
  if (typeof value !== 'object' || value === null) return String(value)
  const kind = looksLikeTensor(value) ? 'tensor' : Object.prototype.toString.call(value).slice(8, -1)
  const noun = kind === 'Object' || kind === 'Array' ? kind.toLowerCase() : kind
  return `${/^[aeio]/i.test(noun) ? 'an' : 'a'} ${noun}`
}

/** Words for the same thing, normalized, in this family and elsewhere. */
const SYNONYMS = [
  'learningrate lr eta alpha rate stepsize',
  'hiddensize hiddensizes hidden units hiddenunits hiddendim neurons',
  'inputsize inputshape input inputs inputdim features',
  'outputsize output outputs outputdim classes numclasses',
  'rng seed random randomstate generator',
  'weightinitstd init std stddev scale sigma',
  'decayrate rho decay alpha',
  'weightdecay decay wd l2',
  'momentum mu beta beta1 betas',
  'epsilon eps h delta step',
  'count n size samples num',
  'batchsize batch',
  'axis dim axes',
  'dtype type',
  'loss criterion',
  'delimiter separator sep',
]

/**
 * Returns `; did you mean learningRate?` for a known word that differs in spelling only (`LearningRate`, `learning_rate`), in
 * one place (`learingRate`), or is what others call it (`lr`); else an empty string.
 */
export function didYouMean(word: string, known: readonly string[]): string {
  const own = normalized(word)
  const groups = SYNONYMS.map((group) => group.split(' ')).filter((group) => group.includes(own))
  const meant =
    known.find((one) => isTypo(own, normalized(one))) ??
    known.find((one) => groups.some((group) => group.includes(normalized(one))))
  return meant === undefined ? '' : `; did you mean ${meant}?`
}

const normalized = (word: string) => word.replace(/[\W_]/g, '').toLowerCase()

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
