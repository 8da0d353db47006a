/** Gradients written as plain loops over typed arrays. */

interface Inputs {
  W: Float64Array
  b: Float64Array
  x: Float64Array
  /** Classes. */
  t: Uint8Array
}

const CLASSES = 3
const FEATURES = 4

/** The logits of a linear classifier, `W·x + b`, W row by row. */
const logitsOf = ({ W, b, x }: Inputs, n: number): Float64Array =>
  b.map((bias, c) => {
    let logit = bias
    for (let k = 0; k < FEATURES; k++) logit += W[c * FEATURES + k] * x[n * FEATURES + k]
    return logit
  })

function softmax(logits: Float64Array): Float64Array {
  const largest = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** The mean cross-entropy of all samples. */
export function crossEntropy(inputs: Inputs): number {
  let total = 0
  for (const [n, t] of inputs.t.entries()) total -= Math.log(softmax(logitsOf(inputs, n))[t])
  return total / inputs.t.length
}

/** Its gradient by W and b. */
export function crossEntropyGradient(inputs: Inputs): Pick<Inputs, 'W' | 'b'> {
  const dW = new Float64Array(CLASSES * FEATURES)
  const db = new Float64Array(CLASSES)
  const N = inputs.t.length
  for (const [n, t] of inputs.t.entries()) {
    const y = softmax(logitsOf(inputs, n))
    y[t] -= 1
    for (let c = 0; c < CLASSES; c++) {
      db[c] += y[c] / N
      for (let k = 0; k < FEATURES; k++) {
        dW[c * FEATURES + k] += (y[c] * inputs.x[n * FEATURES + k]) / N
      }
    }
  }
  return { W: dW, b: db }
}

const wave = (length: number, step: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(step * (i + 1)))

export const classifier = {
  f: crossEntropy,
  gradient: crossEntropyGradient,
  x: { W: wave(12, 1.7), b: wave(3, 0.9), x: wave(20, 2.3), t: Uint8Array.of(0, 2, 1, 2, 0) },
  options: { notDifferentiable: ['x'] },
}
