import { dot, each, formula, mat, pure, right, scalar, softmax, sum, values, vec, wrong } from '../case.ts'

const log1mExp = (x: number) => (x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x)))

export const distributionsAndEarth = [
  right('Weibull log-density with a shape of 0.2 near zero', 'Weibull 1951', (rng) =>
    formula(
      { x: vec(rng, 4, 1e-8, 1e-6), k: vec(rng, 4, 0.2, 0.3) },
      ({ x, k }) => Math.log(k) + (k - 1) * Math.log(x) - x ** k,
      ({ x, k }) => ({ x: (k - 1) / x - k * x ** (k - 1), k: 1 / k + Math.log(x) - x ** k * Math.log(x) }),
    ),
  ),
  wrong('Weibull log-density, inner derivative of the power by k forgotten', 'Weibull 1951', (rng) =>
    formula(
      { x: vec(rng, 4, 1.5, 3), k: vec(rng, 4, 1, 2) },
      ({ x, k }) => Math.log(k) + (k - 1) * Math.log(x) - x ** k,
      ({ x, k }) => ({ x: (k - 1) / x - k * x ** (k - 1), k: 1 / k + Math.log(x) - x ** k }),
    ),
  ),
  right('Pareto log-density of huge values', 'Pareto 1896', (rng) =>
    formula(
      { x: vec(rng, 4, 1e8, 1e9), a: vec(rng, 4, 1, 3) },
      ({ x, a }) => Math.log(a) - (a + 1) * Math.log(x),
      ({ x, a }) => ({ x: -(a + 1) / x, a: 1 / a - Math.log(x) }),
    ),
  ),
  right('Cauchy distribution function in its tail', 'Johnson, Kotz & Balakrishnan, 16', (rng) =>
    each(
      vec(rng, 4, 50, 100),
      (x) => Math.atan(-1 / x) / Math.PI,
      (x) => 1 / (Math.PI * (1 + x * x)),
    ),
  ),
  wrong('Cauchy distribution function without π', 'Johnson, Kotz & Balakrishnan, 16', (rng) =>
    each(
      vec(rng, 4),
      (x) => 0.5 + Math.atan(x) / Math.PI,
      (x) => 1 / (1 + x * x),
    ),
  ),
  right('Gumbel log-density on its steep side', 'Gumbel 1958', (rng) =>
    each(
      vec(rng, 4, -5, -3),
      (x) => -x - Math.exp(-x),
      (x) => Math.exp(-x) - 1,
    ),
  ),
  wrong('Gumbel log-density, sign of the inner derivative', 'Gumbel 1958', (rng) =>
    each(
      vec(rng, 4),
      (x) => -x - Math.exp(-x),
      (x) => -Math.exp(-x) - 1,
    ),
  ),
  right(
    'von Mises log-density of concentration 500',
    'Mardia & Jupp, 3.5',
    (rng) =>
      formula(
        { x: vec(rng, 4, -0.1, 0.1), m: vec(rng, 4, -0.1, 0.1) },
        ({ x, m }) => 500 * (Math.cos(x - m) - 1),
        ({ x, m }) => ({ x: -500 * Math.sin(x - m), m: 500 * Math.sin(x - m) }),
      ),
    { tolerance: 1e-5 },
  ),
  right('Laplace log-density away from its centre', 'Laplace 1774', (rng) =>
    formula(
      { x: vec(rng, 4, 1, 2), m: vec(rng, 4, -1, 0), b: vec(rng, 4, 0.01, 0.1) },
      ({ x, m, b }) => -Math.abs(x - m) / b - Math.log(2 * b),
      ({ x, m, b }) => ({ x: -1 / b, m: 1 / b, b: (x - m) / b ** 2 - 1 / b }),
    ),
  ),
  wrong('Laplace log-density, always the right-hand side', 'Laplace 1774', (rng) =>
    formula(
      { x: vec(rng, 4, -2, -1), m: vec(rng, 4, 0, 1) },
      ({ x, m }) => -Math.abs(x - m),
      () => ({ x: -1, m: 1 }),
    ),
  ),
  right(
    'geometric distribution, log of a tiny failure chance',
    'Feller, VI.8',
    (rng) =>
      formula(
        { p: vec(rng, 4, 1e-6, 1e-5), k: vec(rng, 4, 1e3, 1e5) },
        ({ p, k }) => Math.log(p) + k * Math.log1p(-p),
        ({ p, k }) => ({ p: 1 / p - k / (1 - p), k: Math.log1p(-p) }),
      ),
    { tolerance: 1e-4 },
  ),
  wrong('binomial log-likelihood, failures not subtracted', 'Feller, VI.2', (rng) =>
    each(
      vec(rng, 4, 0.2, 0.8),
      (p) => 3 * Math.log(p) + 7 * Math.log1p(-p),
      (p) => 3 / p + 7 / (1 - p),
    ),
  ),
  right('Kumaraswamy quantile near 1', 'Kumaraswamy 1980', (rng) =>
    each(
      vec(rng, 4, 0.95, 0.99),
      (u) => Math.sqrt(1 - (1 - u) ** (1 / 3)),
      (u, y) => (1 - u) ** (-2 / 3) / (6 * y),
    ),
  ),
  right(
    'mixture of two normals far apart',
    'McLachlan & Peel 2000',
    (rng) =>
      formula(
        { x: vec(rng, 4, -30, 30), w: vec(rng, 4) },
        ({ x, w }) => {
          const [a, b] = [-((x - 20) ** 2) / 2 + w, -((x + 20) ** 2) / 2]
          return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))
        },
        ({ x, w }) => {
          const p = 1 / (1 + Math.exp(-40 * x - w))
          return { x: p * (20 - x) + (1 - p) * (-20 - x), w: p }
        },
      ),
    { tolerance: 1e-4 },
  ),
  wrong(
    'mixture of two normals, hard assignment in backward',
    'MacQueen 1967 for McLachlan & Peel 2000',
    (rng) =>
      each(
        vec(rng, 4, 0.1, 1),
        (x) => Math.log(Math.exp(-((x - 1) ** 2) / 2) + Math.exp(-((x + 1) ** 2) / 2)),
        (x) => 1 - x,
      ),
  ),
  right('stick breaking of four pieces', 'Sethuraman 1994', (rng) =>
    pure(
      { v: vec(rng, 3, 0.05, 0.95) },
      ({ v }) => [
        v[0],
        v[1] * (1 - v[0]),
        v[2] * (1 - v[1]) * (1 - v[0]),
        (1 - v[2]) * (1 - v[1]) * (1 - v[0]),
      ],
      ({ v: [a, b, c] }, d) => ({
        v: [
          d[0] - d[1] * b - (1 - b) * (d[2] * c + d[3] * (1 - c)),
          (1 - a) * (d[1] - d[2] * c - d[3] * (1 - c)),
          (1 - b) * (1 - a) * (d[2] - d[3]),
        ],
      }),
    ),
  ),
  wrong('stick breaking, what is left over held constant', 'Sethuraman 1994', (rng) =>
    pure(
      { v: vec(rng, 2, 0.2, 0.8) },
      ({ v }) => [v[0], v[1] * (1 - v[0])],
      ({ v }, d) => ({ v: [d[0], d[1] * (1 - v[0])] }),
    ),
  ),
  right(
    'log of one minus exp, both branches',
    'Mächler 2012',
    (rng) =>
      each(values([-1e-5 * (1 + rng()), -0.3 - rng(), -9 - rng()]), log1mExp, (x) => -1 / Math.expm1(-x)),
    { tolerance: 1e-4 },
  ),
  right('Jensen-Shannon divergence of two coins', 'Lin 1991', (rng) =>
    formula(
      { p: vec(rng, 4, 0.1, 0.4), q: vec(rng, 4, 0.5, 0.9) },
      ({ p, q }) => entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2,
      ({ p, q }) => {
        const m = logit((p + q) / 2)
        return { p: (logit(p) - m) / 2, q: (logit(q) - m) / 2 }
      },
    ),
  ),
  wrong('Jensen-Shannon divergence, the mixture held constant', 'Lin 1991', (rng) =>
    formula(
      { p: vec(rng, 4, 0.1, 0.4), q: vec(rng, 4, 0.6, 0.9) },
      ({ p, q }) => entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2,
      ({ p, q }) => ({ p: logit(p) / 2, q: logit(q) / 2 }),
    ),
  ),
  right(
    'binary entropy near its flat top',
    'Shannon 1948',
    (rng) => each(vec(rng, 4, 0.499, 0.4995), entropy, (p) => -logit(p)),
    { tolerance: 1e-3 },
  ),
  right('perplexity of a softmax', 'Jelinek et al. 1977', (rng) =>
    scalar(
      vec(rng, 4, -3, 3),
      (z) => Math.exp(-sum(softmax(z).map((p) => p * Math.log(p)))),
      (z, y) => {
        const p = softmax(z)
        return p.map((v) => -y * v * (Math.log(v) + Math.log(y)))
      },
    ),
  ),
  wrong('perplexity in bits with the gradient in nats', 'Jelinek et al. 1977', (rng) =>
    each(
      vec(rng, 4, 0.5, 2),
      (h) => 2 ** h,
      (_, y) => y,
    ),
  ),
  right('barometric pressure up to 80 km', 'US Standard Atmosphere 1976', (rng) =>
    each(
      vec(rng, 4, 0, 8e4),
      (h) => 101325 * Math.exp(-h / 8434),
      (_, y) => -y / 8434,
    ),
  ),
  right('saturation vapour pressure', 'Magnus 1844', (rng) =>
    each(
      vec(rng, 4, -40, 40),
      (T) => 6.112 * Math.exp((17.62 * T) / (243.12 + T)),
      (T, y) => (y * 17.62 * 243.12) / (243.12 + T) ** 2,
    ),
  ),
  wrong('saturation vapour pressure, the denominator held constant', 'Magnus 1844', (rng) =>
    each(
      vec(rng, 4, 10, 40),
      (T) => 6.112 * Math.exp((17.62 * T) / (243.12 + T)),
      (T, y) => (y * 17.62) / (243.12 + T),
    ),
  ),
  right('wind speed by its components, nearly calm', 'WMO No. 8', (rng) =>
    formula(
      { u: vec(rng, 4, 1e-5, 1e-4), v: vec(rng, 4, 1e-5, 1e-4) },
      ({ u, v }) => Math.hypot(u, v),
      ({ u, v }, y) => ({ u: u / y, v: v / y }),
    ),
  ),
  right(
    'Mercator projection close to the pole',
    'Snyder 1987',
    (rng) =>
      each(
        vec(rng, 3, 1.55, 1.56),
        (a) => Math.log(Math.tan(Math.PI / 4 + a / 2)),
        (a) => 1 / Math.cos(a),
      ),
    { tolerance: 1e-5 },
  ),
  wrong('Mercator projection as if cylindrical and equal in area', 'Snyder 1987', (rng) =>
    each(vec(rng, 3, 0.5, 1), (a) => Math.log(Math.tan(Math.PI / 4 + a / 2)), Math.cos),
  ),
  right('magnitude of faint stars', 'Pogson 1856', (rng) =>
    each(
      vec(rng, 4, 1e-12, 1e-11),
      (F) => -2.5 * Math.log10(F),
      (F) => -2.5 / (F * Math.LN10),
    ),
  ),
  right('luminosity distance by Simpson, small redshift', 'Hogg 1999', (rng) =>
    each(
      vec(rng, 3, 0.01, 0.1),
      (z) => (1 + z) * (z / 6) * (1 + 4 / hubble(z / 2) + 1 / hubble(z)),
      (z) => {
        const S = 1 + 4 / hubble(z / 2) + 1 / hubble(z)
        const slope = -(2 * hubbleSlope(z / 2)) / hubble(z / 2) ** 2 - hubbleSlope(z) / hubble(z) ** 2
        return ((1 + 2 * z) * S + (1 + z) * z * slope) / 6
      },
    ),
  ),
  right(
    'final size of an epidemic near its threshold',
    'Kermack & McKendrick 1927',
    (rng) =>
      each(
        vec(rng, 3, 1.2, 1.5),
        (R) => {
          let s = 0.8
          for (let k = 0; k < 400; k++) s = -Math.expm1(-R * s)
          return s
        },
        (R, s) => (s * (1 - s)) / (1 - R * (1 - s)),
      ),
    { tolerance: 1e-4 },
  ),
  wrong('final size of an epidemic, without the feedback on itself', 'Kermack & McKendrick 1927', (rng) =>
    each(
      vec(rng, 3, 1.5, 2),
      (R) => {
        let s = 0.8
        for (let k = 0; k < 400; k++) s = -Math.expm1(-R * s)
        return s
      },
      (_, s) => s * (1 - s),
    ),
  ),
  right('one step of an SIR model', 'Kermack & McKendrick 1927', (rng) =>
    pure(
      { s: vec(rng, 3, 0, 1) },
      ({ s: [S, I, R] }) => [S - 0.3 * S * I, I + 0.3 * S * I - 0.1 * I, R + 0.1 * I],
      ({ s: [S, I] }, d) => ({
        s: [
          d[0] * (1 - 0.3 * I) + d[1] * 0.3 * I,
          -d[0] * 0.3 * S + d[1] * (0.9 + 0.3 * S) + d[2] * 0.1,
          d[2],
        ],
      }),
    ),
  ),
  wrong('one step of an SIR model, recovered not fed by the infected', 'Kermack & McKendrick 1927', (rng) =>
    pure(
      { s: vec(rng, 3, 0, 1) },
      ({ s: [S, I, R] }) => [S - 0.3 * S * I, I + 0.3 * S * I - 0.1 * I, R + 0.1 * I],
      ({ s: [S, I] }, d) => ({
        s: [d[0] * (1 - 0.3 * I) + d[1] * 0.3 * I, -d[0] * 0.3 * S + d[1] * (0.9 + 0.3 * S), d[2]],
      }),
    ),
  ),
  right('Manning flow by depth and slope', 'Manning 1891', (rng) =>
    formula(
      { h: vec(rng, 4, 0.01, 5), s: vec(rng, 4, 1e-6, 1e-4) },
      ({ h, s }) => 30 * h ** (5 / 3) * Math.sqrt(s),
      ({ h, s }, y) => ({ h: (5 * y) / (3 * h), s: y / (2 * s) }),
    ),
  ),
  wrong('Manning flow, exponent 2/3 of the velocity', 'Manning 1891', (rng) =>
    each(
      vec(rng, 4, 1, 5),
      (h) => h ** (5 / 3),
      (h, y) => (2 * y) / (3 * h),
    ),
  ),
  right(
    'Snell refraction near total reflection',
    'Born & Wolf, 1.5',
    (rng) =>
      each(
        values(Array.from({ length: 3 }, () => Math.asin(1 / 1.5) - 1e-4 * (1 + rng()))),
        (a) => Math.asin(1.5 * Math.sin(a)),
        (a, y) => (1.5 * Math.cos(a)) / Math.cos(y),
      ),
    { tolerance: 1e-5 },
  ),
  wrong('Snell refraction, cosines exchanged', 'Born & Wolf, 1.5', (rng) =>
    each(
      vec(rng, 3, 0.3, 0.6),
      (a) => Math.asin(1.5 * Math.sin(a)),
      (a, y) => (1.5 * Math.cos(y)) / Math.cos(a),
    ),
  ),
  right(
    'thin lens with the object near the focus',
    'Hecht, 5.2',
    (rng) =>
      formula(
        { f: vec(rng, 3, 0.99, 0.995), g: vec(rng, 3, 1, 1.005) },
        ({ f, g }) => (f * g) / (g - f),
        ({ f, g }) => ({ f: (g / (g - f)) ** 2, g: -((f / (g - f)) ** 2) }),
      ),
    { tolerance: 1e-5 },
  ),
  wrong('thin lens, both derivatives positive', 'Hecht, 5.2', (rng) =>
    formula(
      { f: vec(rng, 3, 1, 2), g: vec(rng, 3, 3, 4) },
      ({ f, g }) => (f * g) / (g - f),
      ({ f, g }) => ({ f: (g / (g - f)) ** 2, g: (f / (g - f)) ** 2 }),
    ),
  ),
  right(
    'resistors in parallel over six decades',
    'Kirchhoff 1845',
    (rng) =>
      scalar(
        values([1e-2 * (1 + rng()), 1 + rng(), 1e4 * (1 + rng())]),
        (R) => 1 / sum(R.map((v) => 1 / v)),
        (R, y) => R.map((v) => (y / v) ** 2),
      ),
    { tolerance: 1e-3 },
  ),
  wrong('resistors in parallel as in series', 'Kirchhoff 1845', (rng) =>
    scalar(
      vec(rng, 3, 1, 3),
      (R) => 1 / sum(R.map((v) => 1 / v)),
      (R) => R.map(() => 1),
    ),
  ),
  right(
    'diode current across forty decades',
    'Shockley 1949',
    (rng) =>
      each(
        vec(rng, 4, -1, 1),
        (V) => 1e-12 * Math.expm1(V / 0.0257),
        (_, I) => (I + 1e-12) / 0.0257,
      ),
    { hard: 'for reverse voltage the slope lies below the rounding of the saturation current' },
  ),
  right('diode current in forward direction', 'Shockley 1949', (rng) =>
    each(
      vec(rng, 4, 0.3, 0.9),
      (V) => 1e-12 * Math.expm1(V / 0.0257),
      (_, I) => (I + 1e-12) / 0.0257,
    ),
  ),
  wrong('diode current, thermal voltage multiplied', 'Shockley 1949', (rng) =>
    each(
      vec(rng, 4, 0.3, 0.5),
      (V) => 1e-12 * Math.expm1(V / 0.0257),
      (_, I) => (I + 1e-12) * 0.0257,
    ),
  ),
  right(
    'resonance curve of a circuit of high quality',
    'Feynman I, 23',
    (rng) =>
      each(
        vec(rng, 3, 0.999, 1.001),
        (w) => 1 / Math.hypot(1 - w * w, w / 500),
        (w, y) => -(y ** 3) * (-2 * w * (1 - w * w) + w / 250000),
      ),
    { tolerance: 1e-4 },
  ),
  right('weighted mean by weights and values', 'Aitken 1935', (rng) =>
    pure(
      { w: vec(rng, 4, 1e-3, 1e3), x: vec(rng, 4) },
      ({ w, x }) => [dot(w, x) / sum(w)],
      ({ w, x }, d, y) => ({
        w: x.map((v) => (d[0] * (v - y[0])) / sum(w)),
        x: w.map((v) => (d[0] * v) / sum(w)),
      }),
    ),
  ),
  wrong('weighted mean, the sum of the weights held constant', 'Aitken 1935', (rng) =>
    pure(
      { w: vec(rng, 4, 1, 3), x: vec(rng, 4) },
      ({ w, x }) => [dot(w, x) / sum(w)],
      ({ w, x }, d) => ({ w: x.map((v) => (d[0] * v) / sum(w)), x: w.map((v) => (d[0] * v) / sum(w)) }),
    ),
  ),
  right(
    'bias added to every row',
    'Goodfellow, Deep Learning, 6.5',
    (rng) =>
      pure(
        { X: mat(rng, 3, 2, -1e6, 1e6), b: vec(rng, 2) },
        ({ X, b }) => ({ data: X.map((v, k) => v + b[k % 2]), shape: [3, 2] }),
        (_, d) => ({ X: d, b: [0, 1].map((j) => d[j] + d[j + 2] + d[j + 4]) }),
      ),
    { tolerance: 1e-4 },
  ),
  wrong('bias added to every row, gradient averaged over the rows', 'Goodfellow, Deep Learning, 6.5', (rng) =>
    pure(
      { X: mat(rng, 3, 2), b: vec(rng, 2) },
      ({ X, b }) => ({ data: X.map((v, k) => v + b[k % 2]), shape: [3, 2] }),
      (_, d) => ({ X: d, b: [0, 1].map((j) => (d[j] + d[j + 2] + d[j + 4]) / 3) }),
    ),
  ),
]

function entropy(p: number): number {
  return -p * Math.log(p) - (1 - p) * Math.log1p(-p)
}

function logit(p: number): number {
  return Math.log(p / (1 - p))
}

function hubble(z: number): number {
  return Math.sqrt(0.3 * (1 + z) ** 3 + 0.7)
}

function hubbleSlope(z: number): number {
  return (0.45 * (1 + z) ** 2) / hubble(z)
}
