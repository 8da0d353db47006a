import {
  dot,
  each,
  formula,
  mat,
  matmul,
  pure,
  right,
  scalar,
  sum,
  transpose,
  values,
  vec,
  wrong,
} from '../case.ts'

const STEP = 0.1

/** One classical Runge-Kutta step of y' = f(y) and its tangent. */
function rk4(y: number, f: (y: number) => number, h: number): number {
  const k1 = f(y)
  const k2 = f(y + (h / 2) * k1)
  const k3 = f(y + (h / 2) * k2)
  const k4 = f(y + h * k3)
  return y + (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4)
}
function rk4Slope(y: number, f: (y: number) => number, df: (y: number) => number, h: number): number {
  const k1 = f(y)
  const k2 = f(y + (h / 2) * k1)
  const k3 = f(y + (h / 2) * k2)
  const d1 = df(y)
  const d2 = df(y + (h / 2) * k1) * (1 + (h / 2) * d1)
  const d3 = df(y + (h / 2) * k2) * (1 + (h / 2) * d2)
  const d4 = df(y + h * k3) * (1 + h * d3)
  return 1 + (h / 6) * (d1 + 2 * d2 + 2 * d3 + d4)
}

const lorenz = (u: ArrayLike<number>, h: number) => [
  u[0] + h * 10 * (u[1] - u[0]),
  u[1] + h * (u[0] * (28 - u[2]) - u[1]),
  u[2] + h * (u[0] * u[1] - (8 / 3) * u[2]),
]
const lorenzBackward = (u: ArrayLike<number>, d: ArrayLike<number>, h: number) => [
  d[0] * (1 - 10 * h) + d[1] * h * (28 - u[2]) + d[2] * h * u[1],
  d[0] * 10 * h + d[1] * (1 - h) + d[2] * h * u[0],
  -d[1] * h * u[0] + d[2] * (1 - (8 / 3) * h),
]

const laplacian = (u: Float64Array, i: number) => (u[i - 1] ?? 0) - 2 * u[i] + (u[i + 1] ?? 0)

