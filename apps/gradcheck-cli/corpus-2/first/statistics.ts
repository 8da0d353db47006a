import { dot, each, formula, mat, pure, right, scalar, softmax, sum, vec, wrong } from '../case.ts'

const mean = (x: ArrayLike<number>) => sum(x) / x.length
const variance = (x: Float64Array, ddof = 0) => {
  const m = mean(x)
  return sum(x.map((v) => (v - m) ** 2)) / (x.length - ddof)
}
const top = (x: Float64Array) => Math.max(...x)
const logSumExp = (x: Float64Array) => top(x) + Math.log(sum(x.map((v) => Math.exp(v - top(x)))))
const log1pExp = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

const correlation = (x: Float64Array, y: Float64Array) => {
  const [mx, my] = [mean(x), mean(y)]
  const a = x.map((v) => v - mx)
  const b = y.map((v) => v - my)
  return { a, b, r: dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)) }
}

export const statistics = [
  right('variance of numbers near 1e4', 'Knuth, TAOCP 2, 4.2.2', (rng) =>
    scalar(
      vec(rng, 6, 9999, 10001),
      (x) => variance(x),
      (x) => x.map((v) => (2 * (v - mean(x))) / x.length),
    ),
  ),
  wrong('variance over n, gradient over n - 1', 'numpy.var, ddof', (rng) =>
    scalar(
      vec(rng, 6),
      (x) => variance(x),
      (x) => x.map((v) => (2 * (v - mean(x))) / (x.length - 1)),
    ),
  ),
  wrong('sample variance with the gradient of the population variance', 'R, var', (rng) =>
    scalar(
      vec(rng, 9),
      (x) => variance(x, 1),
      (x) => x.map((v) => (2 * (v - mean(x))) / x.length),
    ),
  ),
  right('standard deviation of nearly equal numbers', 'numpy.std', (rng) =>
    scalar(
      vec(rng, 5, 1, 1.0001),
      (x) => Math.sqrt(variance(x)),
      (x, s) => x.map((v) => (v - mean(x)) / (x.length * s)),
    ),
  ),
  wrong('standard deviation without the division by itself', 'numpy.std', (rng) =>
    scalar(
      vec(rng, 5),
      (x) => Math.sqrt(variance(x)),
      (x) => x.map((v) => (v - mean(x)) / x.length),
    ),
  ),
  right('skewness', 'scipy.stats.skew', (rng) =>
    scalar(
      vec(rng, 7),
      (x) => mean(x.map((v) => (v - mean(x)) ** 3)) / variance(x) ** 1.5,
      (x, y) => {
        const m = mean(x)
        const s2 = variance(x)
        return x.map((v) => ((3 * ((v - m) ** 2 - s2)) / s2 ** 1.5 - (3 * y * (v - m)) / s2) / x.length)
      },
    ),
  ),
  wrong('skewness with the mean held constant', 'scipy.stats.skew', (rng) =>
    scalar(
      vec(rng, 7),
      (x) => mean(x.map((v) => (v - mean(x)) ** 3)) / variance(x) ** 1.5,
      (x, y) => {
        const m = mean(x)
        const s2 = variance(x)
        return x.map((v) => ((3 * (v - m) ** 2) / s2 ** 1.5 - (3 * y * (v - m)) / s2) / x.length)
      },
    ),
  ),
  right('excess kurtosis', 'scipy.stats.kurtosis', (rng) =>
    scalar(
      vec(rng, 8),
      (x) => mean(x.map((v) => (v - mean(x)) ** 4)) / variance(x) ** 2 - 3,
      (x, y) => {
        const m = mean(x)
        const s2 = variance(x)
        const m3 = mean(x.map((v) => (v - m) ** 3))
        return x.map((v) => ((4 * ((v - m) ** 3 - m3)) / s2 ** 2 - (4 * (y + 3) * (v - m)) / s2) / x.length)
      },
    ),
  ),
  wrong('kurtosis whose gradient uses the excess instead of the kurtosis', 'scipy.stats.kurtosis', (rng) =>
    scalar(
      vec(rng, 8),
      (x) => mean(x.map((v) => (v - mean(x)) ** 4)) / variance(x) ** 2 - 3,
      (x, y) => {
        const m = mean(x)
        const s2 = variance(x)
        const m3 = mean(x.map((v) => (v - m) ** 3))
        return x.map((v) => ((4 * ((v - m) ** 3 - m3)) / s2 ** 2 - (4 * y * (v - m)) / s2) / x.length)
      },
    ),
  ),
  right(
    'Pearson correlation of nearly collinear data',
    'Numerical Recipes, 14.5',
    (rng) => {
      const x = vec(rng, 6)
      const y = vec(rng, 6, -0.02, 0.02)
      y.data.forEach((_, i) => {
        y.data[i] += 2 * x.data[i]
      })
      return pure(
        { x, y },
        (v) => [correlation(v.x, v.y).r],
        (v, d) => {
          const { a, b, r } = correlation(v.x, v.y)
          const scale = Math.sqrt(dot(a, a) * dot(b, b))
          return {
            x: a.map((ai, i) => d[0] * (b[i] / scale - (r * ai) / dot(a, a))),
            y: b.map((bi, i) => d[0] * (a[i] / scale - (r * bi) / dot(b, b))),
          }
        },
      )
    },
    { tolerance: 1e-4 },
  ),
  wrong('Pearson correlation, gradient of the covariance alone', 'Numerical Recipes, 14.5', (rng) =>
    pure(
      { x: vec(rng, 6), y: vec(rng, 6) },
      (v) => [correlation(v.x, v.y).r],
      (v, d) => {
        const { a, b } = correlation(v.x, v.y)
        const scale = Math.sqrt(dot(a, a) * dot(b, b))
        return { x: b.map((t) => (d[0] * t) / scale), y: a.map((t) => (d[0] * t) / scale) }
      },
    ),
  ),
  right('covariance matrix of the columns', 'numpy.cov', (rng) =>
    pure(
      { X: mat(rng, 5, 3) },
      ({ X }) => {
        const C = new Float64Array(9)
        const m = [0, 1, 2].map((j) => mean([0, 1, 2, 3, 4].map((i) => X[i * 3 + j])))
        for (let i = 0; i < 5; i++)
          for (let a = 0; a < 3; a++)
            for (let b = 0; b < 3; b++) C[a * 3 + b] += ((X[i * 3 + a] - m[a]) * (X[i * 3 + b] - m[b])) / 4
        return { data: C, shape: [3, 3] }
      },
      ({ X }, d) => {
        const m = [0, 1, 2].map((j) => mean([0, 1, 2, 3, 4].map((i) => X[i * 3 + j])))
        const dX = new Float64Array(15)
        for (let i = 0; i < 5; i++)
          for (let a = 0; a < 3; a++)
            for (let b = 0; b < 3; b++)
              dX[i * 3 + a] += ((d[a * 3 + b] + d[b * 3 + a]) * (X[i * 3 + b] - m[b])) / 4
        return { X: dX }
      },
    ),
  ),
  wrong('covariance matrix without the transposed half of dout', 'numpy.cov', (rng) =>
    pure(
      { X: mat(rng, 5, 2) },
      ({ X }) => {
        const C = new Float64Array(4)
        const m = [0, 1].map((j) => mean([0, 1, 2, 3, 4].map((i) => X[i * 2 + j])))
        for (let i = 0; i < 5; i++)
          for (let a = 0; a < 2; a++)
            for (let b = 0; b < 2; b++) C[a * 2 + b] += ((X[i * 2 + a] - m[a]) * (X[i * 2 + b] - m[b])) / 4
        return { data: C, shape: [2, 2] }
      },
      ({ X }, d) => {
        const m = [0, 1].map((j) => mean([0, 1, 2, 3, 4].map((i) => X[i * 2 + j])))
        const dX = new Float64Array(10)
        for (let i = 0; i < 5; i++)
          for (let a = 0; a < 2; a++)
            for (let b = 0; b < 2; b++) dX[i * 2 + a] += (2 * d[a * 2 + b] * (X[i * 2 + b] - m[b])) / 4
        return { X: dX }
      },
    ),
  ),
  right('log-sum-exp of logits near 1000', 'Blanchard, Higham & Higham 2021', (rng) =>
    scalar(vec(rng, 6, 990, 1010), logSumExp, (x) => softmax(x)),
  ),
  right('log-sum-exp of logits near -1000', 'Blanchard, Higham & Higham 2021', (rng) =>
    scalar(vec(rng, 4, -1004, -1000), logSumExp, (x) => softmax(x)),
  ),
  wrong('log-sum-exp whose gradient is not normalized by the sum', 'scipy.special.logsumexp', (rng) =>
    scalar(vec(rng, 5, 2, 4), logSumExp, (x) => x.map((v) => Math.exp(v - top(x)))),
  ),
  right('log-mean-exp', 'Burda et al. 2016, importance-weighted bound', (rng) =>
    scalar(
      vec(rng, 8, -60, -50),
      (x) => logSumExp(x) - Math.log(x.length),
      (x) => softmax(x),
    ),
  ),
  wrong('log-mean-exp with the mean taken once more in the gradient', 'Burda et al. 2016', (rng) =>
    scalar(
      vec(rng, 8, -60, -50),
      (x) => logSumExp(x) - Math.log(x.length),
      (x) => softmax(x).map((p) => p / x.length),
    ),
  ),
  right('negative log-likelihood of a normal with a small scale', 'Bishop, PRML, 2.3', (rng) =>
    formula(
      { x: vec(rng, 5, 0.99, 1.01), mu: vec(rng, 5, 0.99, 1.01), logSigma: vec(rng, 5, -6, -4) },
      ({ x, mu, logSigma }) => 0.5 * ((x - mu) * Math.exp(-logSigma)) ** 2 + logSigma,
      ({ x, mu, logSigma }) => {
        const z = (x - mu) * Math.exp(-2 * logSigma)
        return { x: z, mu: -z, logSigma: 1 - z * (x - mu) }
      },
    ),
  ),
  wrong('normal log-likelihood by its log scale, without the normalizer', 'Bishop, PRML, 2.3', (rng) =>
    formula(
      { x: vec(rng, 5), mu: vec(rng, 5), logSigma: vec(rng, 5) },
      ({ x, mu, logSigma }) => -0.5 * ((x - mu) * Math.exp(-logSigma)) ** 2 - logSigma,
      ({ x, mu, logSigma }) => {
        const z = (x - mu) * Math.exp(-2 * logSigma)
        return { x: -z, mu: z, logSigma: z * (x - mu) }
      },
    ),
  ),
  wrong('normal log-likelihood by the variance, factor 2 as if by the scale', 'Bishop, PRML, 2.3', (rng) =>
    formula(
      { x: vec(rng, 4), v: vec(rng, 4, 0.5, 2) },
      ({ x, v }) => -0.5 * ((x * x) / v + Math.log(v)),
      ({ x, v }) => ({ x: -x / v, v: (x * x) / v ** 2 - 1 / v }),
    ),
  ),
  right(
    'KL divergence of two nearly equal normals',
    'Kingma & Welling 2014, appendix B',
    (rng) => {
      const mu = vec(rng, 4)
      const nu = vec(rng, 4, -1e-3, 1e-3)
      nu.data.forEach((_, i) => {
        nu.data[i] += mu.data[i]
      })
      return formula(
        { mu, nu, s: vec(rng, 4, 0.99, 1.01), t: vec(rng, 4, 0.99, 1.01) },
        ({ mu: m, nu: n, s, t }) => Math.log(t / s) + (s * s + (m - n) ** 2) / (2 * t * t) - 0.5,
        ({ mu: m, nu: n, s, t }) => ({
          mu: (m - n) / t ** 2,
          nu: (n - m) / t ** 2,
          s: s / t ** 2 - 1 / s,
          t: 1 / t - (s * s + (m - n) ** 2) / t ** 3,
        }),
      )
    },
    { tolerance: 1e-4 },
  ),
  wrong(
    'KL to the standard normal by log variance, exp forgotten in the gradient',
    'Kingma & Welling 2014',
    (rng) =>
      formula(
        { mu: vec(rng, 4), logVar: vec(rng, 4) },
        ({ mu, logVar }) => -0.5 * (1 + logVar - mu * mu - Math.exp(logVar)),
        ({ mu, logVar }) => ({ mu, logVar: 0.5 * (logVar - 1) }),
      ),
  ),
  wrong('KL to the standard normal, gradient of mu doubled', 'Kingma & Welling 2014', (rng) =>
    formula(
      { mu: vec(rng, 4), logVar: vec(rng, 4) },
      ({ mu, logVar }) => -0.5 * (1 + logVar - mu * mu - Math.exp(logVar)),
      ({ mu, logVar }) => ({ mu: 2 * mu, logVar: 0.5 * (Math.exp(logVar) - 1) }),
    ),
  ),
  right('Student t log-density far out in the tail', 'scipy.stats.t', (rng) =>
    each(
      vec(rng, 4, 1e3, 1e5),
      (x) => -2.5 * Math.log1p((x * x) / 4),
      (x) => (-5 * x) / (4 + x * x),
    ),
  ),
  wrong('Student t log-density with nu in place of nu + 1', 'scipy.stats.t', (rng) =>
    each(
      vec(rng, 4),
      (x) => -2.5 * Math.log1p((x * x) / 4),
      (x) => (-4 * x) / (4 + x * x),
    ),
  ),
  right('logistic log-likelihood with saturated logits', 'McCullagh & Nelder, 4.4', (rng) =>
    formula(
      { z: vec(rng, 6, -40, 40), t: vec(rng, 6, 0.1, 0.9) },
      ({ z, t }) => log1pExp(z) - t * z,
      ({ z, t }) => ({ z: sigmoid(z) - t, t: -z }),
    ),
  ),
  wrong(
    'logistic loss by its logit, divided by p(1 - p) as if by the probability',
    'McCullagh & Nelder, 4.4',
    (rng) =>
      formula(
        { z: vec(rng, 6, -2, 2), t: vec(rng, 6, 0, 1) },
        ({ z, t }) => log1pExp(z) - t * z,
        ({ z, t }) => ({ z: (sigmoid(z) - t) / (sigmoid(z) * (1 - sigmoid(z))), t: -z }),
      ),
  ),
  right('Poisson deviance over a large range of rates', 'McCullagh & Nelder, 2.3', (rng) =>
    formula(
      { eta: vec(rng, 6, -12, 9), k: vec(rng, 6, 1, 9) },
      ({ eta, k }) => Math.exp(eta) - k * eta + k * Math.log(k),
      ({ eta, k }) => ({ eta: Math.exp(eta) - k, k: Math.log(k) + 1 - eta }),
    ),
  ),
  wrong('Poisson deviance, the product rule of k·log(k) half done', 'McCullagh & Nelder, 2.3', (rng) =>
    formula(
      { eta: vec(rng, 6), k: vec(rng, 6, 1, 9) },
      ({ eta, k }) => Math.exp(eta) - k * eta + k * Math.log(k),
      ({ eta, k }) => ({ eta: Math.exp(eta) - k, k: Math.log(k) - eta }),
    ),
  ),
  right(
    'entropy of softmax, one class dominating',
    'Cover & Thomas, 2.1',
    (rng) => {
      const z = vec(rng, 5)
      z.data[2] += 12
      return scalar(
        z,
        (x) => logSumExp(x) - dot(softmax(x), x),
        (x, H) => softmax(x).map((p, i) => -p * (x[i] - logSumExp(x) + H)),
      )
    },
    { tolerance: 1e-4 },
  ),
  wrong('entropy of softmax without its baseline', 'Cover & Thomas, 2.1', (rng) =>
    scalar(
      vec(rng, 5),
      (x) => logSumExp(x) - dot(softmax(x), x),
      (x) => softmax(x).map((p, i) => -p * (x[i] - logSumExp(x))),
    ),
  ),
  right('Kernel density at points, by a Gaussian of width 0.05', 'Silverman 1986, 2.4', (rng) =>
    pure(
      { q: vec(rng, 4, 0, 0.3), p: vec(rng, 7, 0, 0.3) },
      ({ q, p }) => q.map((a) => mean(p.map((b) => Math.exp(-(((a - b) / 0.05) ** 2) / 2)))),
      ({ q, p }, d) => {
        const g = { q: new Float64Array(q.length), p: new Float64Array(p.length) }
        q.forEach((a, i) => {
          p.forEach((b, j) => {
            const slope = (d[i] * Math.exp(-(((a - b) / 0.05) ** 2) / 2) * (b - a)) / 0.0025 / p.length
            g.q[i] += slope
            g.p[j] -= slope
          })
        })
        return g
      },
    ),
  ),
  wrong('Kernel density with the width where its square belongs', 'Silverman 1986, 2.4', (rng) =>
    pure(
      { q: vec(rng, 4), p: vec(rng, 5) },
      ({ q, p }) => q.map((a) => mean(p.map((b) => Math.exp(-(((a - b) / 0.5) ** 2) / 2)))),
      ({ q, p }, d) => {
        const g = { q: new Float64Array(q.length), p: new Float64Array(p.length) }
        q.forEach((a, i) => {
          p.forEach((b, j) => {
            const slope = (d[i] * Math.exp(-(((a - b) / 0.5) ** 2) / 2) * (b - a)) / 0.5 / p.length
            g.q[i] += slope
            g.p[j] -= slope
          })
        })
        return g
      },
    ),
  ),
  right('generalized mean with exponent 20', 'Bullen, Handbook of Means', (rng) =>
    scalar(
      vec(rng, 5, 0.5, 2),
      (x) => mean(x.map((v) => v ** 20)) ** 0.05,
      (x, y) => x.map((v) => (v / y) ** 19 / x.length),
    ),
  ),
  wrong('generalized mean with the exponent of the norm', 'Bullen, Handbook of Means', (rng) =>
    scalar(
      vec(rng, 5, 0.5, 2),
      (x) => mean(x.map((v) => v ** 4)) ** 0.25,
      (x, y) => x.map((v) => (v / y) ** 3),
    ),
  ),
  right('geometric mean over eighteen decades', 'numpy log and exp', (rng) => {
    const x = vec(rng, 5, -9, 9)
    return scalar(
      { data: x.data.map((v) => 10 ** v), shape: x.shape },
      (v) => Math.exp(mean(v.map(Math.log))),
      (v, y) => v.map((t) => y / (t * v.length)),
    )
  }),
  wrong('harmonic mean with the wrong sign', 'scipy.stats.hmean', (rng) =>
    scalar(
      vec(rng, 5, 1, 3),
      (x) => x.length / sum(x.map((v) => 1 / v)),
      (x, y) => x.map((v) => -((y / v) ** 2) / x.length),
    ),
  ),
]
