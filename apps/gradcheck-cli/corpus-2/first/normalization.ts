import { dot, each, mat, pure, right, scalar, softmax, sum, values, vec, wrong } from '../case.ts'

const mean = (x: ArrayLike<number>) => sum(x) / x.length
const EPS = 1e-5

/** Normalizes `x` to mean 0 and variance 1. */
function standardize(x: Float64Array, eps = EPS): { z: Float64Array; s: number } {
  const m = mean(x)
  const s = Math.sqrt(mean(x.map((v) => (v - m) ** 2)) + eps)
  return { z: x.map((v) => (v - m) / s), s }
}

function standardizeBackward(z: Float64Array, s: number, d: Float64Array): Float64Array {
  const [a, b] = [mean(d), dot(d, z) / z.length]
  return d.map((v, i) => (v - a - z[i] * b) / s)
}

const column = (X: Float64Array, j: number, columns: number) => X.filter((_, i) => i % columns === j)
const row = (X: Float64Array, i: number, columns: number) => X.subarray(i * columns, (i + 1) * columns)

function batchNorm(X: Float64Array, columns: number): Float64Array {
  const Z = new Float64Array(X.length)
  for (let j = 0; j < columns; j++)
    standardize(column(X, j, columns)).z.forEach((v, i) => {
      Z[i * columns + j] = v
    })
  return Z
}

const rms = (x: Float64Array) => Math.sqrt(dot(x, x) / x.length + EPS)

