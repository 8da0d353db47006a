import {
  dot,
  formula,
  mat,
  matmul,
  pure,
  type Rng,
  right,
  type Subject,
  sum,
  transpose,
  type Values,
  values,
  vec,
  wrong,
} from '../case.ts'

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** A scalar recurrence h' = f(h, x; w) over a sequence, with its derivatives, unrolled in reverse. */
function rnn(x: Float64Array, w: number, u: number): number[] {
  const h = [0]
  x.forEach((v, t) => {
    h.push(Math.tanh(w * h[t] + u * v))
  })
  return h
}

function scanInputs(rng: Rng): Record<'x' | 'w' | 'u', Values> {
  return { x: vec(rng, 5), w: vec(rng, 1, 0.5, 1.5), u: vec(rng, 1, 0.5, 1.5) }
}

const lstmCell = (a: ArrayLike<number>, c: number) => {
  const [i, f, o, g] = [sigmoid(a[0]), sigmoid(a[1]), sigmoid(a[2]), Math.tanh(a[3])]
  const next = f * c + i * g
  return { i, f, o, g, next, h: o * Math.tanh(next) }
}

export const recurrent = [
  right('recurrence of tanh with all states as outputs', 'Werbos 1990', (rng) =>
    pure(
      scanInputs(rng),
      ({ x, w, u }) => rnn(x, w[0], u[0]).slice(1),
      ({ x, w, u }, d) => {
        const h = rnn(x, w[0], u[0])
        const g = { x: new Float64Array(5), w: [0], u: [0] }
        let back = 0
        for (let t = 4; t >= 0; t--) {
          const a = (d[t] + back) * (1 - h[t + 1] ** 2)
          g.x[t] = a * u[0]
          g.w[0] += a * h[t]
          g.u[0] += a * x[t]
          back = a * w[0]
        }
        return g
      },
    ),
  ),
  right(
    'recurrence of tanh over 60 steps whose gradient vanishes',
    'Pascanu et al. 2013',
    (rng) =>
      pure(
        { w: vec(rng, 1, 0.9, 1), x: vec(rng, 60, -0.2, 0.2) },
        ({ w, x }) => [rnn(x, w[0], 1)[60]],
        ({ w, x }, d) => {
          const h = rnn(x, w[0], 1)
          const g = { w: [0], x: new Float64Array(60) }
          let back = d[0]
          for (let t = 59; t >= 0; t--) {
            const a = back * (1 - h[t + 1] ** 2)
            g.x[t] = a
            g.w[0] += a * h[t]
            back = a * w[0]
          }
          return g
        },
      ),
    { tolerance: 1e-5 },
  ),
  wrong('recurrence of tanh truncated after one step', 'Williams & Peng 1990', (rng) =>
    pure(
      scanInputs(rng),
      ({ x, w, u }) => rnn(x, w[0], u[0]).slice(1),
      ({ x, w, u }, d) => {
        const h = rnn(x, w[0], u[0])
        const a = d.map((v, t) => v * (1 - h[t + 1] ** 2))
        return { x: a.map((v) => v * u[0]), w: [dot(a, h)], u: [dot(a, x)] }
      },
    ),
  ),
  wrong('recurrence of tanh, next state in the weight gradient', 'Werbos 1990', (rng) =>
    pure(
      scanInputs(rng),
      ({ x, w, u }) => rnn(x, w[0], u[0]).slice(1),
      ({ x, w, u }, d) => {
        const h = rnn(x, w[0], u[0])
        const g = { x: new Float64Array(5), w: [0], u: [0] }
        let back = 0
        for (let t = 4; t >= 0; t--) {
          const a = (d[t] + back) * (1 - h[t + 1] ** 2)
          g.x[t] = a * u[0]
          g.w[0] += a * h[t + 1]
          g.u[0] += a * x[t]
          back = a * w[0]
        }
        return g
      },
    ),
  ),
  wrong('recurrence of tanh, derivative at the state before instead of after', 'Werbos 1990', (rng) =>
    pure(
      { x: vec(rng, 5, 0.5, 1) },
      ({ x }) => rnn(x, 0.8, 1).slice(1),
      ({ x }, d) => {
        const h = rnn(x, 0.8, 1)
        const g = new Float64Array(5)
        let back = 0
        for (let t = 4; t >= 0; t--) {
          g[t] = (d[t] + back) * (1 - h[t] ** 2)
          back = g[t] * 0.8
        }
        return { x: g }
      },
    ),
  ),
  wrong('recurrence of tanh, the loss of the last step only', 'Werbos 1990', (rng) =>
    pure(
      { x: vec(rng, 5) },
      ({ x }) => rnn(x, 0.8, 1).slice(1),
      ({ x }, d) => {
        const h = rnn(x, 0.8, 1)
        const g = new Float64Array(5)
        let back = d[4]
        for (let t = 4; t >= 0; t--) {
          g[t] = back * (1 - h[t + 1] ** 2)
          back = g[t] * 0.8
        }
        return { x: g }
      },
    ),
  ),
  right('LSTM cell by its gates and its state', 'Hochreiter & Schmidhuber 1997; Graves 2013', (rng) =>
    pure(
      { a: vec(rng, 4, -3, 3), c: vec(rng, 1, -2, 2) },
      ({ a, c }) => [lstmCell(a, c[0]).h, lstmCell(a, c[0]).next],
      ({ a, c }, d) => {
        const { i, f, o, g, next } = lstmCell(a, c[0])
        const t = Math.tanh(next)
        const dc = d[1] + d[0] * o * (1 - t * t)
        return {
          a: [dc * g * i * (1 - i), dc * c[0] * f * (1 - f), d[0] * t * o * (1 - o), dc * i * (1 - g * g)],
          c: [dc * f],
        }
      },
    ),
  ),
  wrong('LSTM cell, the gradient that arrives at the state dropped', 'Graves 2013', (rng) =>
    pure(
      { a: vec(rng, 4, -1, 1), c: vec(rng, 1, 1, 2) },
      ({ a, c }) => [lstmCell(a, c[0]).h, lstmCell(a, c[0]).next],
      ({ a, c }, d) => {
        const { i, f, o, g, next } = lstmCell(a, c[0])
        const t = Math.tanh(next)
        const dc = d[0] * o * (1 - t * t)
        return {
          a: [dc * g * i * (1 - i), dc * c[0] * f * (1 - f), d[0] * t * o * (1 - o), dc * i * (1 - g * g)],
          c: [dc * f],
        }
      },
    ),
  ),
  wrong(
    'LSTM cell, gates of the gradient in another order',
    'torch (i, f, g, o) and Keras (i, f, c, o)',
    (rng) =>
      pure(
        { a: vec(rng, 4, -1, 1) },
        ({ a }) => [lstmCell(a, 0.7).h],
        ({ a }, d) => {
          const { i, f, o, g, next } = lstmCell(a, 0.7)
          const t = Math.tanh(next)
          const dc = d[0] * o * (1 - t * t)
          return {
            a: [dc * g * i * (1 - i), dc * 0.7 * f * (1 - f), dc * i * (1 - g * g), d[0] * t * o * (1 - o)],
          }
        },
      ),
  ),
  wrong('LSTM cell, candidate differentiated as a sigmoid', 'Graves 2013', (rng) =>
    pure(
      { a: vec(rng, 4, -1, 1) },
      ({ a }) => [lstmCell(a, 0.7).h],
      ({ a }, d) => {
        const { i, f, o, g, next } = lstmCell(a, 0.7)
        const t = Math.tanh(next)
        const dc = d[0] * o * (1 - t * t)
        return {
          a: [dc * g * i * (1 - i), dc * 0.7 * f * (1 - f), d[0] * t * o * (1 - o), dc * i * g * (1 - g)],
        }
      },
    ),
  ),
  right('GRU update with a nearly closed gate', 'Cho et al. 2014', (rng) =>
    formula(
      { z: vec(rng, 4, -12, -8), h: vec(rng, 4), n: vec(rng, 4) },
      ({ z, h, n }) => (1 - sigmoid(z)) * n + sigmoid(z) * h,
      ({ z, h, n }) => ({ z: (h - n) * sigmoid(z) * (1 - sigmoid(z)), h: sigmoid(z), n: 1 - sigmoid(z) }),
    ),
  ),
  wrong('GRU update, old and new exchanged in the gate gradient', 'Cho et al. 2014', (rng) =>
    formula(
      { z: vec(rng, 4), h: vec(rng, 4), n: vec(rng, 4) },
      ({ z, h, n }) => (1 - sigmoid(z)) * n + sigmoid(z) * h,
      ({ z, h, n }) => ({ z: (n - h) * sigmoid(z) * (1 - sigmoid(z)), h: sigmoid(z), n: 1 - sigmoid(z) }),
    ),
  ),
  right('GRU cell with the reset gate inside the candidate', 'Cho et al. 2014', (rng) =>
    formula(
      { r: vec(rng, 4, -2, 2), h: vec(rng, 4), z: vec(rng, 4) },
      ({ r, h, z }) => (1 - sigmoid(z)) * Math.tanh(sigmoid(r) * h) + sigmoid(z) * h,
      ({ r, h, z }) => {
        const [R, Z] = [sigmoid(r), sigmoid(z)]
        const n = Math.tanh(R * h)
        const dn = (1 - Z) * (1 - n * n)
        return { r: dn * h * R * (1 - R), h: dn * R + Z, z: (h - n) * Z * (1 - Z) }
      },
    ),
  ),
  wrong('GRU cell, the way through the reset gate forgotten', 'Cho et al. 2014', (rng) =>
    formula(
      { r: vec(rng, 4, -2, 2), h: vec(rng, 4, 0.5, 1), z: vec(rng, 4) },
      ({ r, h, z }) => (1 - sigmoid(z)) * Math.tanh(sigmoid(r) * h) + sigmoid(z) * h,
      ({ r, h, z }) => {
        const [R, Z] = [sigmoid(r), sigmoid(z)]
        const n = Math.tanh(R * h)
        return { r: (1 - Z) * (1 - n * n) * h * R * (1 - R), h: Z, z: (h - n) * Z * (1 - Z) }
      },
    ),
  ),
  right(
    'linear recurrence with complex poles near the unit circle',
    'Oppenheim & Schafer, 6.3',
    (rng) =>
      pure(
        { x: vec(rng, 30), a: values([1.9 + 0.01 * rng(), -0.95]) },
        ({ x, a }) => {
          const y = new Float64Array(30)
          for (let t = 0; t < 30; t++) y[t] = x[t] + a[0] * (y[t - 1] ?? 0) + a[1] * (y[t - 2] ?? 0)
          return y
        },
        ({ a }, d, y) => {
          const g = new Float64Array(32)
          for (let t = 29; t >= 0; t--) g[t] = d[t] + a[0] * g[t + 1] + a[1] * g[t + 2]
          return {
            x: g.slice(0, 30),
            a: [1, 2].map((k) => sum(y.map((_, t) => g[t] * (y[t - k] ?? 0)))),
          }
        },
      ),
    { tolerance: 1e-5 },
  ),
  wrong('linear recurrence run forward in backward', 'Oppenheim & Schafer, 6.3', (rng) =>
    pure(
      { x: vec(rng, 6) },
      ({ x }) => {
        const y = new Float64Array(6)
        for (let t = 0; t < 6; t++) y[t] = x[t] + 0.7 * (y[t - 1] ?? 0)
        return y
      },
      (_, d) => {
        const g = new Float64Array(6)
        for (let t = 0; t < 6; t++) g[t] = d[t] + 0.7 * (g[t - 1] ?? 0)
        return { x: g }
      },
    ),
  ),
  right('exponential moving average by its rate', 'Roberts 1959', (rng) =>
    pure(
      { x: vec(rng, 6), rate: vec(rng, 1, 0.01, 0.1) },
      ({ x, rate }) => {
        let m = x[0]
        return x.map((v) => (m += rate[0] * (v - m)))
      },
      ({ x, rate }, d, y) => {
        const g = { x: new Float64Array(6), rate: [0] }
        let back = 0
        for (let t = 5; t >= 0; t--) {
          const total = d[t] + back
          g.x[t] += rate[0] * total
          g.rate[0] += total * (x[t] - (t > 0 ? y[t - 1] : x[0]))
          back = (1 - rate[0]) * total
        }
        g.x[0] += back
        return g
      },
    ),
  ),
  wrong('exponential moving average, the start value without a gradient', 'Roberts 1959', (rng) =>
    pure(
      { x: vec(rng, 4) },
      ({ x }) => {
        let m = x[0]
        return x.map((v) => (m += 0.3 * (v - m)))
      },
      (_, d) => {
        const g = new Float64Array(4)
        let back = 0
        for (let t = 3; t >= 0; t--) {
          g[t] = 0.3 * (d[t] + back)
          back = 0.7 * (d[t] + back)
        }
        return { x: g }
      },
    ),
  ),
  right('selective scan of a diagonal state space', 'Gu & Dao 2023, Mamba', (rng) =>
    pure(
      { delta: vec(rng, 5, -2, 1), b: vec(rng, 5) },
      ({ delta, b }) => {
        let h = 0
        return delta.map((v, t) => (h = Math.exp(-Math.log1p(Math.exp(v))) * h + b[t]))
      },
      ({ delta }, d, y) => {
        const g = { delta: new Float64Array(5), b: new Float64Array(5) }
        let back = 0
        for (let t = 4; t >= 0; t--) {
          const total = d[t] + back
          const decay = 1 / (1 + Math.exp(delta[t]))
          g.b[t] = total
          g.delta[t] = -total * (t > 0 ? y[t - 1] : 0) * decay * sigmoid(delta[t])
          back = total * decay
        }
        return g
      },
    ),
  ),
  wrong('selective scan, softplus missing in the chain', 'Gu & Dao 2023, Mamba', (rng) =>
    pure(
      { delta: vec(rng, 5) },
      ({ delta }) => {
        let h = 0
        return delta.map((v) => (h = Math.exp(-Math.log1p(Math.exp(v))) * h + 1))
      },
      ({ delta }, d, y) => {
        const g = new Float64Array(5)
        let back = 0
        for (let t = 4; t >= 0; t--) {
          const total = d[t] + back
          const decay = 1 / (1 + Math.exp(delta[t]))
          g[t] = -total * (t > 0 ? y[t - 1] : 0) * decay
          back = total * decay
        }
        return { delta: g }
      },
    ),
  ),
  right('matrix recurrence, two steps of one weight', 'Elman 1990', (rng) =>
    pure(
      { W: mat(rng, 3, 3), h: vec(rng, 3) },
      ({ W, h }) => matmul(W, matmul(W, h, 3, 3, 1).map(Math.tanh), 3, 3, 1),
      ({ W, h }, d) => {
        const s = matmul(W, h, 3, 3, 1).map(Math.tanh)
        const T = transpose(W, 3, 3)
        const a = matmul(T, d, 3, 3, 1).map((v, i) => v * (1 - s[i] ** 2))
        return {
          W: W.map((_, k) => d[Math.floor(k / 3)] * s[k % 3] + a[Math.floor(k / 3)] * h[k % 3]),
          h: matmul(T, a, 3, 3, 1),
        }
      },
    ),
  ),
  wrong('matrix recurrence, W not transposed on the way back', 'Elman 1990', (rng) =>
    pure(
      { W: mat(rng, 3, 3), h: vec(rng, 3) },
      ({ W, h }) => matmul(W, matmul(W, h, 3, 3, 1).map(Math.tanh), 3, 3, 1),
      ({ W, h }, d) => {
        const s = matmul(W, h, 3, 3, 1).map(Math.tanh)
        const a = matmul(W, d, 3, 3, 1).map((v, i) => v * (1 - s[i] ** 2))
        return {
          W: W.map((_, k) => d[Math.floor(k / 3)] * s[k % 3] + a[Math.floor(k / 3)] * h[k % 3]),
          h: matmul(W, a, 3, 3, 1),
        }
      },
    ),
  ),
  wrong('stateful cell whose hidden state survives from call to call', 'Keras, stateful=True', (rng) =>
    statefulCell(rng, false),
  ),
  right('cell that keeps its hidden state for reading but starts anew', 'Keras, return_state', (rng) =>
    statefulCell(rng, true),
  ),
  right('forward algorithm of a hidden Markov model in logarithms', 'Rabiner 1989', (rng) =>
    pure(
      { e: mat(rng, 4, 2, -9, -1) },
      ({ e }) => {
        let a = [e[0], e[1]]
        for (let t = 1; t < 4; t++) {
          const [p, q] = a
          a = [
            e[2 * t] + logAdd(p + Math.log(0.7), q + Math.log(0.4)),
            e[2 * t + 1] + logAdd(p + Math.log(0.3), q + Math.log(0.6)),
          ]
        }
        return [logAdd(a[0], a[1])]
      },
      ({ e }, d) => {
        const A = [0.7, 0.3, 0.4, 0.6]
        const f = [[Math.exp(e[0]), Math.exp(e[1])]]
        for (let t = 1; t < 4; t++)
          f.push([0, 1].map((j) => Math.exp(e[2 * t + j]) * (f[t - 1][0] * A[j] + f[t - 1][1] * A[2 + j])))
        let b = [1, 1]
        const g = new Float64Array(8)
        const total = f[3][0] + f[3][1]
        for (let t = 3; t >= 0; t--) {
          for (const j of [0, 1]) g[2 * t + j] = (d[0] * f[t][j] * b[j]) / total
          const w = [0, 1].map((j) => Math.exp(e[2 * t + j]) * b[j])
          b = [0, 1].map((i) => A[2 * i] * w[0] + A[2 * i + 1] * w[1])
        }
        return { e: g }
      },
    ),
  ),
  wrong('forward algorithm, filtered in place of smoothed probabilities', 'Rabiner 1989', (rng) =>
    pure(
      { e: mat(rng, 2, 2, -2, -1) },
      ({ e }) => [
        logAdd(
          e[2] + logAdd(e[0] + Math.log(0.7), e[1] + Math.log(0.4)),
          e[3] + logAdd(e[0] + Math.log(0.3), e[1] + Math.log(0.6)),
        ),
      ],
      ({ e }, d) => {
        const [p, q] = [Math.exp(e[0]), Math.exp(e[1])]
        const f = [Math.exp(e[2]) * (0.7 * p + 0.4 * q), Math.exp(e[3]) * (0.3 * p + 0.6 * q)]
        return {
          e: [p / (p + q), q / (p + q), f[0] / (f[0] + f[1]), f[1] / (f[0] + f[1])].map((v) => v * d[0]),
        }
      },
    ),
  ),
]

function logAdd(a: number, b: number): number {
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))
}

function statefulCell(rng: Rng, resets: boolean): Subject {
  let h = 0
  let start = 0
  return pure(
    { x: vec(rng, 3) },
    ({ x }) => {
      start = resets ? 0 : h
      h = start
      return x.map((v) => (h = 0.5 * h + v))
    },
    (_, d) => ({ x: [d[0] + 0.5 * d[1] + 0.25 * d[2], d[1] + 0.5 * d[2], d[2]] }),
  )
}
