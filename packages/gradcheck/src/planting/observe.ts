import { createRng, Tensor } from '@gosa/linalg'
import { OTHER, otherThan } from '../subject/other-inputs.ts'
import type { LayerLike, Value } from '../subject/types.ts'
import { copyOf, numbersOf, randomDout } from '../subject/values.ts'
import type { Callable } from './layer-faults.ts'

/** What is seen of a value: its form and its numbers. */
interface Sight {
  readonly form: string
  readonly numbers: ArrayLike<number>
}

/**
 * All that can be seen of a layer from outside, in two passes: outputs, gradients, and what became of what it was given. By
 * this it is decided whether a fault shows at all: the sign of a gradient that is 0 does not.
 */
export function observe(layer: LayerLike, inputs: readonly Value[], constants: readonly unknown[]): Sight[] {
  const { forward, backward } = layer as unknown as Callable
  const rng = createRng(1)
  const seen: Sight[] = []
  const see = (value: unknown): void => {
    for (const one of Array.isArray(value) ? value : [value]) seen.push(sightOf(one))
  }
  try {
    see(backward.call(layer, undefined))
  } catch {
    see('refused')
  }
  const other = inputs.map((input) => (input instanceof Tensor ? otherThan(input) : input * OTHER))
  const output = copyOf(forward.call(layer, ...other, ...constants))
  backward.call(layer, randomDout(output, rng))
  for (const [given, times] of [
    [inputs, 1],
    [inputs, 2],
  ] as const) {
    const own = given.map(copyOf)
    see(forward.call(layer, ...own, ...constants))
    const dout = times === 1 ? randomDout(output, rng) : randomDout(output, createRng(2))
    see(backward.call(layer, dout))
    for (const { grad, value } of layer.parameters?.() ?? []) {
      see(grad)
      see(value)
    }
    see(own)
    see(dout)
  }
  return seen
}

function sightOf(value: unknown): Sight {
  if (value instanceof Tensor) return { form: `${value.dtype} ${value.shape}`, numbers: value.data.slice() }
  return typeof value === 'number'
    ? { form: 'number', numbers: numbersOf(value) }
    : { form: String(value), numbers: [] }
}

/** Below which part of the largest number a difference is rounding, and no fault. */
const ROUNDING = 1e-7

/** Whether two layers look different from outside. */
export function differ(a: readonly Sight[], b: readonly Sight[]): boolean {
  return a.length !== b.length || a.some((one, i) => sightsDiffer(one, b[i]))
}

function sightsDiffer(a: Sight, b: Sight): boolean {
  if (a.form !== b.form || a.numbers.length !== b.numbers.length) return true
  const largest = Array.from(a.numbers).reduce((most, one) => Math.max(most, Math.abs(one)), 0)
  return Array.from(a.numbers).some((one, i) => !(Math.abs(one - b.numbers[i]) <= ROUNDING * largest))
}
