import { each, mat, pure, right, scalar, solve, sum, values, vec, wrong } from '../case.ts'

const smoothstep = (t: number) => t * t * (3 - 2 * t)

/** Second derivatives of the natural cubic spline through `y` at the integers. */
function moments(y: Float64Array): Float64Array {
  const n = y.length
  const A = new Float64Array(n * n)
  const b = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    A[i * n + i] = i === 0 || i === n - 1 ? 1 : 4
    if (i === 0 || i === n - 1) continue
    A[i * n + i - 1] = A[i * n + i + 1] = 1
    b[i] = 6 * (y[i - 1] - 2 * y[i] + y[i + 1])
  }
  return solve(A, b, n)
}

function spline(y: Float64Array, x: number): number {
  const i = Math.min(Math.max(Math.floor(x), 0), y.length - 2)
  const m = moments(y)
  const t = x - i
  const s = 1 - t
  return s * y[i] + t * y[i + 1] + ((s ** 3 - s) * m[i] + (t ** 3 - t) * m[i + 1]) / 6
}

function splineSlope(y: Float64Array, x: number): number {
  const i = Math.min(Math.max(Math.floor(x), 0), y.length - 2)
  const m = moments(y)
  const t = x - i
  const s = 1 - t
  return y[i + 1] - y[i] + ((1 - 3 * s * s) * m[i] + (3 * t * t - 1) * m[i + 1]) / 6
}

const unit = (n: number, i: number) => new Float64Array(n).fill(1, i, i + 1)
const bernstein = (t: number) => [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3]