export const ode = [
  right('logistic growth, one Runge-Kutta step', 'Hairer, Nørsett & Wanner, II.1', (rng) =>
    each(
      vec(rng, 4, 0.1, 2),
      (y) => rk4(y, (v) => v * (1 - v), STEP),
      (y) =>
        rk4Slope(
          y,
          (v) => v * (1 - v),
          (v) => 1 - 2 * v,
          STEP,
        ),
    ),
  ),
  wrong(
    'logistic growth by Runge-Kutta, backward of an Euler step',
    'Hairer, Nørsett & Wanner, II.1',
    (rng) =>
      each(
        vec(rng, 4, 0.1, 2),
        (y) => rk4(y, (v) => v * (1 - v), 0.5),
        (y) => 1 + 0.5 * (1 - 2 * y),
      ),
  ),
  wrong('logistic growth by Runge-Kutta, the stages not chained', 'Hairer, Nørsett & Wanner, II.1', (rng) =>
    each(
      vec(rng, 4, 0.1, 2),
      (y) => rk4(y, (v) => v * (1 - v), 0.5),
      (y) => {
        const f = (v: number) => v * (1 - v)
        const df = (v: number) => 1 - 2 * v
        const k2 = f(y + 0.25 * f(y))
        const k3 = f(y + 0.25 * k2)
        return 1 + (0.5 / 6) * (df(y) + 2 * df(y + 0.25 * f(y)) + 2 * df(y + 0.25 * k2) + df(y + 0.5 * k3))
      },
    ),
  ),
  right('explosive growth by forty Runge-Kutta steps', 'y′ = y², Hairer, Nørsett & Wanner, I.2', (rng) =>
    each(
      vec(rng, 3, 0.1, 0.24),
      (y) => {
        let v = y
        for (let k = 0; k < 40; k++) v = rk4(v, (t) => t * t, STEP)
        return v
      },
      (y) => {
        let [v, slope] = [y, 1]
        for (let k = 0; k < 40; k++) {
          slope *= rk4Slope(
            v,
            (t) => t * t,
            (t) => 2 * t,
            STEP,
          )
          v = rk4(v, (t) => t * t, STEP)
        }
        return slope
      },
    ),
  ),
  right(
    'Lorenz system, 100 Euler steps, reverse mode',
    'Lorenz 1963',
    (rng) =>
      pure(
        { u: vec(rng, 3, 1, 5) },
        ({ u }) => {
          let v: number[] = [...u]
          for (let k = 0; k < 100; k++) v = lorenz(v, 0.01)
          return v
        },
        ({ u }, d) => {
          const states: number[][] = [[...u]]
          for (let k = 0; k < 100; k++) states.push(lorenz(states[k], 0.01))
          let g: number[] = [...d]
          for (let k = 99; k >= 0; k--) g = lorenzBackward(states[k], g, 0.01)
          return { u: g }
        },
      ),
    { tolerance: 1e-5 },
  ),
  wrong('Lorenz system, every backward step at the last state', 'Lorenz 1963', (rng) =>
    pure(
      { u: vec(rng, 3, 1, 5) },
      ({ u }) => {
        let v: number[] = [...u]
        for (let k = 0; k < 10; k++) v = lorenz(v, 0.02)
        return v
      },
      (_, d, y) => {
        let g: number[] = [...d]
        for (let k = 0; k < 10; k++) g = lorenzBackward(y, g, 0.02)
        return { u: g }
      },
    ),
  ),
  wrong('Lorenz system, the states read in forward order', 'Lorenz 1963', (rng) =>
    pure(
      { u: vec(rng, 3, 1, 5) },
      ({ u }) => {
        let v: number[] = [...u]
        for (let k = 0; k < 10; k++) v = lorenz(v, 0.02)
        return v
      },
      ({ u }, d) => {
        let state: number[] = [...u]
        let g: number[] = [...d]
        for (let k = 0; k < 10; k++) {
          g = lorenzBackward(state, g, 0.02)
          state = lorenz(state, 0.02)
        }
        return { u: g }
      },
    ),
  ),
  wrong('Lorenz step, transposed Jacobian', 'Lorenz 1963', (rng) =>
    pure(
      { u: vec(rng, 3, 1, 5) },
      ({ u }) => lorenz(u, 0.05),
      ({ u }, d) => ({
        u: [
          d[0] * 0.5 + d[1] * 0.5,
          d[0] * 0.05 * (28 - u[2]) + d[1] * 0.95 - d[2] * 0.05 * u[0],
          d[0] * 0.05 * u[1] + d[1] * 0.05 * u[0] + d[2] * (1 - 0.4 / 3),
        ],
      }),
    ),
  ),
  right('backward Euler step of a stiff equation by Newton', 'Hairer & Wanner, IV.3', (rng) =>
    each(
      vec(rng, 3, 0, 2),
      (y) => {
        let v = y
        for (let k = 0; k < 30; k++)
          v -= (v - y + 50 * (v ** 3 - v) + 60 * v) / (1 + 50 * (3 * v * v - 1) + 60)
        return v
      },
      (_, v) => 1 / (1 + 50 * (3 * v * v - 1) + 60),
    ),
  ),
  wrong('backward Euler step, slope at the old value', 'Hairer & Wanner, IV.3', (rng) =>
    each(
      vec(rng, 3, 1, 2),
      (y) => {
        let v = y
        for (let k = 0; k < 30; k++) v -= (v - y + 0.3 * v ** 3) / (1 + 0.9 * v * v)
        return v
      },
      (y) => 1 / (1 + 0.9 * y * y),
    ),
  ),
  wrong('backward Euler step with the derivative of forward Euler', 'Hairer & Wanner, IV.3', (rng) =>
    each(
      vec(rng, 3, 1, 2),
      (y) => y / 1.4,
      () => 0.6,
    ),
  ),
  right('harmonic oscillator by leapfrog, 50 steps', 'Hairer, Lubich & Wanner, I.1', (rng) =>
    pure(
      { q: vec(rng, 2), p: vec(rng, 2) },
      ({ q, p }) => {
        const [x, v] = [q.slice(), p.slice()]
        for (let k = 0; k < 50; k++) {
          v.forEach((_, i) => {
            v[i] -= 0.05 * x[i]
          })
          x.forEach((_, i) => {
            x[i] += 0.1 * v[i]
          })
          v.forEach((_, i) => {
            v[i] -= 0.05 * x[i]
          })
        }
        return [...x, ...v]
      },
      (_, d) => {
        const [x, v] = [d.slice(0, 2), d.slice(2)]
        for (let k = 0; k < 50; k++) {
          x.forEach((_, i) => {
            x[i] -= 0.05 * v[i]
          })
          v.forEach((_, i) => {
            v[i] += 0.1 * x[i]
          })
          x.forEach((_, i) => {
            x[i] -= 0.05 * v[i]
          })
        }
        return { q: x, p: v }
      },
    ),
  ),
  wrong('leapfrog step, kick and drift not reversed in backward', 'Hairer, Lubich & Wanner, I.1', (rng) =>
    pure(
      { q: vec(rng, 2), p: vec(rng, 2) },
      ({ q, p }) => {
        const v = p.map((t, i) => t - 0.5 * Math.sin(q[i]))
        return [...q.map((t, i) => t + 0.5 * v[i]), ...v]
      },
      ({ q }, d) => {
        const [x, v] = [d.slice(0, 2), d.slice(2)]
        v.forEach((t, i) => {
          x[i] -= 0.5 * Math.cos(q[i]) * t
        })
        x.forEach((t, i) => {
          v[i] += 0.5 * t
        })
        return { q: x, p: v }
      },
    ),
  ),
  right('heat equation, twenty explicit steps', 'Strang, CSE, 6.5', (rng) =>
    pure(
      { u: vec(rng, 6) },
      ({ u }) => {
        let v = u.slice()
        for (let k = 0; k < 20; k++) v = v.map((t, i) => t + 0.4 * laplacian(v, i))
        return v
      },
      (_, d) => {
        let g = d.slice()
        for (let k = 0; k < 20; k++) g = g.map((t, i) => t + 0.4 * laplacian(g, i))
        return { u: g }
      },
    ),
  ),
  wrong('heat equation, one backward step too few', 'Strang, CSE, 6.5', (rng) =>
    pure(
      { u: vec(rng, 6) },
      ({ u }) => {
        let v = u.slice()
        for (let k = 0; k < 5; k++) v = v.map((t, i) => t + 0.2 * laplacian(v, i))
        return v
      },
      (_, d) => {
        let g = d.slice()
        for (let k = 1; k < 5; k++) g = g.map((t, i) => t + 0.2 * laplacian(g, i))
        return { u: g }
      },
    ),
  ),
  right('upwind advection, whose matrix is not symmetric', 'LeVeque, FVM, 4.9', (rng) =>
    pure(
      { u: vec(rng, 6) },
      ({ u }) => u.map((t, i) => t - 0.7 * (t - u[(i + 5) % 6])),
      (_, d) => ({ u: d.map((t, i) => t - 0.7 * (t - d[(i + 1) % 6])) }),
    ),
  ),
  wrong('upwind advection with the same stencil in backward', 'LeVeque, FVM, 4.9', (rng) =>
    pure(
      { u: vec(rng, 6) },
      ({ u }) => u.map((t, i) => t - 0.7 * (t - u[(i + 5) % 6])),
      (_, d) => ({ u: d.map((t, i) => t - 0.7 * (t - d[(i + 5) % 6])) }),
    ),
  ),
  wrong('heat equation in flux form, the insulated end as if periodic', 'LeVeque, FVM, 4.2', (rng) =>
    pure(
      { u: vec(rng, 5) },
      ({ u }) => u.map((t, i) => t + 0.3 * ((u[i - 1] ?? t) - 2 * t + (u[i + 1] ?? t))),
      (_, d) => ({ u: d.map((t, i) => t + 0.3 * (d[(i + 4) % 5] - 2 * t + d[(i + 1) % 5])) }),
    ),
  ),
  right('Burgers equation, conservative step', 'LeVeque, FVM, 11', (rng) =>
    pure(
      { u: vec(rng, 6, 0.5, 2) },
      ({ u }) => u.map((t, i) => t - 0.1 * (t * t - u[(i + 5) % 6] ** 2)),
      ({ u }, d) => ({ u: d.map((t, i) => t * (1 - 0.2 * u[i]) + d[(i + 1) % 6] * 0.2 * u[i]) }),
    ),
  ),
  wrong('Burgers equation, the speed frozen in backward', 'LeVeque, FVM, 11', (rng) =>
    pure(
      { u: vec(rng, 6, 0.5, 2) },
      ({ u }) => u.map((t, i) => t - 0.2 * t * (t - u[(i + 5) % 6])),
      ({ u }, d) => ({ u: d.map((t, i) => t * (1 - 0.2 * u[i]) + d[(i + 1) % 6] * 0.2 * u[(i + 1) % 6]) }),
    ),
  ),
  right('Van der Pol oscillator, one step by its stiffness', 'van der Pol 1926', (rng) =>
    formula(
      { x: vec(rng, 4, -2, 2), v: vec(rng, 4, -2, 2), mu: vec(rng, 4, 10, 1000) },
      ({ x, v, mu }) => v + 1e-3 * (mu * (1 - x * x) * v - x),
      ({ x, v, mu }) => ({
        x: 1e-3 * (-2 * mu * x * v - 1),
        v: 1 + 1e-3 * mu * (1 - x * x),
        mu: 1e-3 * (1 - x * x) * v,
      }),
    ),
  ),
  wrong('Van der Pol oscillator, the term of the product with v missing', 'van der Pol 1926', (rng) =>
    formula(
      { x: vec(rng, 4, -2, 2), v: vec(rng, 4, -2, 2) },
      ({ x, v }) => v + 0.1 * (3 * (1 - x * x) * v - x),
      ({ x, v }) => ({ x: 0.1 * (-6 * x * v - 1), v: 1 }),
    ),
  ),
  right('predator and prey, one step with its rates', 'Volterra 1926', (rng) =>
    pure(
      { n: vec(rng, 2, 1, 3), rate: vec(rng, 4, 0.5, 1.5) },
      ({ n: [x, y], rate: [a, b, c, e] }) => [x + 0.1 * x * (a - b * y), y + 0.1 * y * (c * x - e)],
      ({ n: [x, y], rate: [a, b, c, e] }, d) => ({
        n: [
          d[0] * (1 + 0.1 * (a - b * y)) + d[1] * 0.1 * c * y,
          -d[0] * 0.1 * b * x + d[1] * (1 + 0.1 * (c * x - e)),
        ],
        rate: [0.1 * x * d[0], -0.1 * x * y * d[0], 0.1 * x * y * d[1], -0.1 * y * d[1]],
      }),
    ),
  ),
  wrong('predator and prey, each species by itself', 'Volterra 1926', (rng) =>
    pure(
      { n: vec(rng, 2, 1, 3) },
      ({ n: [x, y] }) => [x + 0.1 * x * (1 - y), y + 0.1 * y * (x - 1)],
      ({ n: [x, y] }, d) => ({ n: [d[0] * (1 + 0.1 * (1 - y)), d[1] * (1 + 0.1 * (x - 1))] }),
    ),
  ),
  right(
    'exponential integrator, phi function near zero',
    'Hochbruck & Ostermann 2010',
    (rng) =>
      each(
        vec(rng, 4, -1e-3, 1e-3),
        (z) => (z === 0 ? 1 : Math.expm1(z) / z),
        (z) => 0.5 + z / 3 + (z * z) / 8 + z ** 3 / 30,
      ),
    { tolerance: 1e-5 },
  ),
  wrong('exponential integrator, the exponential alone differentiated', 'Hochbruck & Ostermann 2010', (rng) =>
    each(
      vec(rng, 4, 0.5, 2),
      (z) => Math.expm1(z) / z,
      (z) => Math.exp(z) / z,
    ),
  ),
  right(
    'radioactive chain of two nuclides with close half-lives',
    'Bateman 1910',
    (rng) =>
      formula(
        { a: vec(rng, 3, 1, 1.01), b: vec(rng, 3, 1.02, 1.03), t: vec(rng, 3, 0.5, 2) },
        ({ a, b, t }) => (a / (b - a)) * (Math.exp(-a * t) - Math.exp(-b * t)),
        ({ a, b, t }, y) => ({
          a: y / a + y / (b - a) - (a * t * Math.exp(-a * t)) / (b - a),
          b: -y / (b - a) + (a * t * Math.exp(-b * t)) / (b - a),
          t: (a / (b - a)) * (b * Math.exp(-b * t) - a * Math.exp(-a * t)),
        }),
      ),
    { tolerance: 1e-4 },
  ),
  wrong('radioactive chain, the prefactor held constant', 'Bateman 1910', (rng) =>
    formula(
      { a: vec(rng, 3, 1, 2), b: vec(rng, 3, 3, 4), t: vec(rng, 3, 0.5, 2) },
      ({ a, b, t }) => (a / (b - a)) * (Math.exp(-a * t) - Math.exp(-b * t)),
      ({ a, b, t }) => ({
        a: (-a * t * Math.exp(-a * t)) / (b - a),
        b: (a * t * Math.exp(-b * t)) / (b - a),
        t: (a / (b - a)) * (b * Math.exp(-b * t) - a * Math.exp(-a * t)),
      }),
    ),
  ),
  right('neural ODE of tanh, 12 Euler steps, weights shared by all', 'Chen et al. 2018', (rng) =>
    pure(
      { x: vec(rng, 3), W: mat(rng, 3, 3) },
      ({ x, W }) => {
        let h = x.slice()
        for (let k = 0; k < 12; k++) {
          const a = matmul(W, h, 3, 3, 1)
          h = h.map((t, i) => t + STEP * Math.tanh(a[i]))
        }
        return h
      },
      ({ x, W }, d) => {
        const states = [x.slice()]
        for (let k = 0; k < 12; k++) {
          const a = matmul(W, states[k], 3, 3, 1)
          states.push(states[k].map((t, i) => t + STEP * Math.tanh(a[i])))
        }
        let g = d.slice()
        const dW = new Float64Array(9)
        for (let k = 11; k >= 0; k--) {
          const a = matmul(W, states[k], 3, 3, 1)
          const da = g.map((t, i) => t * STEP * (1 - Math.tanh(a[i]) ** 2))
          da.forEach((t, i) => {
            states[k].forEach((s, j) => {
              dW[3 * i + j] += t * s
            })
          })
          const back = matmul(transpose(W, 3, 3), da, 3, 3, 1)
          g = g.map((t, i) => t + back[i])
        }
        return { x: g, W: dW }
      },
    ),
  ),
  wrong('neural ODE of tanh, weight gradient of the last step only', 'Chen et al. 2018', (rng) =>
    pure(
      { w: vec(rng, 1, 0.5, 1), x: vec(rng, 1, 0.5, 1) },
      ({ w, x }) => {
        let h = x[0]
        for (let k = 0; k < 4; k++) h += 0.3 * Math.tanh(w[0] * h)
        return [h]
      },
      ({ w, x }, d) => {
        const s = [x[0]]
        for (let k = 0; k < 4; k++) s.push(s[k] + 0.3 * Math.tanh(w[0] * s[k]))
        let g = d[0]
        let dw = 0
        for (let k = 3; k >= 0; k--) {
          const slope = 0.3 * (1 - Math.tanh(w[0] * s[k]) ** 2)
          dw = g * slope * s[k]
          g *= 1 + slope * w[0]
        }
        return { w: [dw], x: [g] }
      },
    ),
  ),
  wrong('residual step without its identity branch in backward', 'He et al. 2016', (rng) =>
    each(
      vec(rng, 4),
      (x) => x + 0.5 * Math.tanh(x),
      (x) => 0.5 * (1 - Math.tanh(x) ** 2),
    ),
  ),
  right('Simpson rule by the height of its samples and the interval', 'Numerical Recipes, 4.1', (rng) =>
    pure(
      { f: vec(rng, 5), h: vec(rng, 1, 0.1, 1) },
      ({ f, h }) => [(h[0] / 3) * dot([1, 4, 2, 4, 1], f)],
      ({ f, h }, d) => ({
        f: [1, 4, 2, 4, 1].map((w) => (d[0] * w * h[0]) / 3),
        h: [(d[0] * dot([1, 4, 2, 4, 1], f)) / 3],
      }),
    ),
  ),
  wrong('Simpson rule, weights 4 and 2 exchanged in backward', 'Numerical Recipes, 4.1', (rng) =>
    scalar(
      vec(rng, 5),
      (f) => dot([1, 4, 2, 4, 1], f) / 3,
      () => [1, 2, 4, 2, 1].map((w) => w / 3),
    ),
  ),
  right('cumulative integral', 'numpy.cumsum', (rng) =>
    pure(
      { f: vec(rng, 6) },
      ({ f }) => f.map((_, i) => 0.1 * sum(f.slice(0, i + 1))),
      (_, d) => ({ f: d.map((_, i) => 0.1 * sum(d.slice(i))) }),
    ),
  ),
  wrong('cumulative sum summed forward again in backward', 'numpy.cumsum', (rng) =>
    pure(
      { f: vec(rng, 6) },
      ({ f }) => f.map((_, i) => sum(f.slice(0, i + 1))),
      (_, d) => ({ f: d.map((_, i) => sum(d.slice(0, i + 1))) }),
    ),
  ),
  wrong('cumulative sum, exclusive in backward', 'numpy.cumsum', (rng) =>
    pure(
      { f: vec(rng, 6) },
      ({ f }) => f.map((_, i) => sum(f.slice(0, i + 1))),
      (_, d) => ({ f: d.map((_, i) => sum(d.slice(i + 1))) }),
    ),
  ),
  right('cumulative product', 'numpy.cumprod', (rng) =>
    pure(
      { f: vec(rng, 5, 0.5, 2) },
      ({ f }) => f.map((_, i) => f.slice(0, i + 1).reduce((p, v) => p * v, 1)),
      ({ f }, d, y) => ({ f: f.map((v, i) => sum(d.slice(i).map((t, k) => (t * y[i + k]) / v))) }),
    ),
  ),
  wrong('cumulative product, only its own entry', 'numpy.cumprod', (rng) =>
    pure(
      { f: vec(rng, 5, 0.5, 2) },
      ({ f }) => f.map((_, i) => f.slice(0, i + 1).reduce((p, v) => p * v, 1)),
      ({ f }, d, y) => ({ f: f.map((v, i) => (d[i] * y[i]) / v) }),
    ),
  ),
  right('product of all, one factor being exactly zero', 'numpy.prod', (rng) => {
    const x = vec(rng, 5, 0.5, 2)
    x.data[2] = 0
    return scalar(
      x,
      (v) => v.reduce((p, t) => p * t, 1),
      (v) => v.map((_, i) => v.reduce((p, t, j) => (i === j ? p : p * t), 1)),
    )
  }),
  wrong('product of all by division, one factor being exactly zero', 'numpy.prod', (rng) =>
    scalar(
      values([1 + rng(), 0, 2 + rng()]),
      (v) => v.reduce((p, t) => p * t, 1),
      (v, y) => v.map((t) => (t === 0 ? 0 : y / t)),
    ),
  ),
]
