import {
  dot,
  each,
  formula,
  mat,
  matmul,
  pure,
  right,
  scalar,
  solve,
  sum,
  transpose,
  values,
  vec,
  wrong,
} from '../case.ts'

/** A root of `f` between `low` and `high` by bisection to 1e-10. */
function bisect(f: (y: number) => number, low: number, high: number): number {
  let [a, b] = [low, high]
  while (b - a > 1e-10) {
    const m = (a + b) / 2
    if (f(a) * f(m) <= 0) b = m
    else a = m
  }
  return (a + b) / 2
}
/** Newton's method until the step is below 1e-10. */
function newton(f: (y: number) => number, df: (y: number) => number, start: number): number {
  let y = start
  for (let k = 0; k < 100; k++) {
    const step = f(y) / df(y)
    y -= step
    if (Math.abs(step) < 1e-10) break
  }
  return y
}
/** A fixed point of `g` to 1e-10. */
function iterate(g: (y: number) => number, start: number): number {
  let y = start
  for (let k = 0; k < 500; k++) {
    const next = g(y)
    if (Math.abs(next - y) < 1e-10) return next
    y = next
  }
  return y
}
const COARSE = { precision: 1e-9, tolerance: 1e-3 }
const FINE = { tolerance: 1e-4, precision: 1e-12 }

