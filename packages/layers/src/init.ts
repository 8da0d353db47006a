import { type DType, type Rng, randomNormal, type Tensor, zeros } from '@gosa/linalg'

/**
 * The standard deviation of an Affine layer's weights with D inputs: `'he'` is `√(2/D)`, for ReLU; `'xavier'` is
 * `√(1/D)`, for sigmoid and tanh; a number is taken as it is (the book's chapter 5 uses 0.01).
 *
 * Source: Deep Learning from Scratch, section 6.2; He et al. 2015; Glorot and Bengio 2010.
 */
export type Init = 'he' | 'xavier' | number

/** `[W, b]` for a new Affine layer. Throws a `RangeError` for sizes below 1 or a standard deviation below 0. */
export function affineInit(
  inputs: number,
  outputs: number,
  { init = 'he', rng, dtype }: { init?: Init; rng: Rng; dtype?: DType },
): [W: Tensor, b: Tensor] {
  for (const size of [inputs, outputs]) {
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(`Affine.init: sizes must be whole numbers from 1 up, not ${inputs} and ${outputs}`)
    }
  }
  const std = standardDeviation(init, inputs)
  return [randomNormal([inputs, outputs], { std, rng, dtype }), zeros([outputs], { dtype })]
}

function standardDeviation(init: Init, inputs: number): number {
  if (init === 'he') return Math.sqrt(2 / inputs)
  if (init === 'xavier') return Math.sqrt(1 / inputs)
  if (typeof init === 'number' && Number.isFinite(init) && init >= 0) return init
  throw new RangeError(
    `Affine.init: init must be 'he', 'xavier' or a standard deviation, not ${JSON.stringify(init)}`,
  )
}
