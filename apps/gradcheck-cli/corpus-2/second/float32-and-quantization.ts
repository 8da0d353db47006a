import {
  dot,
  each,
  formula,
  mat,
  matmul,
  pure,
  right,
  scalar,
  softmax,
  sum,
  transpose,
  values,
  vec,
  wrong,
} from '../case.ts'

const f = Math.fround
const SINGLE = { precision: 2 ** -23, tolerance: 2e-2 }
const fsum = (a: ArrayLike<number>) => Array.from(a).reduce((t, v) => f(t + f(v)), 0)
/** Rounds to bfloat16: eight bits of mantissa. */
const bf16 = (x: number) => {
  const scale = 2 ** (Math.floor(Math.log2(Math.abs(x) || 1)) - 7)
  return Math.round(x / scale) * scale
}

export const float32AndQuantization = [
  right(
    'square in float32',
    'WebGPU, f32',
    (rng) =>
      each(
        vec(rng, 4, 1, 2),
        (x) => f(f(x) * f(x)),
        (x) => f(2 * f(x)),
      ),
    SINGLE,
  ),
  right(
    'sigmoid in float32',
    'TensorFlow.js, sigmoid',
    (rng) =>
      each(
        vec(rng, 4, -4, 4),
        (x) => f(1 / f(1 + f(Math.exp(-f(x))))),
        (_, y) => f(y * f(1 - y)),
      ),
    SINGLE,
  ),
  right(
    'tanh in float32',
    'TensorFlow.js, tanh',
    (rng) =>
      each(
        vec(rng, 4, -2, 2),
        (x) => f(Math.tanh(f(x))),
        (_, y) => f(1 - f(y * y)),
      ),
    SINGLE,
  ),
  right(
    'dot product added up in float32',
    'WebGL, textures of f32',
    (rng) =>
      pure(
        { a: vec(rng, 8), b: vec(rng, 8) },
        ({ a, b }) => [fsum(a.map((v, i) => f(f(v) * f(b[i]))))],
        ({ a, b }, d) => ({ a: b.map((v) => f(d[0] * f(v))), b: a.map((v) => f(d[0] * f(v))) }),
      ),
    SINGLE,
  ),
  right(
    'softmax in float32',
    'TensorFlow.js, softmax',
    (rng) =>
      pure(
        { z: vec(rng, 4) },
        ({ z }) => softmax(z.map(f)).map(f),
        (_, d, p) => ({ z: p.map((v, i) => f(v * (d[i] - fsum(p.map((t, j) => t * d[j]))))) }),
      ),
    SINGLE,
  ),
  right(
    'affine map in float32',
    'TensorFlow.js, dense',
    (rng) =>
      pure(
        { X: mat(rng, 2, 3), W: mat(rng, 3, 2) },
        ({ X, W }) => ({ data: matmul(X.map(f), W.map(f), 2, 3, 2).map(f), shape: [2, 2] }),
        ({ X, W }, d) => ({
          X: matmul(d, transpose(W, 3, 2), 2, 2, 3).map(f),
          W: matmul(transpose(X, 2, 3), d, 3, 2, 2).map(f),
        }),
      ),
    SINGLE,
  ),
  right(
    'log in float32 of numbers near 100',
    'GLSL, log',
    (rng) =>
      each(
        vec(rng, 3, 90, 110),
        (x) => f(Math.log(f(x))),
        (x) => f(1 / x),
      ),
    SINGLE,
  ),
  right(
    'layer normalization in float32',
    'TensorFlow.js, layerNormalization',
    (rng) =>
      pure(
        { x: vec(rng, 5, -2, 2) },
        ({ x }) => {
          const m = f(fsum(x) / 5)
          const c = x.map((v) => f(f(v) - m))
          const s = f(Math.sqrt(f(fsum(c.map((v) => f(v * v))) / 5)))
          return c.map((v) => f(v / s))
        },
        ({ x }, d, z) => {
          const m = sum(x) / 5
          const s = Math.sqrt(sum(x.map((v) => (v - m) ** 2)) / 5)
          return { x: d.map((v, i) => (v - sum(d) / 5 - (z[i] * dot(d, z)) / 5) / s) }
        },
      ),
    { precision: 2 ** -21, tolerance: 5e-2 },
  ),
  right(
    'float64 function whose gradient is stored in float32',
    'Float32Array of gradients',
    (rng) =>
      each(
        vec(rng, 4, 0.5, 2),
        (x) => x ** 3,
        (x) => f(3 * x * x),
      ),
    { tolerance: 1e-5, hard: 'the float32 rounding of the gradient is a matter of taste' },
  ),
  wrong(
    'square in float32 without its factor 2',
    'WebGPU, f32',
    (rng) =>
      each(
        vec(rng, 4, 1, 2),
        (x) => f(f(x) * f(x)),
        (x) => f(x),
      ),
    SINGLE,
  ),
  wrong(
    'sigmoid in float32 with the derivative of tanh',
    'TensorFlow.js, sigmoid',
    (rng) =>
      each(
        vec(rng, 4, -2, 2),
        (x) => f(1 / f(1 + f(Math.exp(-f(x))))),
        (_, y) => f(1 - f(y * y)),
      ),
    SINGLE,
  ),
  wrong(
    'affine map in float32, dW with X not transposed',
    'TensorFlow.js, dense',
    (rng) =>
      pure(
        { X: mat(rng, 3, 3), W: mat(rng, 3, 3) },
        ({ X, W }) => ({ data: matmul(X.map(f), W.map(f), 3, 3, 3).map(f), shape: [3, 3] }),
        ({ X, W }, d) => ({
          X: matmul(d, transpose(W, 3, 3), 3, 3, 3).map(f),
          W: matmul(X, d, 3, 3, 3).map(f),
        }),
      ),
    SINGLE,
  ),
  wrong(
    'softmax in float32 by its diagonal',
    'TensorFlow.js, softmax',
    (rng) =>
      pure(
        { z: vec(rng, 4) },
        ({ z }) => softmax(z.map(f)).map(f),
        (_, d, p) => ({ z: p.map((v, i) => f(v * (1 - v) * d[i])) }),
      ),
    SINGLE,
  ),
  wrong(
    'dot product in float32, five percent too large',
    'a loss scale not removed exactly',
    (rng) =>
      pure(
        { a: vec(rng, 6, 1, 2) },
        ({ a }) => [fsum(a.map((v, i) => f(f(v) * (i + 1))))],
        ({ a }, d) => ({ a: a.map((_, i) => f(1.05 * d[0] * (i + 1))) }),
      ),
    SINGLE,
  ),
  wrong('gradient still multiplied by the loss scale', 'Micikevicius et al. 2018, mixed precision', (rng) =>
    each(
      vec(rng, 4),
      (x) => Math.sin(x),
      (x) => 1024 * Math.cos(x),
    ),
  ),
  wrong(
    'gradient that underflows to zero in half precision',
    'Micikevicius et al. 2018, mixed precision',
    (rng) =>
      each(
        vec(rng, 4, 1, 2),
        (x) => 1e-9 * x * x,
        (x) => (2e-9 * x < 6e-8 ? 0 : 2e-9 * x),
      ),
  ),
  wrong('gradient in bfloat16 with its three digits', 'bfloat16, Kalamkar et al. 2019', (_rng) =>
    each(
      values([1.01, 1.3, 1.7]),
      (x) => x ** 3,
      (x) => bf16(3 * x * x),
    ),
  ),
  wrong('rounding to 1/128 with dout passed through', 'Bengio et al. 2013, straight-through', (rng) =>
    each(
      vec(rng, 4),
      (x) => Math.round(x * 128) / 128,
      () => 1,
    ),
  ),
  wrong('rounding to steps of an irrational width, straight through', 'Jacob et al. 2018', (rng) =>
    each(
      vec(rng, 4),
      (x) => Math.round(x / (Math.SQRT2 / 50)) * (Math.SQRT2 / 50),
      () => 1,
    ),
  ),
  right('rounding with gradient zero away from the jumps', 'Math.round', (rng) =>
    each(values([1.1 + 0.3 * rng(), -2.1 - 0.3 * rng(), 5.2]), Math.round, () => 0),
  ),
  right('fractional part away from its jumps', 'GLSL, fract', (rng) =>
    each(
      values([0.3 + 0.4 * rng(), 3.3 + 0.4 * rng(), -1.7 + 0.4 * rng()]),
      (x) => x - Math.floor(x),
      () => 1,
    ),
  ),
  wrong('fractional part with gradient zero', 'GLSL, fract', (rng) =>
    each(
      values([0.3 + 0.4 * rng(), 3.3 + 0.4 * rng(), -1.7 + 0.4 * rng()]),
      (x) => x - Math.floor(x),
      () => 0,
    ),
  ),
  wrong('sign with the gradient of hard tanh', 'Courbariaux et al. 2016, binarized networks', (rng) =>
    each(vec(rng, 4, 0.1, 0.9), Math.sign, (x) => (Math.abs(x) <= 1 ? 1 : 0)),
  ),
  right('clipping to a range, away from its ends', 'numpy.clip', (rng) =>
    each(
      values([0.2 + 0.3 * rng(), 1.1 + rng(), -1.2 - rng()]),
      (x) => Math.max(-1, Math.min(1, x)),
      (x) => (Math.abs(x) < 1 ? 1 : 0),
    ),
  ),
  wrong('clipping to a range, gradient passed outside too', 'numpy.clip', (rng) =>
    each(
      values([0.2 + 0.3 * rng(), 1.1 + rng(), -1.2 - rng()]),
      (x) => Math.max(-1, Math.min(1, x)),
      () => 1,
    ),
  ),
  right('clipping by a learned bound', 'Choi et al. 2018, PACT', (rng) =>
    pure(
      { x: values([0.2 + 0.3 * rng(), 2.1 + rng(), 1.9 + rng()]), bound: vec(rng, 1, 1, 1.5) },
      ({ x, bound }) => x.map((v) => Math.min(v, bound[0])),
      ({ x, bound }, d) => ({
        x: d.map((v, i) => (x[i] < bound[0] ? v : 0)),
        bound: [sum(d.map((v, i) => (x[i] < bound[0] ? 0 : v)))],
      }),
    ),
  ),
  wrong('clipping by a learned bound, the bound averaged', 'Choi et al. 2018, PACT', (rng) =>
    pure(
      { x: values([0.2 + 0.3 * rng(), 2.1 + rng(), 1.9 + rng()]), bound: vec(rng, 1, 1, 1.5) },
      ({ x, bound }) => x.map((v) => Math.min(v, bound[0])),
      ({ x, bound }, d) => ({
        x: d.map((v, i) => (x[i] < bound[0] ? v : 0)),
        bound: [sum(d.map((v, i) => (x[i] < bound[0] ? 0 : v))) / d.length],
      }),
    ),
  ),
  right('dequantization by scale and zero point', 'Jacob et al. 2018', (rng) =>
    pure(
      { scale: vec(rng, 1, 0.01, 0.1), zero: vec(rng, 1, -5, 5), q: values([12, -7, 127, 0]) },
      ({ scale, zero, q }) => q.map((v) => scale[0] * (v - zero[0])),
      ({ scale, zero, q }, d) => ({
        scale: [sum(d.map((v, i) => v * (q[i] - zero[0])))],
        zero: [-scale[0] * sum(d)],
      }),
      ['q'],
    ),
  ),
  wrong('dequantization, the zero point without its scale', 'Jacob et al. 2018', (rng) =>
    pure(
      { scale: vec(rng, 1, 0.01, 0.1), zero: vec(rng, 1, -5, 5), q: values([12, -7, 127, 0]) },
      ({ scale, zero, q }) => q.map((v) => scale[0] * (v - zero[0])),
      ({ zero, q }, d) => ({ scale: [sum(d.map((v, i) => v * (q[i] - zero[0])))], zero: [-sum(d)] }),
      ['q'],
    ),
  ),
  wrong('learned step size as if rounding were the identity', 'Esser et al. 2020, LSQ', (rng) =>
    formula(
      { x: values([1.23, 2.71, -0.62]), s: values(Array.from({ length: 3 }, () => 0.3 + 0.02 * rng())) },
      ({ x, s }) => Math.round(x / s) * s,
      ({ x, s }) => ({ x: 0, s: Math.round(x / s) - x / s }),
    ),
  ),
  right('soft quantization by a sum of steep sigmoids', 'Gong et al. 2019', (rng) =>
    each(
      vec(rng, 5, 0, 3),
      (x) => sum([0.5, 1.5, 2.5].map((c) => 1 / (1 + Math.exp(-30 * (x - c))))),
      (x) => sum([0.5, 1.5, 2.5].map((c) => 30 / (2 + Math.exp(-30 * (x - c)) + Math.exp(30 * (x - c))))),
    ),
  ),
  wrong('soft quantization, steepness missing', 'Gong et al. 2019', (rng) =>
    each(
      vec(rng, 5, 0.4, 0.6),
      (x) => 1 / (1 + Math.exp(-30 * (x - 0.5))),
      (_, y) => y * (1 - y),
    ),
  ),
  right(
    'codebook lookup by the nearest entry, gradient to the entry',
    'van den Oord et al. 2017, VQ-VAE',
    (rng) =>
      pure(
        { x: values([0.1, 2.2, 0.8]), C: values([0.05 * rng(), 1 + 0.05 * rng(), 2]) },
        ({ x, C }) => x.map((v) => C[nearest(C, v)]),
        ({ x, C }, d) => {
          const g = new Float64Array(3)
          x.forEach((v, i) => {
            g[nearest(C, v)] += d[i]
          })
          return { x: new Float64Array(3), C: g }
        },
      ),
  ),
  wrong('codebook lookup, gradient copied to the input', 'van den Oord et al. 2017, VQ-VAE', (rng) =>
    pure(
      { x: values([0.1, 2.2, 0.8]), C: values([0.05 * rng(), 1 + 0.05 * rng(), 2]) },
      ({ x, C }) => x.map((v) => C[nearest(C, v)]),
      ({ x, C }, d) => {
        const g = new Float64Array(3)
        x.forEach((v, i) => {
          g[nearest(C, v)] += d[i]
        })
        return { x: d, C: g }
      },
    ),
  ),
  wrong('integer division in the share of each sample', 'C, int division', (rng) =>
    scalar(
      vec(rng, 6),
      (x) => sum(x.map((v) => v * v)) / 4,
      (x) => x.map((v) => 2 * v * Math.trunc(6 / 4) * 0.25 * 0.5),
    ),
  ),
  wrong('byte index that wraps at 256', 'Uint8Array', (rng) =>
    pure(
      { x: vec(rng, 300) },
      ({ x }) => [sum(x.map((v) => v * v))],
      ({ x }, d) => {
        const g = new Float64Array(300)
        const index = Uint8Array.from(x.keys())
        x.forEach((v, i) => {
          g[index[i]] = 2 * v * d[0]
        })
        return { x: g }
      },
    ),
  ),
  right(
    'compensated sum of numbers of very different size',
    'Kahan 1965',
    (rng) =>
      scalar(
        values([1e10 * (1 + rng()), 1e-3 * rng(), -1e10 * (1 + rng()), 1 + rng()]),
        (x) => {
          let [t, c] = [0, 0]
          for (const v of x) {
            const y = v - c
            const s = t + y
            c = s - t - y
            t = s
          }
          return t
        },
        () => [1, 1, 1, 1],
      ),
    { tolerance: 1e-3 },
  ),
  right(
    'function of period 2π/10⁶',
    'Weideman & Trefethen 2007',
    (rng) =>
      each(
        vec(rng, 3, 0, 1),
        (x) => Math.sin(1e6 * x),
        (x) => 1e6 * Math.cos(1e6 * x),
      ),
    { tolerance: 1e-4 },
  ),
  wrong('function of period 2π/10⁶ with half its slope', 'Weideman & Trefethen 2007', (rng) =>
    each(
      vec(rng, 3, 0, 1),
      (x) => Math.sin(1e6 * x),
      (x) => 5e5 * Math.cos(1e6 * x),
    ),
  ),
]

function nearest(C: Float64Array, v: number): number {
  return C.reduce((best, c, i) => (Math.abs(c - v) < Math.abs(C[best] - v) ? i : best), 0)
}
