/** The weights of the book's networks, W1, b1, W2, b2, …: their names, checks, conversion and bytes. */
import { concatBytes, littleEndianBytes } from '@gosa/formats'
import { type DType, type ParameterLike, showShape, Tensor } from '@gosa/linalg'
import { checkTensor, showValue } from '@gosa/linalg/options'

/** Returns the book's name of a parameter, `W1` for `W` of `Affine1`: the number is that of the layer. */
export const numberedName = (parameter: string, layer: string): string =>
  parameter + layer.slice(layer.search(/\d*$/))

/** Returns the sizes of a network: number of inputs, of units of each hidden layer, and of outputs: `[784, 50, 10]`. */
export function layerSizes(weights: Readonly<Record<string, Tensor>>): number[] {
  checkTensor('layerSizes', 'W1', weights?.W1)
  const sizes = [weights.W1.shape[0]]
  for (let i = 1; `W${i}` in weights; i++) {
    checkTensor('layerSizes', `W${i}`, weights[`W${i}`])
    sizes.push(weights[`W${i}`].shape[1])
  }
  return sizes
}

/** Returns copies of weights in another dtype, by the same names. */
export const weightsAs = <Name extends string>(
  weights: Readonly<Record<Name, Tensor>>,
  dtype: DType,
): Record<Name, Tensor> =>
  Object.fromEntries(
    Object.entries<Tensor>(weights).map(([name, value]) => [name, value.astype(dtype)]),
  ) as Record<Name, Tensor>

/** Returns the bytes of weights, one tensor after the other, little-endian, for example to compute a hash. */
export function weightsBytes(
  weights: Readonly<Record<string, Tensor>> | readonly ParameterLike[],
): Uint8Array<ArrayBuffer> {
  if (!Array.isArray(weights) && Object.prototype.toString.call(weights) !== '[object Object]') {
    throw new TypeError(`weightsBytes: weights are tensors by name, or parameters, not ${showValue(weights)}`)
  }
  const tensors = Array.isArray(weights) ? weights.map((one) => one?.value) : Object.values(weights)
  for (const [i, one] of tensors.entries()) checkTensor('weightsBytes', `weight ${i}`, one)
  return concatBytes(tensors.map(({ data }: Tensor) => littleEndianBytes(data)))
}

/** Throws a `RangeError`, which begins with `network`, unless all sizes are integers of at least 1. */
export function checkSizes(
  network: string,
  sizes: Readonly<Record<string, number | readonly number[]>>,
): void {
  for (const [name, size] of Object.entries(sizes)) {
    const isList = name.endsWith('s')
    const all: readonly unknown[] = isList && Array.isArray(size) ? size : [isList ? undefined : size]
    const wrong = all.findIndex((one) => !Number.isInteger(one) || (one as number) < 1)
    if (wrong < 0) continue
    const needed = isList
      ? 'an array of integers of at least 1, such as [128, 64]'
      : 'an integer of at least 1'
    const came = Array.isArray(size) ? `[${size.map(showValue).join(', ')}]` : showValue(size)
    throw new RangeError(`${network}: ${name} must be ${needed}, not ${came}`)
  }
}

/** Throws a `RangeError`, which begins with `network`, for a classifier of one class: nothing can be learnt. */
export function checkClasses(network: string, classes: number): void {
  if (classes !== 1) return
  throw new RangeError(
    `${network}: one output is one class, whose probability is always 1: use 2 outputs for two classes, or ` +
      'new Network with MeanSquaredErrorLoss for a number',
  )
}

/**
 * Throws a `TypeError` unless the weights are the tensors W1, b1, W2, b2, … of one dtype, and a `RangeError` unless their
 * shapes fit one another: each W is (D, M), its b (M), and the next W takes M. Errors begin with `network`.
 */
export function checkWeights(network: string, weights: Readonly<Record<string, Tensor>>): void {
  if (typeof weights !== 'object' || weights === null) {
    throw new TypeError(`${network}: weights are tensors by name, W1, b1, …, not ${showValue(weights)}`)
  }
  const given = Object.entries(weights).filter(([, weight]) => weight instanceof Tensor)
  const depth = Math.max(1, Math.ceil(Object.keys(weights).length / 2))
  const needed = pairs(depth, (i) => [`W${i + 1}`, `b${i + 1}`])
  if (!needed.every((name) => given.some(([own]) => own === name))) {
    const names = given.map(([name]) => name).join(', ') || 'nothing'
    throw new TypeError(`${network}: tensors ${listed(needed)} are needed, not ${names}`)
  }
  const tensors = needed.map((name) => [name, weights[name]] as const)
  if (!tensors.every(([, { shape }], i) => fits(shape, i % 2 === 0, tensors[i - 1]?.[1].shape))) {
    const shapes = tensors.map(([name, { shape }]) => `${name} ${showShape(shape)}`).join(', ')
    throw new RangeError(`${network}: ${shapes} do not fit: ${listed(neededShapes(depth))} are needed`)
  }
  if (tensors.some(([, { dtype }]) => dtype !== tensors[0][1].dtype)) {
    const dtypes = tensors.map(([name, { dtype }]) => `${name} ${dtype}`).join(', ')
    throw new TypeError(`${network}: ${dtypes} do not mix: convert them with astype`)
  }
}

/** Whether a W or a b has the rank that it needs, and takes what the tensor before it gives. */
const fits = (shape: readonly number[], isMatrix: boolean, before?: readonly number[]): boolean =>
  shape.length === (isMatrix ? 2 : 1) && (before === undefined || shape[0] === before[before.length - 1])

/** (D, H), (H), (H, C), (C); with H1, H2, … if there are several hidden layers. */
function neededShapes(depth: number): string[] {
  const hidden = Array.from({ length: depth - 1 }, (_, i) => (depth === 2 ? 'H' : `H${i + 1}`))
  const letters = ['D', ...hidden, 'C']
  return pairs(depth, (i) => [`(${letters[i]}, ${letters[i + 1]})`, `(${letters[i + 1]})`])
}

const pairs = (depth: number, pair: (i: number) => [string, string]): string[] =>
  Array.from({ length: depth }, (_, i) => pair(i)).flat()

const listed = (words: string[]): string => `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`
