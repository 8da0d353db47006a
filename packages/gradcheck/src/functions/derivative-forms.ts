import { type NumberOrTensor, type Shape, sameShape, showShape, Tensor } from '@gosa/linalg'
import { NoGradient } from '../subject/operation.ts'
import { elementsOf } from '../subject/values.ts'
import { gradientNames } from '../subject/weights.ts'
import { argumentOf, type FunctionOutput, type FunctionSubject, inFormOfOutput } from './function-subject.ts'
import { describeValue, inFormOf, type Leaf, readGradientOf, toTensor } from './plain-values.ts'

/** The forms in which a derivative may be given, each turned into gradients: `Jᵀ·dout` for each input. */

/** A derivative as code computes it. */
export type Derivative = (...args: never[]) => unknown

/** A form of derivative: what has to be called, and how gradients follow from what it returns. */
export interface DerivativeForm {
  /** Whether the calls depend on `dout`. */
  readonly takesDout: boolean
  /** The arguments of each call that the gradients at a point need. */
  calls(
    subject: FunctionSubject,
    tensors: readonly Tensor[],
    output: FunctionOutput,
    dout: NumberOrTensor,
  ): unknown[][]
  /** The gradient of each input, from what the calls returned. */
  toGradients(
    subject: FunctionSubject,
    returned: readonly unknown[],
    output: FunctionOutput,
    dout: NumberOrTensor,
  ): unknown[]
}

/** `gradient(x)`, in the form of x. */
export const gradientForm: DerivativeForm = {
  takesDout: false,
  calls: (subject, tensors) => [[argumentOf(subject, tensors)]],
  toGradients: (subject, [returned]) =>
    subject.differentiable.map((leaf) => {
      const picked = pick(returned, leaf, subject)
      return picked instanceof NoGradient ? picked : readGradientOf(leaf, picked)
    }),
}

/** `vjp(x, dout)`, which returns `Jᵀ·dout` in the form of x. */
export const vjpForm: DerivativeForm = {
  ...gradientForm,
  takesDout: true,
  calls: (subject, tensors, output, dout) => [[argumentOf(subject, tensors), inFormOfOutput(output, dout)]],
}

/** `jacobian(x)`, which returns ∂output/∂x with the axes of the output first. */
export const jacobianForm: DerivativeForm = {
  takesDout: false,
  calls: (subject, tensors) => [[argumentOf(subject, tensors)]],
  toGradients(subject, [returned], output, dout) {
    const outputs = output.form.leaves.flatMap((leaf) =>
      leaf.tensor ? [{ ...leaf, tensor: leaf.tensor }] : [],
    )
    const weights = elementsOf(dout)
    return subject.differentiable.map((leaf) => {
      const { shape, size } = leaf.tensor
      const total = new Float64Array(size)
      let from = 0
      for (const one of outputs) {
        const ofOutput = one.keys.reduce<unknown>(
          (value, key) => (value as Record<string, unknown>)?.[key],
          returned,
        )
        const picked = pick(ofOutput, leaf, subject)
        if (picked instanceof NoGradient) return picked
        const read = toTensor(picked)
        if (!read) return new NoGradient(describeValue(picked))
        if (!isJacobian(read, one.tensor, leaf.tensor)) {
          return new NoGradient(
            `an array of shape ${showShape(read.shape)}; the Jacobian has shape ` +
              `${showShape([...one.tensor.shape, ...shape])}, the axes of the output first`,
          )
        }
        for (let i = 0; i < one.tensor.size; i++) {
          for (let k = 0; k < size; k++) total[k] += weights[from + i] * read.data[i * size + k]
        }
        from += one.tensor.size
      }
      return total
    })
  },
}

/** Whether the shape is that of output and input, one after the other, or that of both in one row each. */
function isJacobian({ shape }: Tensor, output: Tensor, input: Tensor): boolean {
  const expected = [[...output.shape, ...input.shape], [output.size, input.size], [output.size * input.size]]
  return expected.some((one) => sameShape(withoutOnes(one), withoutOnes(shape)))
}

const withoutOnes = (shape: Shape): number[] => shape.filter((length) => length !== 1)

/** `jvp(x, dx)`, which returns `J·dx` in the form of the output. It is called for each entry of x, and for a mixture of them. */
export const jvpForm: DerivativeForm = {
  takesDout: false,
  calls(subject, tensors) {
    const x = argumentOf(subject, tensors)
    return [...unitVectors(tensors), mixedVector(tensors)].map((dx) => [x, inFormOfX(subject, dx)])
  },
  toGradients(subject, returned, output, dout) {
    const weights = elementsOf(dout)
    const columns = returned.map((column) => columnOf(column, output))
    const wrong = columns.find((column) => column instanceof NoGradient)
    if (wrong) return subject.differentiable.map(() => wrong)
    const [mixture, ...units] = [columns[columns.length - 1], ...columns.slice(0, -1)] as Float64Array[]
    const notLinear = firstNonlinear(units, mixture)
    if (notLinear) return subject.differentiable.map(() => notLinear)
    const products = units.map((column) => column.reduce((total, value, i) => total + weights[i] * value, 0))
    let from = 0
    return subject.differentiable.map(({ tensor: { size } }) => {
      from += size
      return Float64Array.from(products.slice(from - size, from))
    })
  },
}

