import { each, formula, pure, right, softmax, sum, values, vec, wrong } from '../case.ts'

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]

/** log Γ(x) for x > 0.5. */
function logGamma(x: number): number {
  const z = x - 1
  const series = lanczos.reduce((total, c, i) => total + c / (z + i + 1), 0.9999999999998099)
  const t = z + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series)
}

/** The derivative of log Γ, by recurrence and the asymptotic series. */
function digamma(x: number): number {
  let shift = 0
  let v = x
  while (v < 12) shift -= 1 / v++
  const w = 1 / (v * v)
  return shift + Math.log(v) - 0.5 / v - w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w / 240)))
}

/** Lambert's W by Halley's iteration. */
function lambertW(x: number): number {
  let w = x < 1 ? x : Math.log(x)
  for (let k = 0; k < 60; k++) {
    const e = Math.exp(w)
    const f = w * e - x
    w -= f / (e * (w + 1) - ((w + 2) * f) / (2 * w + 2))
  }
  return w
}

const bessel = (x: number, n: number) => {
  let total = 0
  for (let k = 0; k < 400; k++)
    total += Math.cos(n * ((Math.PI * (k + 0.5)) / 400) - x * Math.sin((Math.PI * (k + 0.5)) / 400))
  return total / 400
}

export const specialFunctions = [
  right(
    'log gamma by Lanczos, derivative by the asymptotic series',
    'Numerical Recipes, 6.1',
    (rng) => each(vec(rng, 4, 0.8, 30), logGamma, digamma),
    { tolerance: 1e-5 },
  ),
  wrong('log gamma with log x as its derivative', 'Stirling 1730', (rng) =>
    each(vec(rng, 4, 1, 5), logGamma, Math.log),
  ),
  right(
    'log beta of two large parameters',
    'Abramowitz & Stegun, 6.2',
    (rng) =>
      formula(
        { a: vec(rng, 3, 20, 40), b: vec(rng, 3, 20, 40) },
        ({ a, b }) => logGamma(a) + logGamma(b) - logGamma(a + b),
        ({ a, b }) => ({ a: digamma(a) - digamma(a + b), b: digamma(b) - digamma(a + b) }),
      ),
    { tolerance: 1e-5 },
  ),
  wrong('log beta, the derivative of the sum missing', 'Abramowitz & Stegun, 6.2', (rng) =>
    formula(
      { a: vec(rng, 3, 1, 4), b: vec(rng, 3, 1, 4) },
      ({ a, b }) => logGamma(a) + logGamma(b) - logGamma(a + b),
      ({ a, b }) => ({ a: digamma(a), b: digamma(b) }),
    ),
  ),
  right(
    'Lambert W close to its branch point',
    'Corless et al. 1996',
    (rng) => each(vec(rng, 3, -0.36, -0.34), lambertW, (_, w) => Math.exp(-w) / (1 + w)),
    { tolerance: 1e-5 },
  ),
  right('Lambert W of huge arguments', 'Corless et al. 1996', (rng) =>
    each(vec(rng, 3, 1e6, 1e9), lambertW, (x, w) => w / (x * (1 + w))),
  ),
  wrong('Lambert W without the factor w + 1', 'Corless et al. 1996', (rng) =>
    each(vec(rng, 3, 1, 5), lambertW, (_, w) => Math.exp(-w)),
  ),
  right(
    'Bessel function of order 3 by quadrature',
    'Abramowitz & Stegun, 9.1.27',
    (rng) =>
      each(
        vec(rng, 4, 0.5, 40),
        (x) => bessel(x, 3),
        (x) => (bessel(x, 2) - bessel(x, 4)) / 2,
      ),
    { tolerance: 1e-5 },
  ),
  wrong(
    'Bessel function of order 3, recurrence of the values for the slope',
    'Abramowitz & Stegun, 9.1.27',
    (rng) =>
      each(
        vec(rng, 4, 1, 6),
        (x) => bessel(x, 3),
        (x) => (bessel(x, 2) + bessel(x, 4)) / 2,
      ),
  ),
  right('log1p of tiny numbers', 'Kahan, HP-15C', (rng) =>
    each(vec(rng, 4, 1e-12, 1e-9), Math.log1p, (x) => 1 / (1 + x)),
  ),
  right(
    'log(1 - exp(-x)) at both ends',
    'Mächler 2012',
    (rng) =>
      each(
        values([1e-6 * (1 + rng()), 0.5 + rng(), 5 + rng()]),
        (x) => (x < Math.LN2 ? Math.log(-Math.expm1(-x)) : Math.log1p(-Math.exp(-x))),
        (x) => 1 / Math.expm1(x),
      ),
    { tolerance: 1e-5 },
  ),
  right('cube root of numbers near 1e-9', 'Math.cbrt', (rng) =>
    each(vec(rng, 4, 1e-9, 2e-9), Math.cbrt, (_, y) => 1 / (3 * y * y)),
  ),
  right('square root of numbers near 1e-12', 'Math.sqrt', (rng) =>
    each(vec(rng, 4, 1e-12, 2e-12), Math.sqrt, (_, y) => 0.5 / y),
  ),
  right(
    'logit within 1e-7 of 1',
    'scipy.special.logit',
    (rng) =>
      each(
        values(Array.from({ length: 3 }, () => 1 - 1e-7 * (1 + rng()))),
        (p) => Math.log(p / (1 - p)),
        (p) => 1 / (p * (1 - p)),
      ),
    { tolerance: 1e-3 },
  ),
  right('x to the x', 'calculus textbook', (rng) =>
    each(
      vec(rng, 4, 0.01, 6),
      (x) => x ** x,
      (x, y) => y * (1 + Math.log(x)),
    ),
  ),
  wrong('x to the x by the power rule', 'calculus textbook', (rng) =>
    each(
      vec(rng, 4, 1.5, 3),
      (x) => x ** x,
      (x) => x * x ** (x - 1),
    ),
  ),
  right('power by base and exponent', 'Math.pow', (rng) =>
    formula(
      { a: vec(rng, 4, 0.1, 9), b: vec(rng, 4, -6, 6) },
      ({ a, b }) => a ** b,
      ({ a, b }, y) => ({ a: (b * y) / a, b: y * Math.log(a) }),
    ),
  ),
  wrong('power with the logarithm of the exponent', 'Math.pow', (rng) =>
    formula(
      { a: vec(rng, 4, 1, 3), b: vec(rng, 4, 1, 3) },
      ({ a, b }) => a ** b,
      ({ a, b }, y) => ({ a: (b * y) / a, b: y * Math.log(b) }),
    ),
  ),
  right('softplus with beta 50', 'torch.nn.Softplus', (rng) =>
    each(
      vec(rng, 5),
      (x) => Math.max(x, 0) + Math.log1p(Math.exp(-50 * Math.abs(x))) / 50,
      (x) => 1 / (1 + Math.exp(-50 * x)),
    ),
  ),
  wrong('softplus with beta 5, beta not cancelled', 'torch.nn.Softplus', (rng) =>
    each(
      vec(rng, 5),
      (x) => Math.log1p(Math.exp(5 * x)) / 5,
      (x) => 5 / (1 + Math.exp(-5 * x)),
    ),
  ),
  right('Mish', 'Misra 2019', (rng) =>
    each(
      vec(rng, 5, -6, 6),
      (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
      (x) => {
        const t = Math.tanh(Math.log1p(Math.exp(x)))
        return t + (x * (1 - t * t)) / (1 + Math.exp(-x))
      },
    ),
  ),
  right(
    'ELU on both sides of zero',
    'Clevert et al. 2015',
    (rng) =>
      each(
        values([-3 * rng() - 0.1, 1e-3, -1e-3, 0.1 + rng()]),
        (x) => (x > 0 ? x : Math.expm1(x)),
        (x) => (x > 0 ? 1 : Math.exp(x)),
      ),
    { tolerance: 1e-5 },
  ),
  wrong('ELU, the output in place of the output plus alpha', 'Clevert et al. 2015', (rng) =>
    each(
      vec(rng, 4, -3, -0.5),
      (x) => (x > 0 ? x : Math.expm1(x)),
      (x, y) => (x > 0 ? 1 : y),
    ),
  ),
  right(
    'Huber loss exactly at its seam',
    'Huber 1964',
    (_rng) =>
      each(
        values([1, -1, 0.5, 3]),
        (x) => (Math.abs(x) <= 1 ? 0.5 * x * x : Math.abs(x) - 0.5),
        (x) => Math.max(-1, Math.min(1, x)),
      ),
    { tolerance: 1e-5 },
  ),
  right('cross entropy of a softmax by soft targets', 'Goodfellow, Deep Learning, 6.2', (rng) =>
    pure(
      { z: vec(rng, 4, -8, 8), t: values(softmax(vec(rng, 4).data)) },
      ({ z, t }) => [-sum(softmax(z).map((p, i) => t[i] * Math.log(p)))],
      ({ z, t }, d) => ({ z: softmax(z).map((p, i) => d[0] * (p * sum(t) - t[i])) }),
      ['t'],
    ),
  ),
]
