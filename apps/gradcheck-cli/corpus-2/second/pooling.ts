import { dot, each, mat, pure, right, scalar, softmax, sum, values, vec, wrong } from '../case.ts'

const at = (x: ArrayLike<number>, i: number) => (i >= 0 && i < x.length ? x[i] : 0)
const argmax = (x: ArrayLike<number>) => Array.from(x).indexOf(Math.max(...Array.from(x)))
const order = (x: Float64Array) => Array.from(x.keys()).sort((a, b) => x[a] - x[b])
const scatter = (n: number, pairs: readonly (readonly [number, number])[]) => {
  const g = new Float64Array(n)
  for (const [i, v] of pairs) g[i] += v
  return g
}
const windows = (x: Float64Array, size: number, stride: number) => {
  const starts = []
  for (let s = 0; s + size <= x.length; s += stride) starts.push(s)
  return starts
}

export const pooling = [
  right('maximum pooling with overlapping windows', 'Krizhevsky et al. 2012, 3.4', (rng) =>
    pure(
      { x: vec(rng, 9) },
      ({ x }) => windows(x, 3, 2).map((s) => Math.max(...x.subarray(s, s + 3))),
      ({ x }, d) => ({
        x: scatter(
          9,
          windows(x, 3, 2).map((s, k) => [s + argmax(x.subarray(s, s + 3)), d[k]]),
        ),
      }),
    ),
  ),
  wrong(
    'maximum pooling, a shared maximum gets the gradient of one window',
    'Krizhevsky et al. 2012, 3.4',
    (_rng) =>
      pure(
        { x: values([0, 1, 5, 2, 0.5]) },
        ({ x }) => windows(x, 3, 2).map((s) => Math.max(...x.subarray(s, s + 3))),
        ({ x }, d) => {
          const g = new Float64Array(5)
          windows(x, 3, 2).forEach((s, k) => {
            g[s + argmax(x.subarray(s, s + 3))] = d[k]
          })
          return { x: g }
        },
      ),
  ),
  wrong(
    'maximum pooling, position inside the window taken for the position',
    'Caffe, pooling_layer.cpp',
    (rng) =>
      pure(
        { x: vec(rng, 8) },
        ({ x }) => windows(x, 2, 2).map((s) => Math.max(...x.subarray(s, s + 2))),
        ({ x }, d) => ({
          x: scatter(
            8,
            windows(x, 2, 2).map((s, k) => [argmax(x.subarray(s, s + 2)), d[k]]),
          ),
        }),
      ),
  ),
  wrong('maximum pooling, gradient to every entry of the window', 'Caffe, pooling_layer.cpp', (rng) =>
    pure(
      { x: vec(rng, 8) },
      ({ x }) => windows(x, 2, 2).map((s) => Math.max(...x.subarray(s, s + 2))),
      (_, d) => ({ x: new Float64Array(8).map((_v, i) => d[i >> 1]) }),
    ),
  ),
  right(
    'maximum of a tie, shared equally',
    'JAX, jnp.max',
    (rng) => {
      const v = rng()
      return scalar(
        values([v, v - 1, v]),
        (x) => Math.max(...x),
        (x) => x.map((t) => (t === Math.max(...x) ? 1 / x.filter((u) => u === Math.max(...x)).length : 0)),
      )
    },
    { subgradient: true },
  ),
  right(
    'maximum of a tie, to the first',
    'torch.max',
    (rng) => {
      const v = rng()
      return scalar(
        values([v - 1, v, v]),
        (x) => Math.max(...x),
        (x) => scatter(3, [[argmax(x), 1]]),
      )
    },
    { subgradient: true },
  ),
  wrong('maximum, the index of the minimum', 'torch.max', (rng) =>
    scalar(
      vec(rng, 5),
      (x) => Math.max(...x),
      (x) => scatter(5, [[order(x)[0], 1]]),
    ),
  ),
  right('average pooling without the padding in the count', 'torch.nn.AvgPool1d, count_include_pad', (rng) =>
    pure(
      { x: vec(rng, 5) },
      ({ x }) => x.map((_, i) => sum(x.slice(Math.max(0, i - 1), i + 2)) / (i === 0 || i === 4 ? 2 : 3)),
      (_, d) => {
        const w = d.map((v, i) => v / (i === 0 || i === 4 ? 2 : 3))
        return { x: w.map((v, i) => at(w, i - 1) + v + at(w, i + 1)) }
      },
    ),
  ),
  wrong(
    'average pooling, the padding counted in backward only',
    'torch.nn.AvgPool1d, count_include_pad',
    (rng) =>
      pure(
        { x: vec(rng, 5) },
        ({ x }) => x.map((_, i) => sum(x.slice(Math.max(0, i - 1), i + 2)) / (i === 0 || i === 4 ? 2 : 3)),
        (_, d) => ({ x: d.map((v, i) => (at(d, i - 1) + v + at(d, i + 1)) / 3) }),
      ),
  ),
  wrong('average pooling, the division forgotten', 'LeCun et al. 1998', (rng) =>
    pure(
      { x: vec(rng, 6) },
      ({ x }) => windows(x, 3, 3).map((s) => sum(x.subarray(s, s + 3)) / 3),
      (_, d) => ({ x: new Float64Array(6).map((_v, i) => d[Math.floor(i / 3)]) }),
    ),
  ),
  right('global average over the places of each channel', 'Lin et al. 2014', (rng) =>
    pure(
      { X: mat(rng, 2, 5) },
      ({ X }) => [0, 1].map((c) => sum(X.subarray(5 * c, 5 * c + 5)) / 5),
      ({ X }, d) => ({ X: X.map((_, k) => d[Math.floor(k / 5)] / 5) }),
    ),
  ),
  wrong('global average, channels last in backward', 'Lin et al. 2014', (rng) =>
    pure(
      { X: mat(rng, 2, 5) },
      ({ X }) => [0, 1].map((c) => sum(X.subarray(5 * c, 5 * c + 5)) / 5),
      ({ X }, d) => ({ X: X.map((_, k) => d[k % 2] / 5) }),
    ),
  ),
  right('L2 pooling of small values', 'Sermanet et al. 2012', (rng) =>
    pure(
      { x: vec(rng, 6, 1e-6, 1e-5) },
      ({ x }) => windows(x, 2, 2).map((s) => Math.hypot(x[s], x[s + 1])),
      ({ x }, d, y) => ({ x: x.map((v, i) => (d[i >> 1] * v) / y[i >> 1]) }),
    ),
  ),
  wrong('L2 pooling, twice the derivative as of the squares', 'Sermanet et al. 2012', (rng) =>
    pure(
      { x: vec(rng, 6) },
      ({ x }) => windows(x, 2, 2).map((s) => Math.hypot(x[s], x[s + 1])),
      ({ x }, d, y) => ({ x: x.map((v, i) => (2 * d[i >> 1] * v) / y[i >> 1]) }),
    ),
  ),
  right('softmax pooling', 'Boureau et al. 2010', (rng) =>
    scalar(
      vec(rng, 5, -10, 10),
      (x) => dot(softmax(x), x),
      (x, y) => softmax(x).map((p, i) => p * (1 + x[i] - y)),
    ),
  ),
  wrong('softmax pooling, the weights held constant', 'Boureau et al. 2010', (rng) =>
    scalar(vec(rng, 5), (x) => dot(softmax(x), x), softmax),
  ),
  right('sorting', 'torch.sort', (rng) =>
    pure(
      { x: vec(rng, 6) },
      ({ x }) => order(x).map((i) => x[i]),
      ({ x }, d) => ({
        x: scatter(
          6,
          order(x).map((i, k) => [i, d[k]]),
        ),
      }),
    ),
  ),
  wrong('sorting, gathered instead of scattered', 'torch.sort', (_rng) =>
    pure(
      { x: values([0.3, 0.9, 0.1, 0.5]) },
      ({ x }) => order(x).map((i) => x[i]),
      ({ x }, d) => ({ x: order(x).map((i) => d[i]) }),
    ),
  ),
  wrong('sorting with JavaScript default order, text in backward', 'Array.prototype.sort', (_rng) =>
    pure(
      { x: values([10, 9, 100, 25]) },
      ({ x }) => order(x).map((i) => x[i]),
      ({ x }, d) => ({
        x: scatter(
          4,
          Array.from(x.keys())
            .sort((a, b) => (String(x[a]) < String(x[b]) ? -1 : 1))
            .map((i, k) => [i, d[k]]),
        ),
      }),
    ),
  ),
  right('median of seven', 'Tukey 1977', (rng) =>
    scalar(
      vec(rng, 7),
      (x) => x[order(x)[3]],
      (x) => scatter(7, [[order(x)[3], 1]]),
    ),
  ),
  right('median of six: mean of the middle two', 'numpy.median', (rng) =>
    scalar(
      vec(rng, 6),
      (x) => (x[order(x)[2]] + x[order(x)[3]]) / 2,
      (x) =>
        scatter(6, [
          [order(x)[2], 0.5],
          [order(x)[3], 0.5],
        ]),
    ),
  ),
  wrong('median of six, the lower middle alone', 'torch.median', (rng) =>
    scalar(
      vec(rng, 6),
      (x) => (x[order(x)[2]] + x[order(x)[3]]) / 2,
      (x) => scatter(6, [[order(x)[2], 1]]),
    ),
  ),
  wrong('median, the middle of the unsorted list', 'Tukey 1977', (_rng) =>
    scalar(
      values([4, 1, 9, 2, 7]),
      (x) => x[order(x)[2]],
      () => [0, 0, 1, 0, 0],
    ),
  ),
  right('quantile between two order statistics', 'Hyndman & Fan 1996, type 7', (rng) =>
    scalar(
      vec(rng, 6),
      (x) => 0.7 * x[order(x)[1]] + 0.3 * x[order(x)[2]],
      (x) =>
        scatter(6, [
          [order(x)[1], 0.7],
          [order(x)[2], 0.3],
        ]),
    ),
  ),
  wrong('quantile, the weights of its neighbours exchanged', 'Hyndman & Fan 1996, type 7', (rng) =>
    scalar(
      vec(rng, 6),
      (x) => 0.7 * x[order(x)[1]] + 0.3 * x[order(x)[2]],
      (x) =>
        scatter(6, [
          [order(x)[1], 0.3],
          [order(x)[2], 0.7],
        ]),
    ),
  ),
  right('sum of the three largest', 'torch.topk', (rng) =>
    scalar(
      vec(rng, 7),
      (x) =>
        sum(
          order(x)
            .slice(4)
            .map((i) => x[i]),
        ),
      (x) =>
        scatter(
          7,
          order(x)
            .slice(4)
            .map((i) => [i, 1]),
        ),
    ),
  ),
  wrong('three largest, by a threshold that drops the third', 'torch.topk', (rng) =>
    scalar(
      vec(rng, 7),
      (x) =>
        sum(
          order(x)
            .slice(4)
            .map((i) => x[i]),
        ),
      (x) => x.map((v) => (v > x[order(x)[4]] ? 1 : 0)),
    ),
  ),
  right('trimmed mean', 'scipy.stats.trim_mean', (rng) =>
    scalar(
      vec(rng, 8, -1e3, 1e3),
      (x) =>
        sum(
          order(x)
            .slice(1, 7)
            .map((i) => x[i]),
        ) / 6,
      (x) =>
        scatter(
          8,
          order(x)
            .slice(1, 7)
            .map((i) => [i, 1 / 6]),
        ),
    ),
  ),
  wrong('trimmed mean, divided by all', 'scipy.stats.trim_mean', (rng) =>
    scalar(
      vec(rng, 8),
      (x) =>
        sum(
          order(x)
            .slice(1, 7)
            .map((i) => x[i]),
        ) / 6,
      (x) =>
        scatter(
          8,
          order(x)
            .slice(1, 7)
            .map((i) => [i, 1 / 8]),
        ),
    ),
  ),
  right('winsorized sum: the ends take the value of their neighbours', 'Dixon 1960', (rng) =>
    scalar(
      vec(rng, 5),
      (x) => sum([1, 1, 2, 3, 3].map((k) => x[order(x)[k]])),
      (x) =>
        scatter(
          5,
          [1, 1, 2, 3, 3].map((k) => [order(x)[k], 1]),
        ),
    ),
  ),
  wrong('winsorized sum with the gradient of the trimmed sum', 'Dixon 1960', (rng) =>
    scalar(
      vec(rng, 5),
      (x) => sum([1, 1, 2, 3, 3].map((k) => x[order(x)[k]])),
      (x) =>
        scatter(
          5,
          [1, 2, 3].map((k) => [order(x)[k], 1]),
        ),
    ),
  ),
  right('running maximum', 'numpy.maximum.accumulate', (rng) =>
    pure(
      { x: vec(rng, 7) },
      ({ x }) => x.map((_, i) => Math.max(...x.slice(0, i + 1))),
      ({ x }, d) => ({
        x: scatter(
          7,
          Array.from(d, (v, i) => [argmax(x.slice(0, i + 1)), v]),
        ),
      }),
    ),
  ),
  wrong('running maximum, gradient where a new record stands only', 'numpy.maximum.accumulate', (_rng) =>
    pure(
      { x: values([1, 3, 2, 2.5, 4]) },
      ({ x }) => x.map((_, i) => Math.max(...x.slice(0, i + 1))),
      ({ x }, d, y) => ({ x: d.map((v, i) => (x[i] === y[i] ? v : 0)) }),
    ),
  ),
  right('range of the data', 'numpy.ptp', (rng) =>
    scalar(
      vec(rng, 6, 1e6, 1.000001e6),
      (x) => Math.max(...x) - Math.min(...x),
      (x) =>
        scatter(6, [
          [order(x)[5], 1],
          [order(x)[0], -1],
        ]),
    ),
  ),
  wrong('range of the data, plus at the minimum', 'numpy.ptp', (rng) =>
    scalar(
      vec(rng, 6),
      (x) => Math.max(...x) - Math.min(...x),
      (x) =>
        scatter(6, [
          [order(x)[5], 1],
          [order(x)[0], 1],
        ]),
    ),
  ),
  right('Gini coefficient by ranks', 'Gini 1912', (rng) =>
    scalar(
      vec(rng, 6, 1, 9),
      (x) => sum(order(x).map((i, k) => (2 * k - 5) * x[i])) / (6 * sum(x)),
      (x, y) =>
        scatter(
          6,
          order(x).map((i, k) => [i, ((2 * k - 5) / 6 - y) / sum(x)]),
        ),
    ),
  ),
  wrong('Gini coefficient, the total held constant', 'Gini 1912', (rng) =>
    scalar(
      vec(rng, 6, 1, 9),
      (x) => sum(order(x).map((i, k) => (2 * k - 5) * x[i])) / (6 * sum(x)),
      (x) =>
        scatter(
          6,
          order(x).map((i, k) => [i, (2 * k - 5) / 6 / sum(x)]),
        ),
    ),
  ),
  right('projection onto the simplex', 'Duchi et al. 2008', (rng) =>
    pure(
      { x: values([2 + 0.1 * rng(), 1.8 + 0.1 * rng(), 0.3, -1]) },
      ({ x }) => {
        const tau = (x[0] + x[1] - 1) / 2
        return x.map((v) => Math.max(v - tau, 0))
      },
      (_, d, y) => {
        const active = y.map((v) => (v > 0 ? 1 : 0))
        return { x: d.map((v, i) => active[i] * (v - dot(active, d) / sum(active))) }
      },
    ),
  ),
  wrong(
    'projection onto the simplex, mean over all entries instead of the active',
    'Martins & Astudillo 2016, sparsemax',
    (rng) =>
      pure(
        { x: values([2 + 0.1 * rng(), 1.8 + 0.1 * rng(), 0.3, -1]) },
        ({ x }) => x.map((v) => Math.max(v - (x[0] + x[1] - 1) / 2, 0)),
        (_, d, y) => ({ x: d.map((v, i) => (y[i] > 0 ? v - sum(d) / 4 : 0)) }),
      ),
  ),
  right('convolution of stride 2 with zero padding', 'Dumoulin & Visin 2016', (rng) =>
    pure(
      { x: vec(rng, 7), w: vec(rng, 3) },
      ({ x, w }) => [0, 1, 2, 3].map((o) => sum(w.map((v, k) => v * at(x, 2 * o + k - 1)))),
      ({ x, w }, d) => {
        const g = { x: new Float64Array(7), w: new Float64Array(3) }
        for (let o = 0; o < 4; o++)
          for (let k = 0; k < 3; k++) {
            const i = 2 * o + k - 1
            g.w[k] += d[o] * at(x, i)
            if (i >= 0 && i < 7) g.x[i] += d[o] * w[k]
          }
        return g
      },
    ),
  ),
  wrong('convolution, kernel not flipped in the gradient of x', 'Dumoulin & Visin 2016', (rng) =>
    pure(
      { x: vec(rng, 7), w: vec(rng, 3) },
      ({ x, w }) => x.map((_, o) => sum(w.map((v, k) => v * at(x, o + k - 1)))),
      ({ x, w }, d) => ({
        x: x.map((_, i) => sum(w.map((v, k) => v * at(d, i + k - 1)))),
        w: w.map((_, k) => sum(d.map((v, o) => v * at(x, o + k - 1)))),
      }),
    ),
  ),
  wrong('convolution, padding forgotten in the gradient of w', 'Dumoulin & Visin 2016', (rng) =>
    pure(
      { x: vec(rng, 7), w: vec(rng, 3) },
      ({ x, w }) => x.map((_, o) => sum(w.map((v, k) => v * at(x, o + k - 1)))),
      ({ x, w }, d) => ({
        x: x.map((_, i) => sum(w.map((v, k) => v * at(d, i - k + 1)))),
        w: w.map((_, k) => sum(d.map((v, o) => v * at(x, o + k)))),
      }),
    ),
  ),
  right('depth to space', 'Shi et al. 2016, pixel shuffle', (rng) =>
    pure(
      { x: vec(rng, 8) },
      ({ x }) => x.map((_, k) => x[(k % 2) * 4 + (k >> 1)]),
      (_, d) => ({ x: d.map((_v, k) => d[(k % 4) * 2 + (k >> 2)]) }),
    ),
  ),
  wrong('depth to space applied again in backward', 'Shi et al. 2016, pixel shuffle', (rng) =>
    pure(
      { x: vec(rng, 8) },
      ({ x }) => x.map((_, k) => x[(k % 2) * 4 + (k >> 1)]),
      (_, d) => ({ x: d.map((_v, k) => d[(k % 2) * 4 + (k >> 1)]) }),
    ),
  ),
  wrong('nearest upsampling, one of the copies in backward', 'torch.nn.Upsample', (rng) =>
    pure(
      { x: vec(rng, 4) },
      ({ x }) => Array.from({ length: 8 }, (_, k) => x[k >> 1]),
      (_, d) => ({ x: [0, 2, 4, 6].map((k) => d[k]) }),
    ),
  ),
  right('leaky ReLU away from zero', 'Maas et al. 2013', (rng) =>
    each(
      values([1e-4 * (1 + rng()), -1e-4 * (1 + rng()), 2 * rng() + 0.1]),
      (x) => (x > 0 ? x : 0.01 * x),
      (x) => (x > 0 ? 1 : 0.01),
    ),
  ),
  right(
    'ReLU exactly at zero with subgradient 0.5',
    'Bertoin et al. 2021',
    (rng) =>
      each(
        values([0, 1 + rng(), -1 - rng()]),
        (x) => Math.max(x, 0),
        (x) => (x > 0 ? 1 : x === 0 ? 0.5 : 0),
      ),
    { subgradient: true },
  ),
  right(
    'absolute value at zero with subgradient 0',
    'torch.abs',
    (rng) => each(values([0, 1 + rng()]), Math.abs, Math.sign),
    { subgradient: true },
  ),
]