export const solvers = [
  right(
    'Kepler equation of an eccentric orbit',
    'Danby 1988',
    (rng) =>
      formula(
        { M: vec(rng, 4, 0.3, 2.8), e: vec(rng, 4, 0.7, 0.95) },
        ({ M, e }) =>
          newton(
            (E) => E - e * Math.sin(E) - M,
            (E) => 1 - e * Math.cos(E),
            Math.PI,
          ),
        ({ e }, E) => ({ M: 1 / (1 - e * Math.cos(E)), e: Math.sin(E) / (1 - e * Math.cos(E)) }),
      ),
    FINE,
  ),
  wrong('Kepler equation, e·cos E added', 'Danby 1988', (rng) =>
    formula(
      { M: vec(rng, 4, 0.3, 1.2), e: vec(rng, 4, 0.3, 0.6) },
      ({ M, e }) =>
        newton(
          (E) => E - e * Math.sin(E) - M,
          (E) => 1 - e * Math.cos(E),
          Math.PI,
        ),
      ({ e }, E) => ({ M: 1 / (1 + e * Math.cos(E)), e: Math.sin(E) / (1 + e * Math.cos(E)) }),
    ),
  ),
  right(
    'root by bisection to 1e-10',
    'Numerical Recipes, 9.1',
    (rng) =>
      each(
        vec(rng, 3, 1, 3),
        (a) => bisect((y) => y ** 3 + y - a, 0, 2),
        (_, y) => 1 / (3 * y * y + 1),
      ),
    COARSE,
  ),
  wrong(
    'root by bisection, gradient zero because the ends are constants',
    'Numerical Recipes, 9.1',
    (rng) =>
      each(
        vec(rng, 3, 1, 3),
        (a) => bisect((y) => y ** 3 + y - a, 0, 2),
        () => 0,
      ),
    COARSE,
  ),
  wrong(
    'root of an equation, the implicit sign lost',
    'Krantz & Parks, implicit functions',
    (rng) =>
      formula(
        { a: vec(rng, 3, 1, 2), b: vec(rng, 3, 1, 2) },
        ({ a, b }) =>
          newton(
            (y) => y ** 3 + a * y - b,
            (y) => 3 * y * y + a,
            1,
          ),
        ({ a }, y) => ({ a: y / (3 * y * y + a), b: -1 / (3 * y * y + a) }),
      ),
    FINE,
  ),
  right(
    'root of a cubic by its coefficients',
    'Krantz & Parks, implicit functions',
    (rng) =>
      formula(
        { a: vec(rng, 3, 0.01, 2), b: vec(rng, 3, 0.1, 100) },
        ({ a, b }) =>
          newton(
            (y) => y ** 3 + a * y - b,
            (y) => 3 * y * y + a,
            5,
          ),
        ({ a }, y) => ({ a: -y / (3 * y * y + a), b: 1 / (3 * y * y + a) }),
      ),
    FINE,
  ),
  right(
    'fixed point of a cosine',
    'Deep equilibrium models, Bai et al. 2019',
    (rng) =>
      each(
        vec(rng, 4, 0.2, 0.9),
        (a) => iterate((y) => Math.cos(a * y), 0.5),
        (a, y) => (-y * Math.sin(a * y)) / (1 + a * Math.sin(a * y)),
      ),
    COARSE,
  ),
  wrong(
    'fixed point, derivative through the last iteration only',
    'Fung et al. 2022, Jacobian-free',
    (rng) =>
      each(
        vec(rng, 4, 0.4, 0.9),
        (a) => iterate((y) => Math.cos(a * y), 0.5),
        (a, y) => -y * Math.sin(a * y),
      ),
    COARSE,
  ),
  right(
    'deep equilibrium of a vector of tanh',
    'Bai et al. 2019',
    (rng) =>
      pure(
        { x: vec(rng, 3), W: mat(rng, 3, 3, -0.25, 0.25) },
        ({ x, W }) => equilibrium(x, W),
        ({ W }, d, y) => {
          const s = y.map((v) => 1 - v * v)
          const J = W.map(
            (w, k) => (k % 4 === 0 ? 1 : 0) - s[k % 3] * W[(k % 3) * 3 + Math.floor(k / 3)] + 0 * w,
          )
          const u = solve(J, d, 3).map((v, i) => v * s[i])
          return { x: u, W: W.map((_, k) => u[Math.floor(k / 3)] * y[k % 3]) }
        },
      ),
    FINE,
  ),
  wrong(
    'deep equilibrium, the adjoint system solved with W not transposed',
    'Bai et al. 2019',
    (rng) =>
      pure(
        { x: vec(rng, 3), W: mat(rng, 3, 3, -0.3, 0.3) },
        ({ x, W }) => equilibrium(x, W),
        ({ W }, d, y) => {
          const s = y.map((v) => 1 - v * v)
          const J = W.map((w, k) => (k % 4 === 0 ? 1 : 0) - s[k % 3] * w)
          const u = solve(J, d, 3).map((v, i) => v * s[i])
          return { x: u, W: W.map((_, k) => u[Math.floor(k / 3)] * y[k % 3]) }
        },
      ),
    FINE,
  ),
  right(
    'square root by Heron, gradient by the result',
    'Heron of Alexandria',
    (rng) =>
      each(
        vec(rng, 4, 1e-3, 1e3),
        (x) =>
          newton(
            (y) => y * y - x,
            (y) => 2 * y,
            1 + x,
          ),
        (_, y) => 0.5 / y,
      ),
    FINE,
  ),
  wrong('square root by Heron, gradient of one step from 1', 'Heron of Alexandria', (rng) =>
    each(
      vec(rng, 4, 2, 9),
      (x) =>
        newton(
          (y) => y * y - x,
          (y) => 2 * y,
          1 + x,
        ),
      () => 0.5,
    ),
  ),
  right('ridge regression', 'Hoerl & Kennard 1970', (rng) => {
    const X = mat(rng, 5, 2).data
    const XtX = matmul(transpose(X, 5, 2), X, 2, 5, 2)
    const A = (l: number) => XtX.map((v, k) => v + (k % 3 === 0 ? l : 0))
    return pure(
      { y: vec(rng, 5), l: vec(rng, 1, 0.1, 1) },
      ({ y, l }) => solve(A(l[0]), matmul(transpose(X, 5, 2), y, 2, 5, 1), 2),
      ({ l }, d, w) => {
        const u = solve(A(l[0]), d, 2)
        return { y: matmul(X, u, 5, 2, 1), l: [-dot(u, w)] }
      },
    )
  }),
  wrong('ridge regression, the penalty with a plus', 'Hoerl & Kennard 1970', (rng) =>
    formula(
      { y: vec(rng, 3, 1, 2), l: vec(rng, 3, 0.5, 1) },
      ({ y, l }) => (3 * y) / (9 + l),
      ({ l }, w) => ({ y: 3 / (9 + l), l: w / (9 + l) }),
    ),
  ),
  right(
    'conjugate gradients to 1e-10',
    'Hestenes & Stiefel 1952',
    (rng) => {
      const A = Float64Array.of(4, 1, 0, 1, 3, 1, 0, 1, 5)
      return pure(
        { b: vec(rng, 3, 1, 2) },
        ({ b }) => conjugateGradients(A, b, 3),
        (_, d) => ({ b: conjugateGradients(A, d, 3) }),
      )
    },
    FINE,
  ),
  wrong(
    'conjugate gradients, one iteration in backward',
    'Hestenes & Stiefel 1952',
    (rng) => {
      const A = Float64Array.of(4, 1, 0, 1, 3, 1, 0, 1, 5)
      return pure(
        { b: vec(rng, 3, 1, 2) },
        ({ b }) => conjugateGradients(A, b, 3),
        (_, d) => ({ b: d.map((v, i) => v / A[4 * i]) }),
      )
    },
    FINE,
  ),
  right('Sinkhorn scaling of a 2x2 matrix', 'Cuturi 2013', (rng) =>
    formula(
      { a: vec(rng, 3), b: vec(rng, 3), c: vec(rng, 3), e: vec(rng, 3) },
      ({ a, b, c, e }) => 1 / (1 + Math.exp((b + c - a - e) / 2)),
      (_, p) => {
        const s = (p * (1 - p)) / 2
        return { a: s, b: -s, c: -s, e: s }
      },
    ),
  ),
  wrong('Sinkhorn scaling, columns not seen by backward', 'Cuturi 2013', (rng) =>
    formula(
      { a: vec(rng, 3), b: vec(rng, 3), c: vec(rng, 3), e: vec(rng, 3) },
      ({ a, b, c, e }) => 1 / (1 + Math.exp((b + c - a - e) / 2)),
      (_, p) => ({ a: p * (1 - p), b: -p * (1 - p), c: 0, e: 0 }),
    ),
  ),
  right(
    'implied volatility by bisection',
    'Black & Scholes 1973',
    (rng) =>
      each(
        vec(rng, 3, 0.05, 0.3),
        (p) => bisect((s) => normalCdf(s / 2) - normalCdf(-s / 2) - p, 0.001, 3),
        (_, s) => Math.sqrt(2 * Math.PI) * Math.exp((s * s) / 8),
      ),
    COARSE,
  ),
  wrong(
    'implied volatility with vega instead of its inverse',
    'Black & Scholes 1973',
    (rng) =>
      each(
        vec(rng, 3, 0.05, 0.3),
        (p) => bisect((s) => normalCdf(s / 2) - normalCdf(-s / 2) - p, 0.001, 3),
        (_, s) => Math.exp((-s * s) / 8) / Math.sqrt(2 * Math.PI),
      ),
    COARSE,
  ),
  right(
    'minimum of a quartic along a line',
    'Amos & Kolter 2017, argmin layers',
    (rng) =>
      each(
        vec(rng, 4, -3, 3),
        (a) =>
          newton(
            (y) => 4 * y ** 3 + 2 * y - a,
            (y) => 12 * y * y + 2,
            0,
          ),
        (_, y) => 1 / (12 * y * y + 2),
      ),
    FINE,
  ),
  wrong(
    'argmin layer, the derivative of the minimal value',
    'envelope theorem',
    (rng) =>
      each(
        vec(rng, 4, 1, 3),
        (a) =>
          newton(
            (y) => 4 * y ** 3 + 2 * y - a,
            (y) => 12 * y * y + 2,
            0,
          ),
        (_, y) => -y,
      ),
    FINE,
  ),
  right('minimal value by the envelope theorem', 'Milgrom & Segal 2002', (rng) =>
    each(
      vec(rng, 4, -3, 3),
      (a) => {
        const y = newton(
          (t) => 4 * t ** 3 + 2 * t - a,
          (t) => 12 * t * t + 2,
          0,
        )
        return y ** 4 + y * y - a * y
      },
      (a) =>
        -newton(
          (t) => 4 * t ** 3 + 2 * t - a,
          (t) => 12 * t * t + 2,
          0,
        ),
    ),
  ),
  right('soft thresholding, off its corners', 'Beck & Teboulle 2009, ISTA', (rng) =>
    each(
      values([0.2 * rng(), 0.5 + rng(), -0.5 - rng()]),
      (x) => Math.sign(x) * Math.max(Math.abs(x) - 0.3, 0),
      (x) => (Math.abs(x) > 0.3 ? 1 : 0),
    ),
  ),
  wrong('soft thresholding with the mask inverted', 'Beck & Teboulle 2009, ISTA', (rng) =>
    each(
      values([0.2 * rng(), 0.5 + rng(), -0.5 - rng()]),
      (x) => Math.sign(x) * Math.max(Math.abs(x) - 0.3, 0),
      (x) => (Math.abs(x) > 0.3 ? 0 : 1),
    ),
  ),
  right('gradient descent unrolled, by its step size', 'Maclaurin et al. 2015', (rng) =>
    pure(
      { rate: vec(rng, 1, 0.05, 0.2), w: vec(rng, 3) },
      ({ rate, w }) => w.map((v, i) => v * (1 - rate[0] * (i + 1)) ** 8),
      ({ rate, w }, d) => ({
        rate: [sum(w.map((v, i) => -8 * d[i] * v * (i + 1) * (1 - rate[0] * (i + 1)) ** 7))],
        w: d.map((v, i) => v * (1 - rate[0] * (i + 1)) ** 8),
      }),
    ),
  ),
  wrong('gradient descent unrolled, one step short', 'Maclaurin et al. 2015', (rng) =>
    pure(
      { w: vec(rng, 3) },
      ({ w }) => w.map((v, i) => v * (1 - 0.1 * (i + 1)) ** 8),
      (_, d) => ({ w: d.map((v, i) => v * (1 - 0.1 * (i + 1)) ** 7) }),
    ),
  ),
  wrong('MAML step without its second derivative', 'Finn et al. 2017, first-order MAML', (rng) =>
    each(
      vec(rng, 4),
      (w) => Math.cos(w + 0.5 * Math.sin(w)),
      (w) => -Math.sin(w + 0.5 * Math.sin(w)),
    ),
  ),
  right('MAML step with its second derivative', 'Finn et al. 2017', (rng) =>
    each(
      vec(rng, 4),
      (w) => Math.cos(w + 0.5 * Math.sin(w)),
      (w) => -Math.sin(w + 0.5 * Math.sin(w)) * (1 + 0.5 * Math.cos(w)),
    ),
  ),
  right(
    'friction factor of Colebrook',
    'Colebrook 1939',
    (rng) =>
      each(
        vec(rng, 3, 1e4, 1e6),
        (R) => iterate((u) => -2 * Math.log10(1e-4 + (2.51 * u) / R), 6),
        (R, u) => {
          const q = ((2 / Math.LN10) * 2.51) / (1e-4 * R + 2.51 * u)
          return (q * u) / R / (1 + q)
        },
      ),
    COARSE,
  ),
  wrong(
    'friction factor of Colebrook, natural for decimal logarithm',
    'Colebrook 1939',
    (rng) =>
      each(
        vec(rng, 3, 1e4, 1e5),
        (R) => iterate((u) => -2 * Math.log10(1e-4 + (2.51 * u) / R), 6),
        (R, u) => {
          const q = (2 * 2.51) / (1e-4 * R + 2.51 * u)
          return (q * u) / R / (1 + q)
        },
      ),
    { precision: 1e-11 },
  ),
  right(
    'dispersion relation of water waves',
    'Dean & Dalrymple, 3.4',
    (rng) =>
      each(
        vec(rng, 4, 0.5, 3),
        (w) =>
          newton(
            (k) => k * Math.tanh(k) - w * w,
            (k) => Math.tanh(k) + k / Math.cosh(k) ** 2,
            2 + w * w,
          ),
        (w, k) => (2 * w) / (Math.tanh(k) + k / Math.cosh(k) ** 2),
      ),
    FINE,
  ),
  wrong('dispersion relation in deep water, applied in shallow', 'Dean & Dalrymple, 3.4', (rng) =>
    each(
      vec(rng, 4, 0.5, 1),
      (w) =>
        newton(
          (k) => k * Math.tanh(k) - w * w,
          (k) => Math.tanh(k) + k / Math.cosh(k) ** 2,
          2,
        ),
      (w) => 2 * w,
    ),
  ),
  right(
    'mean field magnetization below the critical point',
    'Weiss 1907',
    (rng) =>
      each(
        vec(rng, 3, 1.3, 2),
        (b) => iterate((m) => Math.tanh(b * m), 0.9),
        (b, m) => (m * (1 - m * m)) / (1 - b * (1 - m * m)),
      ),
    COARSE,
  ),
  right('zero of a flat function reached slowly', 'Newton at a triple root', (rng) =>
    scalar(
      vec(rng, 2, 0.5, 1),
      (x) => (x[0] - x[1]) ** 3,
      (x) => [3 * (x[0] - x[1]) ** 2, -3 * (x[0] - x[1]) ** 2],
    ),
  ),
]

function equilibrium(x: Float64Array, W: Float64Array): Float64Array {
  let y: Float64Array = new Float64Array(3)
  for (let k = 0; k < 200; k++) y = matmul(W, y, 3, 3, 1).map((v, i) => Math.tanh(v + x[i]))
  return y
}

function conjugateGradients(A: Float64Array, b: Float64Array, n: number): Float64Array {
  let x: Float64Array = new Float64Array(n)
  let r = b.slice()
  let p = r
  for (let k = 0; k < 20 && dot(r, r) > 1e-24; k++) {
    const Ap = matmul(A, p, n, n, 1)
    const a = dot(r, r) / dot(p, Ap)
    x = x.map((v, i) => v + a * p[i])
    const next = r.map((v, i) => v - a * Ap[i])
    const beta = dot(next, next) / dot(r, r)
    p = next.map((v, i) => v + beta * p[i])
    r = next
  }
  return x
}

function normalCdf(x: number): number {
  let [term, total] = [x, x]
  for (let k = 1; k < 80; k++) {
    term *= (-x * x) / (2 * k)
    total += term / (2 * k + 1)
  }
  return 0.5 + total / Math.sqrt(2 * Math.PI)
}