/** The part of the k-th entry in the mixture. */
const mixturePart = (k: number): number => 0.5 + (k % 3)

function mixedVector(tensors: readonly Tensor[]): Tensor[] {
  let k = 0
  return tensors.map(
    ({ shape, size }) =>
      new Tensor(
        Float64Array.from({ length: size }, () => mixturePart(k++)),
        shape,
      ),
  )
}

/** The largest relative deviation from linearity that single precision explains. */
const MAX_ROUNDING = 1e-4

/** Says where `jvp` of a mixture is not the mixture of what it gives for each entry. */
function firstNonlinear(units: readonly Float64Array[], mixture: Float64Array): NoGradient | undefined {
  for (const [i, value] of mixture.entries()) {
    const parts = units.map((column, k) => mixturePart(k) * column[i])
    const sum = parts.reduce((total, part) => total + part, 0)
    const size = parts.reduce((total, part) => total + Math.abs(part), 0)
    if (!(Math.abs(value - sum) <= MAX_ROUNDING * size)) {
      return new NoGradient(
        `not linear in dx: jvp of a mixture of entries is ${value} at output ${i}, and the mixture of their jvps is ${sum}`,
      )
    }
  }
  return undefined
}

/** For each entry of the tensors, tensors that are 1 there and 0 elsewhere. */
function unitVectors(tensors: readonly Tensor[]): Tensor[][] {
  return tensors.flatMap(({ size }, at) =>
    Array.from({ length: size }, (_, k) =>
      tensors.map(({ size, shape }, i) => {
        const data = new Float64Array(size)
        if (i === at) data[k] = 1
        return new Tensor(data, shape)
      }),
    ),
  )
}

/** A direction in the form of x, `undefined` for what is not differentiated by. */
export const inFormOfX = ({ x, differentiable }: FunctionSubject, direction: readonly Tensor[]): unknown =>
  x.build((i) => {
    const k = differentiable.findIndex(({ position }) => position === i)
    return k < 0 ? undefined : inFormOf(x.leaves[i].value, direction[k])
  })

/** What `jvp` returned as the elements of all outputs in one row. */
export function columnOf(returned: unknown, { form, tensor }: FunctionOutput): Float64Array | NoGradient {
  const elements: number[] = []
  for (const leaf of form.leaves) {
    if (!leaf.tensor) continue
    const part = leaf.keys.reduce<unknown>(
      (value, key) => (value as Record<string, unknown>)?.[key],
      returned,
    )
    const read = toTensor(part)
    if (read?.size !== leaf.tensor.size) {
      return new NoGradient(
        read
          ? `an array of shape ${showShape(read.shape)} from jvp; the output has shape ${showShape(tensor.shape)}`
          : describeValue(part),
      )
    }
    elements.push(...read.data)
  }
  return Float64Array.from(elements)
}

/** The part of what came back that belongs to an input: by name, by position, or all of it if there is only one input. */
function pick(returned: unknown, { keys }: Leaf, { differentiable }: FunctionSubject): unknown {
  const isOnly = differentiable.length === 1
  // Read once: the tensors of some libraries are freed by it.
  const whole = isOnly ? toTensor(returned) : undefined
  if (whole) return whole
  if (keys.length === 0) return isOnly ? onlyArrayIn(returned) : returned
  if (Array.isArray(returned) && Number.isNaN(Number(keys[0]))) {
    const position = differentiable.findIndex((leaf) => leaf.keys === keys)
    if (returned.length === differentiable.length) return returned[position]
  }
  let value = returned
  for (const key of keys) {
    const found = valueNamed(value, key)
    if (found === undefined) return new NoGradient(`${describeValue(value)}${meantIn(value, key)}`)
    value = found
  }
  return value
}

/** The only array of an object, such as that of `{ gradient: […] }`; anything else unchanged. */
function onlyArrayIn(returned: unknown): unknown {
  if (typeof returned !== 'object' || returned === null || Array.isArray(returned)) return returned
  const arrays = Object.values(returned).filter((value) => typeof value !== 'number' && toTensor(value))
  return arrays.length === 1 ? arrays[0] : returned
}

/** The property of that name, or of one that means its gradient: `dW` for `W`. */
function valueNamed(holder: unknown, key: string): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined
  const own = (holder as Record<string, unknown>)[key]
  if (own !== undefined) return own
  const name = Object.keys(holder).find((one) => gradientNames(key).includes(plain(one)))
  return name === undefined ? undefined : (holder as Record<string, unknown>)[name]
}

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '')

/** `: is B1 meant?` for a name that differs in its case only. */
function meantIn(holder: unknown, key: string): string {
  const names = typeof holder === 'object' && holder !== null ? Object.keys(holder) : []
  const meant = names.find((name) => plain(name) === plain(key))
  return meant === undefined ? '' : `: is ${meant} meant?`
}