export const interpolation = [
  right(
    'quadratic B-spline exactly at its knots',
    'de Boor, A Practical Guide to Splines, IX',
    (_rng) =>
      each(
        values([-0.5, 0.5, 1.5, -1.5]),
        (x) => (Math.abs(x) < 0.5 ? 0.75 - x * x : 0.5 * Math.max(1.5 - Math.abs(x), 0) ** 2),
        (x) => (Math.abs(x) < 0.5 ? -2 * x : -Math.sign(x) * Math.max(1.5 - Math.abs(x), 0)),
      ),
    { tolerance: 1e-5 },
  ),
  wrong('quadratic B-spline, the outer piece without the sign of x', 'de Boor, IX', (rng) =>
    each(
      vec(rng, 4, -1.4, -0.6),
      (x) => (Math.abs(x) < 0.5 ? 0.75 - x * x : 0.5 * Math.max(1.5 - Math.abs(x), 0) ** 2),
      (x) => (Math.abs(x) < 0.5 ? -2 * x : -Math.max(1.5 - Math.abs(x), 0)),
    ),
  ),
  right(
    'cubic convolution kernel at its knot',
    'Keys 1981',
    (_rng) =>
      each(
        values([1, -1, 2, 0.3]),
        (x) => {
          const a = Math.abs(x)
          return a <= 1 ? 1.5 * a ** 3 - 2.5 * a * a + 1 : a < 2 ? -0.5 * a ** 3 + 2.5 * a * a - 4 * a + 2 : 0
        },
        (x) => {
          const a = Math.abs(x)
          return Math.sign(x) * (a <= 1 ? 4.5 * a * a - 5 * a : a < 2 ? -1.5 * a * a + 5 * a - 4 : 0)
        },
      ),
    { tolerance: 1e-5 },
  ),
  wrong('cubic convolution kernel, inner piece used everywhere', 'Keys 1981', (rng) =>
    each(
      vec(rng, 4, 1.2, 1.8),
      (x) => {
        const a = Math.abs(x)
        return a <= 1 ? 1.5 * a ** 3 - 2.5 * a * a + 1 : -0.5 * a ** 3 + 2.5 * a * a - 4 * a + 2
      },
      (x) => 4.5 * x * x - 5 * x,
    ),
  ),
  right('natural cubic spline by its place', 'Numerical Recipes, 3.3', (rng) => {
    const y = vec(rng, 6).data
    return each(
      vec(rng, 5, 0.1, 4.9),
      (x) => spline(y, x),
      (x) => splineSlope(y, x),
    )
  }),
  right('natural cubic spline by its place, at the knots', 'Numerical Recipes, 3.3', (rng) => {
    const y = vec(rng, 6).data
    return each(
      values([1, 2, 3, 4]),
      (x) => spline(y, x),
      (x) => splineSlope(y, x),
    )
  }),
  right('natural cubic spline by its values', 'Numerical Recipes, 3.3', (rng) => {
    const at = vec(rng, 4, 0, 5).data
    return pure(
      { y: vec(rng, 6) },
      ({ y }) => at.map((x) => spline(y, x)),
      ({ y }, d) => ({ y: y.map((_, j) => sum(d.map((t, k) => t * spline(unit(6, j), at[k])))) }),
    )
  }),
  wrong(
    'natural cubic spline by its values, second derivatives held constant',
    'Numerical Recipes, 3.3',
    (rng) => {
      const at = vec(rng, 4, 0, 5).data
      return pure(
        { y: vec(rng, 6) },
        ({ y }) => at.map((x) => spline(y, x)),
        ({ y }, d) => {
          const g = new Float64Array(y.length)
          at.forEach((x, k) => {
            const i = Math.floor(x)
            g[i] += d[k] * (1 - x + i)
            g[i + 1] += d[k] * (x - i)
          })
          return { y: g }
        },
      )
    },
  ),
  wrong('natural cubic spline by its place, slope of the chord', 'Numerical Recipes, 3.3', (rng) => {
    const y = vec(rng, 6).data
    return each(
      vec(rng, 5, 0.1, 4.9),
      (x) => spline(y, x),
      (x) => y[Math.floor(x) + 1] - y[Math.floor(x)],
    )
  }),
  right('linear interpolation between knots', 'numpy.interp', (rng) =>
    pure(
      { y: vec(rng, 5), x: values([0.3 + 0.4 * rng(), 1.3 + 0.4 * rng(), 3.3 + 0.4 * rng()]) },
      ({ y, x }) => x.map((v) => y[Math.floor(v)] * (1 - (v % 1)) + y[Math.floor(v) + 1] * (v % 1)),
      ({ y, x }, d) => {
        const g = new Float64Array(5)
        x.forEach((v, k) => {
          g[Math.floor(v)] += d[k] * (1 - (v % 1))
          g[Math.floor(v) + 1] += d[k] * (v % 1)
        })
        return { y: g, x: x.map((v, k) => d[k] * (y[Math.floor(v) + 1] - y[Math.floor(v)])) }
      },
    ),
  ),
  wrong(
    'linear interpolation, later queries overwrite the gradient of a shared knot',
    'numpy.interp',
    (rng) =>
      pure(
        { y: vec(rng, 3) },
        ({ y }) => [0.3 * y[0] + 0.7 * y[1], 0.6 * y[1] + 0.4 * y[2]],
        (_, d) => {
          const g = new Float64Array(3)
          g[0] = 0.3 * d[0]
          g[1] = 0.7 * d[0]
          g[1] = 0.6 * d[1]
          g[2] = 0.4 * d[1]
          return { y: g }
        },
      ),
  ),
  wrong('linear interpolation with the weights exchanged', 'numpy.interp', (rng) =>
    pure(
      { y: vec(rng, 3) },
      ({ y }) => [0.3 * y[0] + 0.7 * y[1], 0.6 * y[1] + 0.4 * y[2]],
      (_, d) => ({ y: [0.7 * d[0], 0.3 * d[0] + 0.4 * d[1], 0.6 * d[1]] }),
    ),
  ),
  right('bilinear sampling of an image', 'Jaderberg et al. 2015, spatial transformer', (rng) =>
    pure(
      {
        I: mat(rng, 3, 3),
        u: values([0.2 + 0.6 * rng(), 1.2 + 0.6 * rng()]),
        v: values([1.3 + 0.5 * rng(), 0.3 + 0.5 * rng()]),
      },
      ({ I, u, v }) =>
        u.map((x, k) => {
          const [i, j] = [Math.floor(v[k]), Math.floor(x)]
          const [b, a] = [v[k] - i, x - j]
          const at = 3 * i + j
          return (1 - b) * ((1 - a) * I[at] + a * I[at + 1]) + b * ((1 - a) * I[at + 3] + a * I[at + 4])
        }),
      ({ I, u, v }, d) => {
        const g = { I: new Float64Array(9), u: new Float64Array(2), v: new Float64Array(2) }
        u.forEach((x, k) => {
          const [i, j] = [Math.floor(v[k]), Math.floor(x)]
          const [b, a] = [v[k] - i, x - j]
          const at = 3 * i + j
          g.I[at] += d[k] * (1 - b) * (1 - a)
          g.I[at + 1] += d[k] * (1 - b) * a
          g.I[at + 3] += d[k] * b * (1 - a)
          g.I[at + 4] += d[k] * b * a
          g.u[k] = d[k] * ((1 - b) * (I[at + 1] - I[at]) + b * (I[at + 4] - I[at + 3]))
          g.v[k] = d[k] * ((1 - a) * (I[at + 3] - I[at]) + a * (I[at + 4] - I[at + 1]))
        })
        return g
      },
    ),
  ),
  wrong('bilinear sampling, the axes of the place exchanged', 'Jaderberg et al. 2015', (rng) => {
    const I = vec(rng, 4).data
    return pure(
      { a: vec(rng, 2, 0.2, 0.8), b: vec(rng, 2, 0.2, 0.8) },
      ({ a, b }) =>
        a.map((t, k) => (1 - b[k]) * ((1 - t) * I[0] + t * I[1]) + b[k] * ((1 - t) * I[2] + t * I[3])),
      ({ a, b }, d) => ({
        a: d.map((g, k) => g * ((1 - a[k]) * (I[2] - I[0]) + a[k] * (I[3] - I[1]))),
        b: d.map((g, k) => g * ((1 - b[k]) * (I[1] - I[0]) + b[k] * (I[3] - I[2]))),
      }),
    )
  }),
  wrong(
    'bilinear sampling in pixels of normalized coordinates, scale missing',
    'torch, grid_sample',
    (rng) => {
      const row = vec(rng, 6).data
      return each(
        values([-0.75 + 0.1 * rng(), 0.05 + 0.1 * rng(), 0.65 + 0.1 * rng()]),
        (u) => {
          const x = ((u + 1) / 2) * 5
          const i = Math.floor(x)
          return row[i] + (x - i) * (row[i + 1] - row[i])
        },
        (u) => {
          const i = Math.floor(((u + 1) / 2) * 5)
          return row[i + 1] - row[i]
        },
      )
    },
  ),
  right('Bézier curve by its control points and parameter', 'Farin, CAGD, 4', (rng) =>
    pure(
      { P: mat(rng, 4, 2), t: vec(rng, 1, 0, 1) },
      ({ P, t }) => [0, 1].map((c) => sum(bernstein(t[0]).map((b, i) => b * P[2 * i + c]))),
      ({ P, t }, d) => {
        const s = 1 - t[0]
        const slopes = [-3 * s * s, 3 * s * s - 6 * t[0] * s, 6 * t[0] * s - 3 * t[0] ** 2, 3 * t[0] ** 2]
        return {
          P: P.map((_, k) => d[k % 2] * bernstein(t[0])[Math.floor(k / 2)]),
          t: [sum(slopes.map((b, i) => b * (d[0] * P[2 * i] + d[1] * P[2 * i + 1])))],
        }
      },
    ),
  ),
  wrong('Bézier curve, its degree forgotten in the derivative', 'Farin, CAGD, 4', (rng) => {
    const P = vec(rng, 4).data
    return each(
      vec(rng, 3, 0, 1),
      (t) => sum(bernstein(t).map((b, i) => b * P[i])),
      (t) => (1 - t) ** 2 * (P[1] - P[0]) + 2 * t * (1 - t) * (P[2] - P[1]) + t * t * (P[3] - P[2]),
    )
  }),
  wrong('Bézier curve, control points weighted in reverse', 'Farin, CAGD, 4', (rng) => {
    const t = 0.2 + 0.2 * rng()
    return pure(
      { P: vec(rng, 4) },
      ({ P }) => [sum(bernstein(t).map((b, i) => b * P[i]))],
      (_, d) => ({ P: bernstein(1 - t).map((b) => b * d[0]) }),
    )
  }),
  right('Catmull-Rom spline by its points', 'Catmull & Rom 1974', (rng) => {
    const t = 0.1 + 0.8 * rng()
    const w = [
      (-(t ** 3) + 2 * t * t - t) / 2,
      (3 * t ** 3 - 5 * t * t + 2) / 2,
      (-3 * t ** 3 + 4 * t * t + t) / 2,
      (t ** 3 - t * t) / 2,
    ]
    return pure(
      { p: vec(rng, 6) },
      ({ p }) => [0, 1, 2].map((s) => sum(w.map((v, i) => v * p[s + i]))),
      (_, d) => {
        const g = new Float64Array(6)
        for (let s = 0; s < 3; s++) for (let i = 0; i < 4; i++) g[s + i] += w[i] * d[s]
        return { p: g }
      },
    )
  }),
  wrong('Catmull-Rom spline, window off by one in backward', 'Catmull & Rom 1974', (rng) => {
    const w = [-0.0625, 0.5625, 0.5625, -0.0625]
    return pure(
      { p: vec(rng, 7) },
      ({ p }) => [0, 1, 2].map((s) => sum(w.map((v, i) => v * p[s + i]))),
      (_, d) => {
        const g = new Float64Array(7)
        for (let s = 0; s < 3; s++) for (let i = 0; i < 4; i++) g[s + i + 1] += w[i] * d[s]
        return { p: g }
      },
    )
  }),
  right('barycentric Lagrange polynomial near a node', 'Berrut & Trefethen 2004', (rng) =>
    pure(
      { f: vec(rng, 4) },
      ({ f }) => {
        const x = 1 + 1e-7
        const w = [-1, 3, -3, 1].map((v, i) => v / (x - i))
        return [sum(w.map((v, i) => v * f[i])) / sum(w)]
      },
      (_, d) => {
        const x = 1 + 1e-7
        const w = [-1, 3, -3, 1].map((v, i) => v / (x - i))
        return { f: w.map((v) => (d[0] * v) / sum(w)) }
      },
    ),
  ),
  right(
    'Chebyshev series by Clenshaw, near the end of the interval',
    'Numerical Recipes, 5.8',
    (rng) =>
      pure(
        { a: vec(rng, 7), x: values([1 - 1e-6 * rng(), -1 + 1e-6 * rng(), 0.3]) },
        ({ a, x }) => x.map((v) => sum(a.map((t, k) => t * Math.cos(k * Math.acos(v))))),
        ({ a, x }, d) => {
          const T = x.map((v) => Math.acos(v))
          return {
            a: a.map((_, k) => sum(d.map((t, i) => t * Math.cos(k * T[i])))),
            x: d.map((t, i) => t * sum(a.map((c, k) => (c * k * Math.sin(k * T[i])) / Math.sin(T[i])))),
          }
        },
      ),
    { tolerance: 1e-4 },
  ),
  wrong('Chebyshev series, factor k of the derivative missing', 'Numerical Recipes, 5.8', (rng) =>
    pure(
      { x: vec(rng, 3, -0.9, 0.9) },
      ({ x }) => x.map((v) => Math.cos(5 * Math.acos(v)) + Math.cos(2 * Math.acos(v))),
      ({ x }, d) => ({
        x: d.map((t, i) => {
          const angle = Math.acos(x[i])
          return (t * (Math.sin(5 * angle) + Math.sin(2 * angle))) / Math.sin(angle)
        }),
      }),
    ),
  ),
  right(
    'Horner polynomial of degree 8 near a root of high order',
    'Higham, Accuracy and Stability, 5.1',
    (rng) =>
      scalar(
        vec(rng, 9),
        (a) => a.reduceRight((y, v) => y * 1.999 + v, 0),
        (a) => a.map((_, k) => 1.999 ** k),
      ),
  ),
  wrong('Horner polynomial, powers shifted by one', 'Higham, Accuracy and Stability, 5.1', (rng) =>
    scalar(
      vec(rng, 5),
      (a) => a.reduceRight((y, v) => y * 1.3 + v, 0),
      (a) => a.map((_, k) => 1.3 ** (k + 1)),
    ),
  ),
  right(
    'smoothstep at its ends',
    'GLSL specification, 8.3',
    (rng) =>
      each(
        values([0, 1, rng()]),
        (x) => smoothstep(Math.min(Math.max(x, 0), 1)),
        (x) => (x > 0 && x < 1 ? 6 * x * (1 - x) : 0),
      ),
    { tolerance: 1e-5 },
  ),
  wrong('smoothstep, the slope not clamped outside', 'GLSL specification, 8.3', (rng) =>
    each(
      vec(rng, 4, 1.2, 2),
      (x) => smoothstep(Math.min(Math.max(x, 0), 1)),
      (x) => 6 * x * (1 - x),
    ),
  ),
  right('smoothstep between two edges', 'GLSL specification, 8.3', (rng) =>
    pure(
      { x: vec(rng, 3, 0.3, 0.6), e: values([0.1 + 0.1 * rng(), 0.8 + 0.1 * rng()]) },
      ({ x, e }) => x.map((v) => smoothstep((v - e[0]) / (e[1] - e[0]))),
      ({ x, e }, d) => {
        const w = e[1] - e[0]
        const t = x.map((v) => (v - e[0]) / w)
        const s = t.map((v, i) => (d[i] * 6 * v * (1 - v)) / w)
        return { x: s, e: [sum(s.map((v, i) => v * (t[i] - 1))), sum(s.map((v, i) => -v * t[i]))] }
      },
    ),
  ),
  wrong('smoothstep between two edges, only the numerator of the edges', 'GLSL specification, 8.3', (rng) =>
    pure(
      { x: vec(rng, 3, 0.3, 0.6), e: values([0.1 + 0.1 * rng(), 0.8 + 0.1 * rng()]) },
      ({ x, e }) => x.map((v) => smoothstep((v - e[0]) / (e[1] - e[0]))),
      ({ x, e }, d) => {
        const w = e[1] - e[0]
        const s = x.map((v, i) => (d[i] * 6 * ((v - e[0]) / w) * ((e[1] - v) / w)) / w)
        return { x: s, e: [-sum(s), 0] }
      },
    ),
  ),
  right(
    'inverse distance weighting close to a node',
    'Shepard 1968',
    (rng) =>
      pure(
        { f: vec(rng, 3), x: vec(rng, 1, 0.01, 0.02) },
        ({ f, x }) => {
          const w = [0, 1, 2].map((n) => 1 / (x[0] - n) ** 2)
          return [sum(w.map((v, i) => v * f[i])) / sum(w)]
        },
        ({ f, x }, d, y) => {
          const w = [0, 1, 2].map((n) => 1 / (x[0] - n) ** 2)
          const slopes = [0, 1, 2].map((n) => -2 / (x[0] - n) ** 3)
          return {
            f: w.map((v) => (d[0] * v) / sum(w)),
            x: [(d[0] * sum(slopes.map((s, i) => s * (f[i] - y[0])))) / sum(w)],
          }
        },
      ),
    { tolerance: 1e-5 },
  ),
  wrong('inverse distance weighting, the normalizer held constant', 'Shepard 1968', (rng) =>
    pure(
      { f: vec(rng, 3), x: vec(rng, 1, 0.3, 0.4) },
      ({ f, x }) => {
        const w = [0, 1, 2].map((n) => 1 / (x[0] - n) ** 2)
        return [sum(w.map((v, i) => v * f[i])) / sum(w)]
      },
      ({ f, x }, d) => {
        const w = [0, 1, 2].map((n) => 1 / (x[0] - n) ** 2)
        const slopes = [0, 1, 2].map((n) => -2 / (x[0] - n) ** 3)
        return {
          f: w.map((v) => (d[0] * v) / sum(w)),
          x: [(d[0] * sum(slopes.map((s, i) => s * f[i]))) / sum(w)],
        }
      },
    ),
  ),
]
