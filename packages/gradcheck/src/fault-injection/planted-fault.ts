import { createRng, type LayerLike, type NumberOrTensor, Tensor } from '@gosa/linalg'
import { maxAbs } from '../numeric/magnitude.ts'
import { OTHER_NUMBER_FACTOR, otherInput, randomDout } from '../subject/test-values.ts'
import { copyOf, elementsOf } from '../subject/values.ts'
import { asCallable } from './faulty-layer.ts'

/**
 * The type `PlantedFault`, and whether a fault changes what a layer or loss does at the given inputs. Faults of networks are
 * compared in network-faults.ts.
 */

/** A layer, loss or network with one known fault. */
export interface PlantedFault<T> {
  /** What is wrong: `W: wrong sign`, `dout ignored`. */
  readonly fault: string
  /** Makes a new instance with the fault. */
  make(): T
}

/** What is observed of a value: its kind, dtype and shape, and its elements. */
interface Observation {
  readonly form: string
  readonly elements: ArrayLike<number>
}

/**
 * Observes a layer from outside in two passes: outputs, gradients, and the state of all arguments afterwards. A planted
 * fault is visible if the faulty layer and the right one differ in any of these; the wrong sign of a zero gradient is not.
 */
export function observe(
  layer: LayerLike,
  inputs: readonly NumberOrTensor[],
  furtherArguments: readonly unknown[],
): Observation[] {
  const { forward, backward } = asCallable(layer)
  const rng = createRng(1)
  const observations: Observation[] = []
  const record = (value: unknown): void => {
    for (const one of Array.isArray(value) ? value : [value]) observations.push(observationOf(one))
  }
  try {
    record(backward.call(layer, undefined))
  } catch {
    record('backward threw')
  }
  const other = inputs.map((input) =>
    input instanceof Tensor ? otherInput(input) : input * OTHER_NUMBER_FACTOR,
  )
  const output = copyOf(forward.call(layer, ...other, ...furtherArguments))
  backward.call(layer, randomDout(output, rng))
  for (const doutRng of [rng, createRng(2)]) {
    const args = inputs.map(copyOf)
    record(forward.call(layer, ...args, ...furtherArguments))
    const dout = randomDout(output, doutRng)
    record(backward.call(layer, dout))
    for (const { grad, value } of layer.parameters?.() ?? []) {
      record(grad)
      record(value)
    }
    record(args)
    record(dout)
  }
  return observations
}

function observationOf(value: unknown): Observation {
  if (value instanceof Tensor) return { form: `${value.dtype} ${value.shape}`, elements: value.data.slice() }
  return typeof value === 'number'
    ? { form: 'number', elements: elementsOf(value) }
    : { form: String(value), elements: [] }
}

/** A difference up to this part of the largest element is rounding, not a fault. */
const ROUNDING = 1e-7

/** Whether two layers differ in what was observed of them. */
export function differ(a: readonly Observation[], b: readonly Observation[]): boolean {
  return a.length !== b.length || a.some((one, i) => observationsDiffer(one, b[i]))
}

function observationsDiffer(a: Observation, b: Observation): boolean {
  if (a.form !== b.form || a.elements.length !== b.elements.length) return true
  const largest = maxAbs(a.elements)
  return Array.from(a.elements).some((one, i) => !(Math.abs(one - b.elements[i]) <= ROUNDING * largest))
}
