import { showShape, Tensor } from '@gosa/linalg'

/**
 * Throws a `TypeError` unless the weights are the tensors W1, b1, W2, b2, … of one dtype, and a `RangeError` where shapes
 * do not fit one another: each W is (D, M), its b (M), and the next W takes M.
 */
export function checkWeights(network: string, weights: Readonly<Record<string, Tensor>>): void {
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
    throw new RangeError(`${network}: ${shapes} do not fit: ${listed(shapesNeeded(depth))} are needed`)
  }
  if (tensors.some(([, { dtype }]) => dtype !== tensors[0][1].dtype)) {
    const dtypes = tensors.map(([name, { dtype }]) => `${name} ${dtype}`).join(', ')
    throw new TypeError(`${network}: ${dtypes} do not mix: convert them with astype`)
  }
}

/** Whether a W or a b has the rank that it needs, and takes what the tensor before gives. */
const fits = (shape: readonly number[], isMatrix: boolean, before?: readonly number[]): boolean =>
  shape.length === (isMatrix ? 2 : 1) && (before === undefined || shape[0] === before[before.length - 1])

/** (D, H), (H), (H, C), (C); with H1, H2, … where there are several hidden layers. */
function shapesNeeded(depth: number): string[] {
  const hidden = Array.from({ length: depth - 1 }, (_, i) => (depth === 2 ? 'H' : `H${i + 1}`))
  const letters = ['D', ...hidden, 'C']
  return pairs(depth, (i) => [`(${letters[i]}, ${letters[i + 1]})`, `(${letters[i + 1]})`])
}

const pairs = (depth: number, pair: (i: number) => [string, string]): string[] =>
  Array.from({ length: depth }, (_, i) => pair(i)).flat()

const listed = (words: string[]): string => `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`
