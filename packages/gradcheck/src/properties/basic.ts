import { type LayerLike, type NumberOrTensor, type Shape, sameShape, showShape, Tensor } from '@gosa/linalg'
import { arrayOf } from '../subject/restore.ts'
import { copyOf, elementsOf, entryName, unravelIndex } from '../subject/values.ts'
import type { Finding, FindingName } from '../types/report.ts'
import type { PropertyCheck } from './property-check.ts'

/**
 * Basic properties of a single pass: nothing given is written into, `forward` is deterministic, all values are finite,
 * each gradient is there in the right shape and dtype, and `backward` throws before any `forward`.
 */

interface Argument {
  readonly name: string
  readonly value: unknown
  /** The finding if it is written into. */
  readonly finding: FindingName
}

/** `forward` and `backward` leave inputs, weights, labels and `dout` unchanged, bit for bit. */
export const checkMutation: PropertyCheck = ({ operation, douts }) => {
  const given: Argument[] = [
    ...operation.variables.map(({ name, value, kind }) => ({
      name,
      value,
      finding: kind === 'input' ? ('input-mutated' as const) : ('parameter-mutated' as const),
    })),
    ...operation.constants.map((value, i) => ({
      name: operation.takesDout ? 't' : 'xt'[i],
      value,
      finding: 'constant-mutated' as const,
    })),
  ]
  const dout = copyOf(douts[0])
  const byForward = findMutations(given, 'forward', () => operation.forward())
  const givenToBackward = [...given, { name: 'dout', value: dout, finding: 'dout-mutated' as const }]
  return [...byForward, ...findMutations(givenToBackward, 'backward', () => operation.backward(dout))]
}

/** Runs a pass, reports which arguments it has written into, and restores them. */
function findMutations(given: readonly Argument[], pass: string, run: () => void): Finding[] {
  const before = given.map(({ value }) => arrayOf(value)?.slice())
  run()
  return given.flatMap(({ name, value, finding }, k) => {
    const [now, then] = [arrayOf(value), before[k]]
    if (!now || !then) return []
    const i = then.findIndex((element, at) => !Object.is(element, now[at]))
    if (i < 0) return []
    const entry = value instanceof Tensor ? entryName(name, i, value.shape) : `${name} (${i})`
    const message = `${pass} wrote into an argument: ${entry} was ${then[i]} and is ${now[i]}`
    now.set(then)
    return [{ name: finding, variable: name, message }]
  })
}

/** Two `forward` passes with the same inputs return the same output. */
export const checkDeterminism: PropertyCheck = ({ operation }) => {
  const first = copyOf(operation.forward())
  const second = operation.forward()
  const again = elementsOf(second)
  const i = elementsOf(first).findIndex((value, at) => !Object.is(value, again[at]))
  if (i < 0) return []
  const shape = second instanceof Tensor ? second.shape : []
  return [
    {
      name: 'not-repeatable',
      message:
        `two forward passes give ${elementsOf(first)[i]} and ${again[i]} at ${entryName('output', i, shape)}; if that is ` +
        'intended (random numbers, running statistics), pass reseed, which is called before each forward, to restore the state',
    },
  ]
}

/** Inputs, weights, output and gradients are neither NaN nor infinite. */
export const checkFinite: PropertyCheck = ({ operation, objective }) => {
  const given = operation.variables.flatMap(({ name, value }) => findNonFinite(name, value.data, value.shape))
  if (given.length > 0) return given
  const output = operation.forward()
  const shape = output instanceof Tensor ? output.shape : []
  return [
    ...findNonFinite('output', elementsOf(output), shape),
    ...objective.analyticGradients().flatMap(({ returnedValues, shape = [] }, i) => {
      return findNonFinite(`gradient of ${operation.variables[i].name}`, returnedValues ?? [], shape)
    }),
  ]
}

function findNonFinite(variable: string, values: ArrayLike<number>, shape: Shape): Finding[] {
  const i = Array.prototype.findIndex.call(values, (value: number) => !Number.isFinite(value))
  if (i < 0) return []
  const count = Array.prototype.filter.call(values, (value: number) => !Number.isFinite(value)).length
  const others = count > 1 ? `, and ${count - 1} more are not finite` : ''
  const message = `${entryName(variable, i, shape)} is ${values[i]}${others}`
  return [{ name: 'not-finite', variable, index: unravelIndex(i, shape), message }]
}

/** There is a gradient for each variable, in its shape and dtype. */
export const checkShapeAndDtype: PropertyCheck = ({ operation, objective }) =>
  objective.analyticGradients().flatMap(({ shape, dtype, instead }, i): Finding[] => {
    const { name: variable, value } = operation.variables[i]
    if (!shape) {
      return [{ name: 'missing-gradient', variable, message: missingMessage(variable, instead) }]
    }
    if (!sameShape(shape, value.shape)) {
      const message = `the gradient of ${variable} has shape ${showShape(shape)}, ${variable} itself ${showShape(value.shape)}`
      return [{ name: 'wrong-shape', variable, message }]
    }
    if (dtype !== undefined && dtype !== value.dtype) {
      const message = `the gradient of ${variable} is ${dtype}, ${variable} itself ${value.dtype}`
      return [{ name: 'wrong-dtype', variable, message }]
    }
    return []
  })

const missingMessage = (variable: string, instead = 'undefined'): string =>
  instead === 'undefined'
    ? `there is no gradient of ${variable}`
    : `there is no gradient of ${variable}: what came back is ${instead}`

/** `backward` of a new layer throws before any `forward`. */
export function checkBackwardBeforeForward(newLayer: LayerLike, dout: NumberOrTensor): Finding[] {
  try {
    ;(newLayer.backward as (dout: NumberOrTensor) => unknown).call(newLayer, dout)
  } catch {
    return []
  }
  const message =
    'backward returns before any forward; it must throw, since there are no inputs to differentiate at'
  return [{ name: 'backward-before-forward', message }]
}
