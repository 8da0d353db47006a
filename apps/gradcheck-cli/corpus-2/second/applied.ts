import { dot, each, formula, mat, pure, right, scalar, softmax, sum, values, vec, wrong } from '../case.ts'

const logAddExp = (a: number, b: number) => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))

export const applied = [
  right('Hill equation with a steep exponent', 'Hill 1910', (rng) =>
    formula(
      { x: vec(rng, 4, 0.9, 1.1), n: vec(rng, 4, 30, 50) },
      ({ x, n }) => x ** n / (1 + x ** n),
      ({ x, n }, y) => ({ x: (n * y * (1 - y)) / x, n: y * (1 - y) * Math.log(x) }),
    ),
  ),
  wrong('Hill equation, its exponent left out', 'Hill 1910', (rng) =>
    each(
      vec(rng, 4, 0.9, 1.1),
      (x) => x ** 4 / (1 + x ** 4),
      (x, y) => (y * (1 - y)) / x,
    ),
  ),
  right(
    'Michaelis-Menten rate far above saturation',
    'Michaelis & Menten 1913',
    (rng) =>
      formula(
        { s: vec(rng, 4, 1e3, 1e5), V: vec(rng, 4, 1, 2), K: vec(rng, 4, 0.1, 1) },
        ({ s, V, K }) => (V * s) / (K + s),
        ({ s, V, K }) => ({ s: (V * K) / (K + s) ** 2, V: s / (K + s), K: (-V * s) / (K + s) ** 2 }),
      ),
    { tolerance: 1e-3 },
  ),
  wrong('Michaelis-Menten rate, quotient rule without its second term', 'Michaelis & Menten 1913', (rng) =>
    each(
      vec(rng, 4, 1, 3),
      (s) => s / (1 + s),
      (s) => 1 / (1 + s),
    ),
  ),
  right('Nernst potential over six decades', 'Nernst 1889', (rng) =>
    formula(
      { a: vec(rng, 4, 1e-6, 1e-5), b: vec(rng, 4, 0.1, 1) },
      ({ a, b }) => 0.0257 * Math.log(b / a),
      ({ a, b }) => ({ a: -0.0257 / a, b: 0.0257 / b }),
    ),
  ),
  wrong('pH with the natural logarithm in its slope', 'Sørensen 1909', (rng) =>
    each(
      vec(rng, 4, 0.1, 1),
      (h) => -Math.log10(h),
      (h) => -1 / h,
    ),
  ),
  right('pH of tiny concentrations', 'Sørensen 1909', (rng) =>
    each(
      vec(rng, 4, 1e-13, 1e-12),
      (h) => -Math.log10(h),
      (h) => -1 / (h * Math.LN10),
    ),
  ),
  right(
    'annuity at an interest rate near zero',
    'Fabozzi, Fixed Income Mathematics',
    (rng) =>
      each(
        vec(rng, 3, 1e-3, 1e-2),
        (r) => -Math.expm1(-20 * Math.log1p(r)) / r,
        (r, y) => (20 * (1 + r) ** -21 - y) / r,
      ),
    { tolerance: 1e-5 },
  ),
  wrong('bond price, duration without the payment dates', 'Macaulay 1938', (rng) =>
    each(
      vec(rng, 3, 0.01, 0.1),
      (r) => sum([1, 2, 3].map((t) => Math.exp(-r * t))),
      (r) => -sum([1, 2, 3].map((t) => Math.exp(-r * t))),
    ),
  ),
  right(
    'Sharpe ratio of nearly constant returns',
    'Sharpe 1966',
    (rng) =>
      scalar(vec(rng, 5, 0.0099, 0.0101), sharpe, (x, y) => {
        const m = sum(x) / 5
        const s = m / y
        return x.map((v) => (1 / s - (y * (v - m)) / s ** 2) / 5)
      }),
    { tolerance: 1e-4 },
  ),
  wrong('Sharpe ratio, the risk held constant', 'Sharpe 1966', (rng) =>
    scalar(vec(rng, 5, 1, 2), sharpe, (x, y) => x.map(() => y / sum(x))),
  ),
  right('discrete cosine transform', 'Ahmed, Natarajan & Rao 1974', (rng) =>
    pure(
      { x: vec(rng, 6) },
      ({ x }) => x.map((_, k) => sum(x.map((v, n) => v * Math.cos((Math.PI / 6) * (n + 0.5) * k)))),
      (_, d) => ({ x: d.map((_v, n) => sum(d.map((v, k) => v * Math.cos((Math.PI / 6) * (n + 0.5) * k)))) }),
    ),
  ),
  wrong('discrete cosine transform applied again in backward', 'Ahmed, Natarajan & Rao 1974', (rng) =>
    pure(
      { x: vec(rng, 6) },
      ({ x }) => x.map((_, k) => sum(x.map((v, n) => v * Math.cos((Math.PI / 6) * (n + 0.5) * k)))),
      (_, d) => ({ x: d.map((_v, k) => sum(d.map((v, n) => v * Math.cos((Math.PI / 6) * (n + 0.5) * k)))) }),
    ),
  ),
  right('power spectrum at one frequency', 'Oppenheim & Schafer, 8', (rng) =>
    scalar(
      vec(rng, 8),
      (x) => fourier(x)[0] ** 2 + fourier(x)[1] ** 2,
      (x) => x.map((_, n) => 2 * (fourier(x)[0] * Math.cos(0.8 * n) + fourier(x)[1] * Math.sin(0.8 * n))),
    ),
  ),
  wrong('power spectrum, real part alone', 'Oppenheim & Schafer, 8', (rng) =>
    scalar(
      vec(rng, 8),
      (x) => fourier(x)[0] ** 2 + fourier(x)[1] ** 2,
      (x) => x.map((_, n) => 2 * fourier(x)[0] * Math.cos(0.8 * n)),
    ),
  ),
  right('autocorrelation at lag 2', 'Box & Jenkins, 2.1', (rng) =>
    scalar(
      vec(rng, 7),
      (x) => sum(x.map((v, i) => v * (x[i + 2] ?? 0))),
      (x) => x.map((_, i) => (x[i + 2] ?? 0) + (x[i - 2] ?? 0)),
    ),
  ),
  wrong('autocorrelation at lag 2, later factor held constant', 'Box & Jenkins, 2.1', (rng) =>
    scalar(
      vec(rng, 7),
      (x) => sum(x.map((v, i) => v * (x[i + 2] ?? 0))),
      (x) => x.map((_, i) => x[i + 2] ?? 0),
    ),
  ),
  right('decibels of small amplitudes', 'ITU-R V.574', (rng) =>
    each(
      vec(rng, 4, 1e-7, 1e-6),
      (a) => 20 * Math.log10(a),
      (a) => 20 / (a * Math.LN10),
    ),
  ),
  wrong('decibels of amplitudes with the factor of powers', 'ITU-R V.574', (rng) =>
    each(
      vec(rng, 4, 0.1, 1),
      (a) => 20 * Math.log10(a),
      (a) => 10 / (a * Math.LN10),
    ),
  ),
  right(
    'sRGB transfer function on both sides of its seam',
    'IEC 61966-2-1',
    (rng) =>
      each(
        values([0.001 + 0.001 * rng(), 0.1 + rng(), 0.004]),
        (x) => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055),
        (x) => (x <= 0.0031308 ? 12.92 : (1.055 / 2.4) * x ** (1 / 2.4 - 1)),
      ),
    { tolerance: 1e-5 },
  ),
  wrong('sRGB transfer function, power 2.4 for its inverse', 'IEC 61966-2-1', (rng) =>
    each(
      vec(rng, 3, 0.1, 1),
      (x) => 1.055 * x ** (1 / 2.4) - 0.055,
      (x) => 1.055 * 2.4 * x ** 1.4,
    ),
  ),
  right('luminance of a pixel', 'ITU-R BT.709', (rng) =>
    pure(
      { p: mat(rng, 2, 3, 0, 1) },
      ({ p }) => [0, 3].map((o) => dot([0.2126, 0.7152, 0.0722], p.subarray(o, o + 3))),
      (_, d) => ({ p: [0, 1].flatMap((k) => [0.2126, 0.7152, 0.0722].map((w) => w * d[k])) }),
    ),
  ),
  wrong('luminance with channels in the order BGR', 'OpenCV', (rng) =>
    pure(
      { p: mat(rng, 2, 3, 0, 1) },
      ({ p }) => [0, 3].map((o) => dot([0.2126, 0.7152, 0.0722], p.subarray(o, o + 3))),
      (_, d) => ({ p: [0, 1].flatMap((k) => [0.0722, 0.7152, 0.2126].map((w) => w * d[k])) }),
    ),
  ),
  right('alpha blending of two colours', 'Porter & Duff 1984', (rng) =>
    formula(
      { a: vec(rng, 4, 0, 1), s: vec(rng, 4, 0, 1), t: vec(rng, 4, 0, 1) },
      ({ a, s, t }) => a * s + (1 - a) * t,
      ({ a, s, t }) => ({ a: s - t, s: a, t: 1 - a }),
    ),
  ),
  wrong('alpha blending, background with the alpha of the foreground', 'Porter & Duff 1984', (rng) =>
    formula(
      { a: vec(rng, 4, 0, 0.4), s: vec(rng, 4, 0, 1), t: vec(rng, 4, 0, 1) },
      ({ a, s, t }) => a * s + (1 - a) * t,
      ({ a, s, t }) => ({ a: s - t, s: a, t: a }),
    ),
  ),
  right('volume rendering weights', 'Mildenhall et al. 2020, NeRF', (rng) =>
    pure(
      { s: vec(rng, 5, 0, 4) },
      ({ s }) => [1 - Math.exp(-sum(s)), s[0] * Math.exp(-s[1])],
      ({ s }, d) => ({
        s: s.map(
          (_, i) =>
            d[0] * Math.exp(-sum(s)) +
            d[1] * (i === 0 ? Math.exp(-s[1]) : i === 1 ? -s[0] * Math.exp(-s[1]) : 0),
        ),
      }),
    ),
  ),
  right('dice loss', 'Milletari et al. 2016', (rng) =>
    pure(
      { p: vec(rng, 5, 0.1, 0.9), t: values([0, 1, 1, 0, 1]) },
      ({ p, t }) => [1 - (2 * dot(p, t)) / (dot(p, p) + sum(t))],
      ({ p, t }, d) => {
        const D = dot(p, p) + sum(t)
        return { p: p.map((v, i) => d[0] * ((-2 * t[i]) / D + (4 * dot(p, t) * v) / D ** 2)) }
      },
      ['t'],
    ),
  ),
  wrong('dice loss, denominator as of plain sums', 'Milletari et al. 2016', (rng) =>
    pure(
      { p: vec(rng, 5, 0.1, 0.9), t: values([0, 1, 1, 0, 1]) },
      ({ p, t }) => [1 - (2 * dot(p, t)) / (dot(p, p) + sum(t))],
      ({ p, t }, d) => {
        const D = dot(p, p) + sum(t)
        return { p: p.map((_, i) => d[0] * ((-2 * t[i]) / D + (2 * dot(p, t)) / D ** 2)) }
      },
      ['t'],
    ),
  ),
  right(
    'focal loss of confident samples',
    'Lin et al. 2017',
    (rng) =>
      each(
        vec(rng, 4, 0.9, 0.999),
        (p) => -((1 - p) ** 2) * Math.log(p),
        (p) => 2 * (1 - p) * Math.log(p) - (1 - p) ** 2 / p,
      ),
    { tolerance: 1e-5 },
  ),
  wrong('focal loss, the focusing factor detached', 'Lin et al. 2017', (rng) =>
    each(
      vec(rng, 4, 0.2, 0.8),
      (p) => -((1 - p) ** 2) * Math.log(p),
      (p) => -((1 - p) ** 2) / p,
    ),
  ),
  right('triplet loss with an active margin', 'Schroff et al. 2015', (rng) =>
    pure(
      { a: vec(rng, 3), p: vec(rng, 3), n: vec(rng, 3) },
      ({ a, p, n }) => [Math.max(0, sum(a.map((v, i) => (v - p[i]) ** 2 - (v - n[i]) ** 2)) + 20)],
      ({ a, p, n }, d) => ({
        a: a.map((_, i) => 2 * d[0] * (n[i] - p[i])),
        p: p.map((v, i) => 2 * d[0] * (v - a[i])),
        n: n.map((v, i) => 2 * d[0] * (a[i] - v)),
      }),
    ),
  ),
  wrong('triplet loss, the anchor counted for the positive only', 'Schroff et al. 2015', (rng) =>
    pure(
      { a: vec(rng, 3), p: vec(rng, 3), n: vec(rng, 3) },
      ({ a, p, n }) => [Math.max(0, sum(a.map((v, i) => (v - p[i]) ** 2 - (v - n[i]) ** 2)) + 20)],
      ({ a, p, n }, d) => ({
        a: a.map((v, i) => 2 * d[0] * (v - p[i])),
        p: p.map((v, i) => 2 * d[0] * (v - a[i])),
        n: n.map((v, i) => 2 * d[0] * (a[i] - v)),
      }),
    ),
  ),
  right('label smoothing on saturated logits', 'Szegedy et al. 2016', (rng) =>
    scalar(
      vec(rng, 4, -20, 20),
      (z) => z.reduce(logAddExp) - 0.9 * z[0] - 0.1 * (sum(z) / 4),
      (z) => softmax(z).map((p, i) => p - (i === 0 ? 0.9 : 0) - 0.025),
    ),
  ),
  wrong('label smoothing, plain targets in backward', 'Szegedy et al. 2016', (rng) =>
    scalar(
      vec(rng, 4),
      (z) => z.reduce(logAddExp) - 0.9 * z[0] - 0.1 * (sum(z) / 4),
      (z) => softmax(z).map((p, i) => p - (i === 0 ? 1 : 0)),
    ),
  ),
  right('Elo expectation for a large gap', 'Elo 1978', (rng) =>
    formula(
      { a: vec(rng, 3, 1000, 1500), b: vec(rng, 3, 2000, 2500) },
      ({ a, b }) => 1 / (1 + 10 ** ((b - a) / 400)),
      (_, y) => ({ a: (y * (1 - y) * Math.LN10) / 400, b: (-y * (1 - y) * Math.LN10) / 400 }),
    ),
  ),
  wrong('Elo expectation, ln 10 missing', 'Elo 1978', (rng) =>
    each(
      vec(rng, 3, -300, 300),
      (g) => 1 / (1 + 10 ** (g / 400)),
      (_, y) => (-y * (1 - y)) / 400,
    ),
  ),
  right('distance of two arms of a robot', 'Craig, Introduction to Robotics, 3', (rng) =>
    pure(
      { q: vec(rng, 2) },
      ({ q }) => [Math.cos(q[0]) + Math.cos(q[0] + q[1]), Math.sin(q[0]) + Math.sin(q[0] + q[1])],
      ({ q }, d, y) => ({
        q: [-d[0] * y[1] + d[1] * y[0], -d[0] * Math.sin(q[0] + q[1]) + d[1] * Math.cos(q[0] + q[1])],
      }),
    ),
  ),
  wrong('robot arm, the first joint moves its own link only', 'Craig, Introduction to Robotics, 3', (rng) =>
    pure(
      { q: vec(rng, 2) },
      ({ q }) => [Math.cos(q[0]) + Math.cos(q[0] + q[1]), Math.sin(q[0]) + Math.sin(q[0] + q[1])],
      ({ q }, d) => ({
        q: [
          -d[0] * Math.sin(q[0]) + d[1] * Math.cos(q[0]),
          -d[0] * Math.sin(q[0] + q[1]) + d[1] * Math.cos(q[0] + q[1]),
        ],
      }),
    ),
  ),
]

function sharpe(x: Float64Array): number {
  const m = sum(x) / x.length
  return m / Math.sqrt(sum(x.map((v) => (v - m) ** 2)) / x.length)
}

function fourier(x: Float64Array): [number, number] {
  return [sum(x.map((v, n) => v * Math.cos(0.8 * n))), sum(x.map((v, n) => v * Math.sin(0.8 * n)))]
}
