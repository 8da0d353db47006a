import { dot, each, formula, mat, pure, right, scalar, sum, values, vec, wrong } from '../case.ts'

const c = 299792458

export const physics = [
  right('Planck law in the Rayleigh-Jeans limit', 'Rybicki & Lightman, 1.51', (rng) =>
    formula(
      { nu: vec(rng, 4, 1e-3, 1e-2), T: vec(rng, 4, 1, 3) },
      ({ nu, T }) => nu ** 3 / Math.expm1(nu / T),
      ({ nu, T }) => {
        const e = Math.expm1(nu / T)
        return {
          nu: (3 * nu ** 2) / e - (nu ** 3 * Math.exp(nu / T)) / (T * e * e),
          T: (nu ** 4 * Math.exp(nu / T)) / (T * e) ** 2,
        }
      },
    ),
  ),
  right('Planck law in the Wien tail', 'Rybicki & Lightman, 1.51', (rng) =>
    each(
      vec(rng, 4, 40, 80),
      (x) => x ** 3 / Math.expm1(x),
      (x, y) => y * (3 / x - 1 / -Math.expm1(-x)),
    ),
  ),
  wrong('Planck law, numerator differentiated only', 'Rybicki & Lightman, 1.51', (rng) =>
    each(
      vec(rng, 4, 1, 4),
      (x) => x ** 3 / Math.expm1(x),
      (x) => (3 * x * x) / Math.expm1(x),
    ),
  ),
  right('Lorentz factor close to the speed of light', 'Jackson, 11.2', (rng) =>
    each(
      vec(rng, 4, 0.9999, 0.99999),
      (b) => 1 / Math.sqrt(1 - b * b),
      (b, y) => b * y ** 3,
    ),
  ),
  right('kinetic energy of a slow body, relativistic', 'Jackson, 11.5', (rng) =>
    each(
      vec(rng, 3, 100, 1000),
      (v) => {
        const b2 = (v / c) ** 2
        const root = Math.sqrt(1 - b2)
        return (c * c * b2) / (root * (1 + root))
      },
      (v) => v / (1 - (v / c) ** 2) ** 1.5,
    ),
  ),
  wrong('Lorentz factor, power -1/2 kept as it was', 'Jackson, 11.2', (rng) =>
    each(
      vec(rng, 4, 0.1, 0.8),
      (b) => 1 / Math.sqrt(1 - b * b),
      (b, y) => b * y,
    ),
  ),
  right(
    'velocity addition near c',
    'Jackson, 11.4',
    (rng) =>
      formula(
        { u: vec(rng, 3, 0.99, 0.999), v: vec(rng, 3, 0.99, 0.999) },
        ({ u, v }) => (u + v) / (1 + u * v),
        ({ u, v }) => ({ u: (1 - v * v) / (1 + u * v) ** 2, v: (1 - u * u) / (1 + u * v) ** 2 }),
      ),
    { tolerance: 1e-5 },
  ),
  wrong('velocity addition with u and v exchanged in the gradient', 'Jackson, 11.4', (rng) =>
    formula(
      { u: vec(rng, 3, 0.1, 0.4), v: vec(rng, 3, 0.5, 0.9) },
      ({ u, v }) => (u + v) / (1 + u * v),
      ({ u, v }) => ({ u: (1 - u * u) / (1 + u * v) ** 2, v: (1 - v * v) / (1 + u * v) ** 2 }),
    ),
  ),
  right('Lennard-Jones energy on its steep wall', 'Allen & Tildesley, 1.3', (rng) =>
    each(
      vec(rng, 4, 0.3, 0.6),
      (r) => 4 * (r ** -12 - r ** -6),
      (r) => 4 * (-12 * r ** -13 + 6 * r ** -7),
    ),
  ),
  right('Lennard-Jones energy in its flat tail', 'Allen & Tildesley, 1.3', (rng) =>
    each(
      vec(rng, 4, 20, 50),
      (r) => 4 * (r ** -12 - r ** -6),
      (r) => 4 * (-12 * r ** -13 + 6 * r ** -7),
    ),
  ),
  wrong('Lennard-Jones force in place of the gradient', 'Allen & Tildesley, 1.3', (rng) =>
    each(
      vec(rng, 4, 0.9, 1.5),
      (r) => 4 * (r ** -12 - r ** -6),
      (r) => 4 * (12 * r ** -13 - 6 * r ** -7),
    ),
  ),
  wrong('Lennard-Jones force over the distance, as molecular codes keep it', 'GROMACS manual, 4.1', (rng) =>
    each(
      vec(rng, 4, 1.2, 1.9),
      (r) => 4 * (r ** -12 - r ** -6),
      (r) => (4 * (-12 * r ** -13 + 6 * r ** -7)) / r,
    ),
  ),
  right('gravitational energy of five bodies with softening', 'Aarseth 2003, 2.2', (rng) =>
    pure(
      { x: mat(rng, 5, 3), m: vec(rng, 5, 1, 2) },
      ({ x, m }) => {
        let E = 0
        for (let i = 0; i < 5; i++)
          for (let j = 0; j < i; j++) {
            let r2 = 0.01
            for (let k = 0; k < 3; k++) r2 += (x[3 * i + k] - x[3 * j + k]) ** 2
            E -= (m[i] * m[j]) / Math.sqrt(r2)
          }
        return [E]
      },
      ({ x, m }, d) => {
        const g = { x: new Float64Array(15), m: new Float64Array(5) }
        for (let i = 0; i < 5; i++)
          for (let j = 0; j < 5; j++) {
            if (i === j) continue
            let r2 = 0.01
            for (let k = 0; k < 3; k++) r2 += (x[3 * i + k] - x[3 * j + k]) ** 2
            g.m[i] -= (d[0] * m[j]) / Math.sqrt(r2)
            for (let k = 0; k < 3; k++)
              g.x[3 * i + k] += (d[0] * m[i] * m[j] * (x[3 * i + k] - x[3 * j + k])) / r2 ** 1.5
          }
        return g
      },
    ),
  ),
  wrong('gravitational energy, softening left out of the gradient', 'Aarseth 2003, 2.2', (rng) =>
    formula(
      { x: vec(rng, 3, 0.5, 1), y: vec(rng, 3, 0.5, 1) },
      ({ x, y }) => -1 / Math.sqrt(x * x + y * y + 0.1),
      ({ x, y }) => ({ x: x / (x * x + y * y) ** 1.5, y: y / (x * x + y * y) ** 1.5 }),
    ),
  ),
  wrong('gravitational energy, each pair counted twice in the gradient', 'Aarseth 2003, 2.2', (rng) =>
    scalar(
      vec(rng, 4, 0, 5),
      (x) => {
        let E = 0
        for (let i = 0; i < 4; i++) for (let j = 0; j < i; j++) E -= 1 / Math.hypot(x[i] - x[j], 0.3)
        return E
      },
      (x) => x.map((a) => 2 * sum(x.map((b) => (a - b) / Math.hypot(a - b, 0.3) ** 3))),
    ),
  ),
  right('Coulomb energy of a neutral crystal row', 'Madelung 1918', (rng) =>
    scalar(
      values(Array.from({ length: 6 }, (_, i) => i + 0.1 * rng())),
      (x) => {
        let E = 0
        for (let i = 0; i < 6; i++) for (let j = 0; j < i; j++) E += (-1) ** (i + j) / Math.abs(x[i] - x[j])
        return E
      },
      (x) =>
        x.map((a, i) =>
          sum(x.map((b, j) => (i === j ? 0 : ((-1) ** (i + j + 1) * Math.sign(a - b)) / (a - b) ** 2))),
        ),
    ),
  ),
  right(
    'van der Waals pressure near the critical point',
    'Landau & Lifshitz V, 76',
    (rng) =>
      formula(
        { V: vec(rng, 4, 0.99, 1.01), T: vec(rng, 4, 0.99, 1.01) },
        ({ V, T }) => (8 * T) / (3 * V - 1) - 3 / V ** 2,
        ({ V, T }) => ({ V: (-24 * T) / (3 * V - 1) ** 2 + 6 / V ** 3, T: 8 / (3 * V - 1) }),
      ),
    { tolerance: 1e-5 },
  ),
  wrong('van der Waals pressure, inner derivative 3 missing', 'Landau & Lifshitz V, 76', (rng) =>
    formula(
      { V: vec(rng, 4, 1, 2), T: vec(rng, 4, 1, 2) },
      ({ V, T }) => (8 * T) / (3 * V - 1) - 3 / V ** 2,
      ({ V, T }) => ({ V: (-8 * T) / (3 * V - 1) ** 2 + 6 / V ** 3, T: 8 / (3 * V - 1) }),
    ),
  ),
  right(
    'Fermi function deep below the chemical potential',
    'Ashcroft & Mermin, 2.56',
    (rng) =>
      each(
        vec(rng, 4, -30, -20),
        (e) => 1 / (Math.exp(e) + 1),
        (e) => -Math.exp(e) / (Math.exp(e) + 1) ** 2,
      ),
    { tolerance: 1e-1, hard: 'the slope 1e-11 lies below the rounding of the value 1' },
  ),
  right('Bose function at small energies', 'Pathria, 7.1', (rng) =>
    each(
      vec(rng, 4, 1e-5, 1e-4),
      (e) => 1 / Math.expm1(e),
      (_, y) => -y * (1 + y),
    ),
  ),
  wrong('Bose function with the sign of the Fermi function', 'Pathria, 7.1', (rng) =>
    each(
      vec(rng, 4, 0.5, 1),
      (e) => 1 / Math.expm1(e),
      (_, y) => -y * (1 - y),
    ),
  ),
  right('Arrhenius rate over sixty decades', 'Arrhenius 1889', (rng) =>
    formula(
      { E: vec(rng, 5, 1e3, 1e5), T: vec(rng, 5, 250, 900) },
      ({ E, T }) => 1e13 * Math.exp(-E / (8.314 * T)),
      ({ E, T }, y) => ({ E: -y / (8.314 * T), T: (y * E) / (8.314 * T * T) }),
    ),
  ),
  wrong('Arrhenius rate, the temperature without its square', 'Arrhenius 1889', (rng) =>
    formula(
      { E: vec(rng, 3, 1, 3), T: vec(rng, 3, 2, 3) },
      ({ E, T }) => Math.exp(-E / T),
      ({ E, T }, y) => ({ E: -y / T, T: (y * E) / T }),
    ),
  ),
  right('pendulum period from the arithmetic-geometric mean', 'Landau & Lifshitz I, 11', (rng) =>
    each(
      vec(rng, 3, 0.1, 2.5),
      (a) => {
        let [x, y] = [1, Math.cos(a / 2)]
        for (let i = 0; i < 8; i++) [x, y] = [(x + y) / 2, Math.sqrt(x * y)]
        return 1 / x
      },
      (a) => {
        let [x, y] = [1, Math.cos(a / 2)]
        let [dx, dy] = [0, -Math.sin(a / 2) / 2]
        for (let i = 0; i < 8; i++) {
          const root = Math.sqrt(x * y)
          ;[x, y, dx, dy] = [(x + y) / 2, root, (dx + dy) / 2, (dx * y + x * dy) / (2 * root)]
        }
        return -dx / (x * x)
      },
    ),
  ),
  wrong(
    'pendulum period, the derivative after the first step of the mean only',
    'Landau & Lifshitz I, 11',
    (rng) =>
      each(
        vec(rng, 3, 1.5, 2.5),
        (a) => {
          let [x, y] = [1, Math.cos(a / 2)]
          for (let i = 0; i < 8; i++) [x, y] = [(x + y) / 2, Math.sqrt(x * y)]
          return 1 / x
        },
        (a, y) => (y * y * Math.sin(a / 2)) / 4,
      ),
  ),
  right(
    'wave with 2000 oscillations',
    'Crawford, Waves, 4.2',
    (rng) =>
      formula(
        { x: vec(rng, 4, 0, 1), k: vec(rng, 4, 1.2e4, 1.3e4) },
        ({ x, k }) => Math.cos(k * x),
        ({ x, k }) => ({ x: -k * Math.sin(k * x), k: -x * Math.sin(k * x) }),
      ),
    { tolerance: 1e-5 },
  ),
  wrong('wave whose wave number is missing in the slope', 'Crawford, Waves, 4.2', (rng) =>
    formula(
      { x: vec(rng, 4, 0, 1), k: vec(rng, 4, 2, 3) },
      ({ x, k }) => Math.cos(k * x),
      ({ x, k }) => ({ x: -Math.sin(k * x), k: -x * Math.sin(k * x) }),
    ),
  ),
  right(
    'Airy disc close to its centre',
    'Born & Wolf, 8.5',
    (rng) =>
      each(
        vec(rng, 3, 0.001, 0.01),
        (x) => (Math.sin(x) / x) ** 2,
        (x) => (2 * Math.sin(x) * (x * Math.cos(x) - Math.sin(x))) / x ** 3,
      ),
    { tolerance: 1e-3 },
  ),
  wrong('single slit pattern, quotient rule with a plus', 'Born & Wolf, 8.5', (rng) =>
    each(
      vec(rng, 3, 1, 2),
      (x) => (Math.sin(x) / x) ** 2,
      (x) => (2 * Math.sin(x) * (x * Math.cos(x) + Math.sin(x))) / x ** 3,
    ),
  ),
  right('Breit-Wigner resonance of small width', 'Perkins, 2.9', (rng) =>
    formula(
      { E: vec(rng, 4, 0.999, 1.001), G: vec(rng, 4, 1e-3, 2e-3) },
      ({ E, G }) => G ** 2 / ((E - 1) ** 2 + G ** 2 / 4),
      ({ E, G }) => {
        const D = (E - 1) ** 2 + G ** 2 / 4
        return { E: (-2 * (E - 1) * G ** 2) / D ** 2, G: (2 * G * (E - 1) ** 2) / D ** 2 }
      },
    ),
  ),
  wrong('Breit-Wigner resonance, the width of the denominator held constant', 'Perkins, 2.9', (rng) =>
    formula(
      { E: vec(rng, 4, 0.5, 1.5), G: vec(rng, 4, 0.5, 1) },
      ({ E, G }) => G ** 2 / ((E - 1) ** 2 + G ** 2 / 4),
      ({ E, G }) => {
        const D = (E - 1) ** 2 + G ** 2 / 4
        return { E: (-2 * (E - 1) * G ** 2) / D ** 2, G: (2 * G) / D }
      },
    ),
  ),
  right('Ising energy of continuous spins with neighbours on a ring', 'Baxter, 1.7', (rng) =>
    pure(
      { s: vec(rng, 6), J: vec(rng, 6) },
      ({ s, J }) => [-sum(s.map((v, i) => J[i] * v * s[(i + 1) % 6]))],
      ({ s, J }, d) => ({
        s: s.map((_, i) => -d[0] * (J[i] * s[(i + 1) % 6] + J[(i + 5) % 6] * s[(i + 5) % 6])),
        J: J.map((_, i) => -d[0] * s[i] * s[(i + 1) % 6]),
      }),
    ),
  ),
  wrong('Ising energy, each coupling taken from the wrong side', 'Baxter, 1.7', (rng) =>
    pure(
      { s: vec(rng, 6), J: vec(rng, 6) },
      ({ s, J }) => [-sum(s.map((v, i) => J[i] * v * s[(i + 1) % 6]))],
      ({ s, J }, d) => ({
        s: s.map((_, i) => -d[0] * J[i] * (s[(i + 1) % 6] + s[(i + 5) % 6])),
        J: J.map((_, i) => -d[0] * s[i] * s[(i + 1) % 6]),
      }),
    ),
  ),
  right('Dirichlet energy of a grid', 'Strang, CSE, 3.3', (rng) =>
    pure(
      { u: mat(rng, 3, 4) },
      ({ u }) => {
        let E = 0
        for (let i = 0; i < 3; i++)
          for (let j = 0; j < 4; j++) {
            if (i < 2) E += (u[(i + 1) * 4 + j] - u[i * 4 + j]) ** 2 / 2
            if (j < 3) E += (u[i * 4 + j + 1] - u[i * 4 + j]) ** 2 / 2
          }
        return [E]
      },
      ({ u }, d) => {
        const g = new Float64Array(12)
        for (let i = 0; i < 3; i++)
          for (let j = 0; j < 4; j++)
            for (const [a, b] of [
              [i + 1, j],
              [i - 1, j],
              [i, j + 1],
              [i, j - 1],
            ])
              if (a >= 0 && a < 3 && b >= 0 && b < 4) g[i * 4 + j] += d[0] * (u[i * 4 + j] - u[a * 4 + b])
        return { u: g }
      },
    ),
  ),
  wrong('Dirichlet energy of a row, free ends treated as if held at zero', 'Strang, CSE, 3.3', (rng) =>
    scalar(
      vec(rng, 5),
      (u) => sum(u.subarray(1).map((v, i) => (v - u[i]) ** 2 / 2)),
      (u) => u.map((v, i) => 2 * v - (u[i - 1] ?? 0) - (u[i + 1] ?? 0)),
    ),
  ),
  right('work along a path, by the trapezoidal rule', 'Feynman I, 13', (rng) =>
    pure(
      { F: vec(rng, 6), x: vec(rng, 6) },
      ({ F, x }) => [sum(x.subarray(1).map((v, i) => ((v - x[i]) * (F[i] + F[i + 1])) / 2))],
      ({ F, x }, d) => {
        const g = { F: new Float64Array(6), x: new Float64Array(6) }
        for (let i = 0; i < 5; i++) {
          g.F[i] += (d[0] * (x[i + 1] - x[i])) / 2
          g.F[i + 1] += (d[0] * (x[i + 1] - x[i])) / 2
          g.x[i + 1] += (d[0] * (F[i] + F[i + 1])) / 2
          g.x[i] -= (d[0] * (F[i] + F[i + 1])) / 2
        }
        return g
      },
    ),
  ),
  wrong('work along a path, the end weights as heavy as the inner ones', 'numpy.trapezoid', (rng) =>
    pure(
      { F: vec(rng, 6) },
      ({ F }) => [0.2 * (sum(F) - (F[0] + F[5]) / 2)],
      (_, d) => ({ F: new Float64Array(6).fill(0.2 * d[0]) }),
    ),
  ),
  right(
    'magnetic moment, Langevin function at small fields',
    'Kittel, 11',
    (rng) =>
      each(
        vec(rng, 3, 0.01, 0.05),
        (x) => 1 / Math.tanh(x) - 1 / x,
        (x) => 1 / x ** 2 - 1 / Math.sinh(x) ** 2,
      ),
    { tolerance: 1e-3 },
  ),
  wrong('Langevin function with sech in place of csch', 'Kittel, 11', (rng) =>
    each(
      vec(rng, 3, 0.5, 1.5),
      (x) => 1 / Math.tanh(x) - 1 / x,
      (x) => 1 / x ** 2 - 1 / Math.cosh(x) ** 2,
    ),
  ),
  right('kinetic energy with a mass matrix that is not symmetric', 'Goldstein, 1.6', (rng) =>
    pure(
      { v: vec(rng, 3), M: mat(rng, 3, 3) },
      ({ v, M }) => [0.5 * sum(v.map((a, i) => a * dot(M.subarray(3 * i, 3 * i + 3), v)))],
      ({ v, M }, d) => ({
        v: v.map((_, i) => 0.5 * d[0] * sum(v.map((b, j) => (M[3 * i + j] + M[3 * j + i]) * b))),
        M: M.map((_, k) => 0.5 * d[0] * v[Math.floor(k / 3)] * v[k % 3]),
      }),
    ),
  ),
  wrong('kinetic energy, the mass matrix taken as symmetric', 'Goldstein, 1.6', (rng) =>
    pure(
      { v: vec(rng, 3), M: mat(rng, 3, 3) },
      ({ v, M }) => [0.5 * sum(v.map((a, i) => a * dot(M.subarray(3 * i, 3 * i + 3), v)))],
      ({ v, M }, d) => ({
        v: v.map((_, i) => d[0] * dot(M.subarray(3 * i, 3 * i + 3), v)),
        M: M.map((_, k) => 0.5 * d[0] * v[Math.floor(k / 3)] * v[k % 3]),
      }),
    ),
  ),
]