export const normalization = [
  right('layer normalization of one row', 'Ba, Kiros & Hinton 2016', (rng) =>
    pure(
      { x: vec(rng, 6) },
      ({ x }) => standardize(x).z,
      ({ x }, d, z) => ({ x: standardizeBackward(z, standardize(x).s, d) }),
    ),
  ),
  right(
    'layer normalization of values near 1000',
    'Ba, Kiros & Hinton 2016',
    (rng) =>
      pure(
        { x: vec(rng, 6, 1000, 1001) },
        ({ x }) => standardize(x).z,
        ({ x }, d, z) => ({ x: standardizeBackward(z, standardize(x).s, d) }),
      ),
    { tolerance: 1e-5 },
  ),
  right('layer normalization of two values, flat but for epsilon', 'Ba, Kiros & Hinton 2016', (rng) =>
    pure(
      { x: vec(rng, 2) },
      ({ x }) => standardize(x, 0.01).z,
      ({ x }, d, z) => ({ x: standardizeBackward(z, standardize(x, 0.01).s, d) }),
    ),
  ),
  wrong('layer normalization without the variance term', 'Ba, Kiros & Hinton 2016', (rng) =>
    pure(
      { x: vec(rng, 6) },
      ({ x }) => standardize(x).z,
      ({ x }, d) => ({ x: d.map((v) => (v - mean(d)) / standardize(x).s) }),
    ),
  ),
  wrong('layer normalization without the mean term', 'Ba, Kiros & Hinton 2016', (rng) =>
    pure(
      { x: vec(rng, 6) },
      ({ x }) => standardize(x).z,
      ({ x }, d, z) => ({ x: d.map((v, i) => (v - (z[i] * dot(d, z)) / 6) / standardize(x).s) }),
    ),
  ),
  wrong('layer normalization, mean and deviation detached', 'Ba, Kiros & Hinton 2016', (rng) =>
    pure(
      { x: vec(rng, 6) },
      ({ x }) => standardize(x).z,
      ({ x }, d) => ({ x: d.map((v) => v / standardize(x).s) }),
    ),
  ),
  right('layer normalization with gain and bias over rows', 'Ba, Kiros & Hinton 2016', (rng) =>
    pure(
      { X: mat(rng, 3, 4), g: vec(rng, 4, 0.5, 2), b: vec(rng, 4) },
      ({ X, g, b }) => {
        const Y = new Float64Array(12)
        for (let i = 0; i < 3; i++)
          standardize(row(X, i, 4)).z.forEach((v, j) => {
            Y[4 * i + j] = v * g[j] + b[j]
          })
        return { data: Y, shape: [3, 4] }
      },
      ({ X, g }, d) => {
        const out = { X: new Float64Array(12), g: new Float64Array(4), b: new Float64Array(4) }
        for (let i = 0; i < 3; i++) {
          const { z, s } = standardize(row(X, i, 4))
          const di = row(d, i, 4)
          out.X.set(
            standardizeBackward(
              z,
              s,
              di.map((v, j) => v * g[j]),
            ),
            4 * i,
          )
          di.forEach((v, j) => {
            out.g[j] += v * z[j]
            out.b[j] += v
          })
        }
        return out
      },
    ),
  ),
  wrong('layer normalization, the gain left out on the way to x', 'Ba, Kiros & Hinton 2016', (rng) =>
    pure(
      { x: vec(rng, 4), g: vec(rng, 4, 0.5, 2) },
      ({ x, g }) => standardize(x).z.map((v, j) => v * g[j]),
      ({ x }, d) => {
        const { z, s } = standardize(x)
        return { x: standardizeBackward(z, s, d), g: z.map((v, j) => v * d[j]) }
      },
    ),
  ),
  wrong(
    'layer normalization, gain gradient from x instead of the normalized x',
    'Ba, Kiros & Hinton 2016',
    (rng) =>
      pure(
        { x: vec(rng, 4, 1, 3), g: vec(rng, 4, 0.5, 2) },
        ({ x, g }) => standardize(x).z.map((v, j) => v * g[j]),
        ({ x, g }, d) => {
          const { z, s } = standardize(x)
          return {
            x: standardizeBackward(
              z,
              s,
              d.map((v, j) => v * g[j]),
            ),
            g: x.map((v, j) => v * d[j]),
          }
        },
      ),
  ),
  right('batch normalization in training', 'Ioffe & Szegedy 2015', (rng) =>
    pure(
      { X: mat(rng, 5, 3) },
      ({ X }) => ({ data: batchNorm(X, 3), shape: [5, 3] }),
      ({ X }, d) => {
        const g = new Float64Array(15)
        for (let j = 0; j < 3; j++) {
          const { z, s } = standardize(column(X, j, 3))
          standardizeBackward(z, s, column(d, j, 3)).forEach((v, i) => {
            g[3 * i + j] = v
          })
        }
        return { X: g }
      },
    ),
  ),
  wrong('batch normalization with statistics over the features', 'Ioffe & Szegedy 2015', (rng) =>
    pure(
      { X: mat(rng, 4, 4) },
      ({ X }) => ({ data: batchNorm(X, 4), shape: [4, 4] }),
      ({ X }, d) => {
        const g = new Float64Array(16)
        for (let i = 0; i < 4; i++) {
          const { z, s } = standardize(row(X, i, 4))
          g.set(standardizeBackward(z, s, row(d, i, 4)), 4 * i)
        }
        return { X: g }
      },
    ),
  ),
  wrong(
    'batch normalization, variance by n in forward and n - 1 in backward',
    'Ioffe & Szegedy 2015',
    (rng) =>
      pure(
        { X: mat(rng, 5, 2) },
        ({ X }) => ({ data: batchNorm(X, 2), shape: [5, 2] }),
        ({ X }, d) => {
          const g = new Float64Array(10)
          for (let j = 0; j < 2; j++) {
            const { z, s } = standardize(column(X, j, 2))
            const dj = column(d, j, 2)
            dj.forEach((v, i) => {
              g[2 * i + j] = (v - mean(dj) - (z[i] * dot(dj, z)) / 4) / s
            })
          }
          return { X: g }
        },
      ),
  ),
  wrong('batch normalization, one deviation of the whole batch in backward', 'Ioffe & Szegedy 2015', (rng) =>
    pure(
      { X: mat(rng, 5, 2) },
      ({ X }) => ({ data: batchNorm(X, 2), shape: [5, 2] }),
      ({ X }, d) => {
        const g = new Float64Array(10)
        for (let j = 0; j < 2; j++)
          standardizeBackward(standardize(column(X, j, 2)).z, standardize(X).s, column(d, j, 2)).forEach(
            (v, i) => {
              g[2 * i + j] = v
            },
          )
        return { X: g }
      },
    ),
  ),
  wrong(
    'batch normalization whose backward uses the statistics of the first batch',
    'Ioffe & Szegedy 2015',
    (rng) => {
      let s = 0
      return pure(
        { x: vec(rng, 6) },
        ({ x }) => {
          s ||= standardize(x).s
          return standardize(x).z
        },
        (_, d, z) => ({ x: standardizeBackward(z, s, d) }),
      )
    },
  ),
  right('batch normalization that also keeps running statistics', 'torch.nn.BatchNorm1d', (rng) => {
    let running = 0
    return pure(
      { x: vec(rng, 6) },
      ({ x }) => {
        running = 0.9 * running + 0.1 * mean(x)
        return standardize(x).z
      },
      ({ x }, d, z) => ({ x: standardizeBackward(z, standardize(x).s, d) }),
    )
  }),
  wrong(
    'batch normalization that normalizes by the running mean of its calls',
    'torch.nn.BatchNorm1d',
    (rng) => {
      let running = 0
      return pure(
        { x: vec(rng, 6, 1, 2) },
        ({ x }) => {
          running = 0.9 * running + 0.1 * mean(x)
          return x.map((v) => v - running)
        },
        (_, d) => ({ x: d.map((v) => v - 0.1 * mean(d)) }),
      )
    },
  ),
  right('normalization by fixed running statistics, as in inference', 'torch.nn.BatchNorm1d', (rng) => {
    const [m, s] = [0.3, 1e-3]
    return each(
      vec(rng, 6),
      (x) => (x - m) / s,
      () => 1 / s,
    )
  }),
  wrong('inference of batch normalization with the backward of training', 'torch.nn.BatchNorm1d', (rng) =>
    pure(
      { x: vec(rng, 6) },
      ({ x }) => x.map((v) => (v - 0.1) / 0.8),
      (_, d, z) => ({ x: standardizeBackward(z, 0.8, d) }),
    ),
  ),
  right('RMS normalization', 'Zhang & Sennrich 2019', (rng) =>
    pure(
      { x: vec(rng, 5, -1e-3, 1e-3) },
      ({ x }) => x.map((v) => v / rms(x)),
      ({ x }, d, y) => ({ x: d.map((v, i) => (v - (y[i] * dot(d, y)) / 5) / rms(x)) }),
    ),
  ),
  wrong('RMS normalization, sum in place of the mean in backward', 'Zhang & Sennrich 2019', (rng) =>
    pure(
      { x: vec(rng, 5) },
      ({ x }) => x.map((v) => v / rms(x)),
      ({ x }, d, y) => ({ x: d.map((v, i) => (v - y[i] * dot(d, y)) / rms(x)) }),
    ),
  ),
  wrong('RMS normalization, dout not in the projection', 'Zhang & Sennrich 2019', (rng) =>
    pure(
      { x: vec(rng, 5) },
      ({ x }) => x.map((v) => v / rms(x)),
      ({ x }, d, y) => ({ x: d.map((v, i) => (v - (v * y[i] * y[i]) / 5) / rms(x)) }),
    ),
  ),
  right('group normalization in two groups', 'Wu & He 2018', (rng) =>
    pure(
      { x: vec(rng, 8) },
      ({ x }) => [...standardize(x.subarray(0, 4)).z, ...standardize(x.subarray(4)).z],
      ({ x }, d) => ({
        x: [0, 4].flatMap((o) => {
          const { z, s } = standardize(x.subarray(o, o + 4))
          return [...standardizeBackward(z, s, d.subarray(o, o + 4))]
        }),
      }),
    ),
  ),
  wrong('group normalization, groups interleaved in backward', 'Wu & He 2018', (rng) =>
    pure(
      { x: vec(rng, 8) },
      ({ x }) => [...standardize(x.subarray(0, 4)).z, ...standardize(x.subarray(4)).z],
      ({ x }, d) => {
        const g = new Float64Array(8)
        for (const o of [0, 1]) {
          const { z, s } = standardize(column(x, o, 2))
          standardizeBackward(z, s, column(d, o, 2)).forEach((v, i) => {
            g[2 * i + o] = v
          })
        }
        return { x: g }
      },
    ),
  ),
  wrong('group normalization, the second group with the deviation of the first', 'Wu & He 2018', (rng) => {
    const x = vec(rng, 8)
    for (let i = 4; i < 8; i++) x.data[i] *= 2
    return pure(
      { x },
      ({ x: v }) => [...standardize(v.subarray(0, 4)).z, ...standardize(v.subarray(4)).z],
      ({ x: v }, d, z) => {
        const { s } = standardize(v.subarray(0, 4))
        return {
          x: [0, 4].flatMap((o) => [...standardizeBackward(z.slice(o, o + 4), s, d.subarray(o, o + 4))]),
        }
      },
    )
  }),
  right('weight normalization', 'Salimans & Kingma 2016', (rng) =>
    pure(
      { v: vec(rng, 4), g: vec(rng, 1, 1, 3) },
      ({ v, g }) => v.map((t) => (g[0] * t) / Math.sqrt(dot(v, v))),
      ({ v, g }, d) => {
        const n = Math.sqrt(dot(v, v))
        const along = dot(d, v) / n
        return { v: d.map((t, i) => (g[0] / n) * (t - (along * v[i]) / n)), g: [along] }
      },
    ),
  ),
  wrong('weight normalization, the gain twice in the projection', 'Salimans & Kingma 2016', (rng) =>
    pure(
      { v: vec(rng, 4), g: vec(rng, 1, 1.5, 3) },
      ({ v, g }) => v.map((t) => (g[0] * t) / Math.sqrt(dot(v, v))),
      ({ v, g }, d) => {
        const n = Math.sqrt(dot(v, v))
        const along = (g[0] * dot(d, v)) / n
        return { v: d.map((t, i) => (g[0] / n) * (t - (along * v[i]) / n)), g: [along / g[0]] }
      },
    ),
  ),
  right('local response normalization', 'Krizhevsky et al. 2012, 3.3', (rng) =>
    pure(
      { a: vec(rng, 6, 0, 20) },
      ({ a }) =>
        a.map((v, i) => v * (2 + 1e-2 * sum(a.slice(Math.max(0, i - 2), i + 3).map((t) => t * t))) ** -0.75),
      ({ a }, d) => {
        const S = a.map((_, i) => 2 + 1e-2 * sum(a.slice(Math.max(0, i - 2), i + 3).map((t) => t * t)))
        return {
          a: a.map((v, j) => {
            let g = d[j] * S[j] ** -0.75
            for (let i = Math.max(0, j - 2); i < Math.min(6, j + 3); i++)
              g -= d[i] * a[i] * 0.75 * S[i] ** -1.75 * 2e-2 * v
            return g
          }),
        }
      },
    ),
  ),
  wrong('local response normalization, neighbours left out', 'Krizhevsky et al. 2012, 3.3', (rng) =>
    pure(
      { a: vec(rng, 6, 5, 20) },
      ({ a }) =>
        a.map((v, i) => v * (2 + 1e-2 * sum(a.slice(Math.max(0, i - 2), i + 3).map((t) => t * t))) ** -0.75),
      ({ a }, d) => {
        const S = a.map((_, i) => 2 + 1e-2 * sum(a.slice(Math.max(0, i - 2), i + 3).map((t) => t * t)))
        return { a: a.map((v, j) => d[j] * (S[j] ** -0.75 - 0.015 * v * v * S[j] ** -1.75)) }
      },
    ),
  ),
  right('min-max scaling by fixed positions of the ends', 'scikit-learn, MinMaxScaler', (rng) => {
    const x = vec(rng, 5, 0.2, 0.8)
    x.data[1] = -1
    x.data[3] = 2
    return pure(
      { x },
      ({ x: v }) => v.map((t) => (t - Math.min(...v)) / (Math.max(...v) - Math.min(...v))),
      ({ x: v }, d, y) => {
        const w = Math.max(...v) - Math.min(...v)
        const g = d.map((t) => t / w)
        g[v.indexOf(Math.min(...v))] += sum(d.map((t, i) => (t * (y[i] - 1)) / w))
        g[v.indexOf(Math.max(...v))] -= dot(d, y) / w
        return { x: g }
      },
    )
  }),
  wrong('min-max scaling with both ends detached', 'scikit-learn, MinMaxScaler', (rng) =>
    pure(
      { x: vec(rng, 5) },
      ({ x }) => x.map((t) => (t - Math.min(...x)) / (Math.max(...x) - Math.min(...x))),
      ({ x }, d) => ({ x: d.map((t) => t / (Math.max(...x) - Math.min(...x))) }),
    ),
  ),
  right('probabilities from positive numbers by their sum', 'L1 normalization, scikit-learn', (rng) =>
    pure(
      { x: vec(rng, 5, 1e-6, 1e-5) },
      ({ x }) => x.map((v) => v / sum(x)),
      ({ x }, d, p) => ({ x: d.map((v) => (v - dot(d, p)) / sum(x)) }),
    ),
  ),
  wrong(
    'probabilities from positive numbers, the softmax backward',
    'L1 normalization, scikit-learn',
    (rng) =>
      pure(
        { x: vec(rng, 5, 1, 2) },
        ({ x }) => x.map((v) => v / sum(x)),
        (_, d, p) => ({ x: d.map((v, i) => p[i] * (v - dot(d, p))) }),
      ),
  ),
  right('normalized, squared and summed: a gradient that cancels', 'after Ioffe & Szegedy 2015', (rng) =>
    scalar(
      vec(rng, 6),
      (x) => sum(standardize(x).z.map((v) => v ** 3)),
      (x) => {
        const { z, s } = standardize(x)
        return standardizeBackward(
          z,
          s,
          z.map((v) => 3 * v * v),
        )
      },
    ),
  ),
  right('centring: the mean taken away', 'numpy, x - x.mean()', (rng) =>
    pure(
      { x: vec(rng, 7, 100, 101) },
      ({ x }) => x.map((v) => v - mean(x)),
      (_, d) => ({ x: d.map((v) => v - mean(d)) }),
    ),
  ),
  wrong('centring whose backward passes dout through', 'numpy, x - x.mean()', (rng) =>
    pure(
      { x: vec(rng, 7) },
      ({ x }) => x.map((v) => v - mean(x)),
      (_, d) => ({ x: d }),
    ),
  ),
  right('softmax after centring', 'softmax is invariant to shifts', (rng) =>
    pure(
      { x: vec(rng, 4, 50, 52) },
      ({ x }) => softmax(x.map((v) => v - mean(x))),
      (_, d, p) => ({ x: p.map((v, i) => v * (d[i] - dot(p, d))) }),
    ),
  ),
  right('response scaled by its maximum norm', 'FRN, Singh & Krishnan 2020', (rng) =>
    pure(
      { x: values([0.3 * rng(), -2 - rng(), 1]) },
      ({ x }) => x.map((v) => v / Math.max(...x.map(Math.abs))),
      ({ x }, d, y) => {
        const top = Math.max(...x.map(Math.abs))
        const g = d.map((v) => v / top)
        const k = x.findIndex((v) => Math.abs(v) === top)
        g[k] -= (Math.sign(x[k]) * dot(d, y)) / top
        return { x: g }
      },
    ),
  ),
  wrong(
    'response scaled by its maximum norm, the sign of that entry lost',
    'FRN, Singh & Krishnan 2020',
    (rng) =>
      pure(
        { x: values([0.3 * rng(), -2 - rng(), 1]) },
        ({ x }) => x.map((v) => v / Math.max(...x.map(Math.abs))),
        ({ x }, d, y) => {
          const top = Math.max(...x.map(Math.abs))
          const g = d.map((v) => v / top)
          g[x.findIndex((v) => Math.abs(v) === top)] -= dot(d, y) / top
          return { x: g }
        },
      ),
  ),
]
