import { dot, each, formula, mat, pure, right, scalar, sum, values, vec } from '../case.ts'

export const acoustics = [
  right('sinc close to its first zero', 'Whittaker 1915', (rng) =>
    each(
      vec(rng, 3, 3.1, 3.2),
      (x) => Math.sin(x) / x,
      (x, y) => (Math.cos(x) - y) / x,
    ),
  ),
  right('Doppler shift just below the speed of sound', 'Doppler 1842', (rng) =>
    formula(
      { f: vec(rng, 3, 400, 500), v: vec(rng, 3, 330, 339) },
      ({ f, v }) => f / (1 - v / 340),
      ({ v }, y) => ({ f: 1 / (1 - v / 340), v: y / (340 - v) }),
    ),
  ),
  right('frequency of a piano key', 'ISO 16', (rng) =>
    each(
      vec(rng, 4, 1, 88),
      (n) => 440 * 2 ** ((n - 49) / 12),
      (_, y) => (y * Math.LN2) / 12,
    ),
  ),
  right('mel scale at low frequencies', "O'Shaughnessy 1987", (rng) =>
    each(
      vec(rng, 4, 1e-3, 1e-2),
      (f) => 2595 * (Math.log1p(f / 700) / Math.LN10),
      (f) => 2595 / Math.LN10 / (700 + f),
    ),
  ),
  right('string frequency by tension and length', 'Mersenne 1636', (rng) =>
    formula(
      { T: vec(rng, 3, 50, 100), L: vec(rng, 3, 0.3, 1), m: vec(rng, 3, 1e-4, 1e-3) },
      ({ T, L, m }) => Math.sqrt(T / m) / (2 * L),
      ({ T, L, m }, y) => ({ T: y / (2 * T), L: -y / L, m: -y / (2 * m) }),
    ),
  ),
  right('energy of a signal after differencing', 'pre-emphasis, Rabiner & Schafer', (rng) =>
    scalar(
      vec(rng, 6),
      (x) => sum(x.map((v, i) => (v - 0.97 * (x[i - 1] ?? 0)) ** 2)),
      (x) => {
        const e = x.map((v, i) => v - 0.97 * (x[i - 1] ?? 0))
        return e.map((v, i) => 2 * (v - 0.97 * (e[i + 1] ?? 0)))
      },
    ),
  ),
  right('circular convolution', 'Oppenheim & Schafer, 8.6', (rng) =>
    pure(
      { a: vec(rng, 5), b: vec(rng, 5) },
      ({ a, b }) => a.map((_, n) => sum(a.map((v, k) => v * b[(n - k + 5) % 5]))),
      ({ a, b }, d) => ({
        a: a.map((_, k) => sum(d.map((v, n) => v * b[(n - k + 5) % 5]))),
        b: b.map((_, k) => sum(d.map((v, n) => v * a[(n - k + 5) % 5]))),
      }),
    ),
  ),
  right(
    'soft clipping of a loud signal',
    'tube amplifier model, Pakarinen & Yeh 2009',
    (rng) =>
      each(
        vec(rng, 4, 3, 6),
        (x) => Math.tanh(2 * x - 3),
        (_, y) => 2 * (1 - y) * (1 + y),
      ),
    { tolerance: 1e-2 },
  ),
  right('mixing of channels', 'ITU-R BS.775', (rng) =>
    pure(
      { X: mat(rng, 2, 4), g: vec(rng, 2) },
      ({ X, g }) => [0, 1, 2, 3].map((t) => g[0] * X[t] + g[1] * X[4 + t]),
      ({ X, g }, d) => ({
        X: X.map((_, k) => g[k >> 2] * d[k % 4]),
        g: [dot(X.subarray(0, 4), d), dot(X.subarray(4), d)],
      }),
    ),
  ),
  right('root mean square level in decibels', 'IEC 61672', (rng) =>
    scalar(
      vec(rng, 5, 1e-5, 1e-4),
      (x) => 10 * Math.log10(dot(x, x) / 5),
      (x) => x.map((v) => (20 * v) / (Math.LN10 * dot(x, x))),
    ),
  ),
  right(
    'comb of cosines with frequencies from 1 to 1000',
    'Weierstrass 1872, truncated',
    (rng) =>
      each(
        vec(rng, 3),
        (x) => sum([0, 1, 2, 3].map((k) => 0.5 ** k * Math.cos(10 ** k * x))),
        (x) => -sum([0, 1, 2, 3].map((k) => 5 ** k * Math.sin(10 ** k * x))),
      ),
    { tolerance: 1e-5 },
  ),
  right(
    'envelope of two beating tones',
    'Rayleigh, Theory of Sound, 1',
    (rng) =>
      formula(
        { a: values([100, 200, 300]), t: vec(rng, 3, 1, 2) },
        ({ a, t }) => Math.cos(a * t) + Math.cos((a + 1) * t),
        ({ a, t }) => ({
          a: -t * (Math.sin(a * t) + Math.sin((a + 1) * t)),
          t: -a * Math.sin(a * t) - (a + 1) * Math.sin((a + 1) * t),
        }),
      ),
    { tolerance: 1e-5 },
  ),
]
