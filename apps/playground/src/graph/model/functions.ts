import type { NumberOrTensor } from '@gosa/linalg'

/** A function of one number as a layer: what goes into it is kept for its derivative. */
interface NumberLayer {
  forward(x: number): number
  backward(dout: number): NumberOrTensor
}

/** The node exp of section 5.5.2: the derivative is the value itself. */
export function expNode(): NumberLayer {
  let y = 0
  return {
    forward: (x) => (y = Math.exp(x)),
    backward: (dout) => dout * y,
  }
}

/** The node 1/x of section 5.5.2: the derivative is −y². */
export function reciprocalNode(): NumberLayer {
  let y = 0
  return {
    forward: (x) => (y = 1 / x),
    backward: (dout) => -dout * y * y,
  }
}
