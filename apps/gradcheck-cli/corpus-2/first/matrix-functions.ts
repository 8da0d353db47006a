import {
  dot,
  each,
  mat,
  matmul,
  pure,
  right,
  scalar,
  solve,
  sum,
  transpose,
  type Values,
  values,
  vec,
  wrong,
} from '../case.ts'

const eye = (n: number) => Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0))
const inverse = (A: Float64Array, n: number) => solve(A, eye(n), n)
const square = (data: ArrayLike<number>) => values(data, [Math.sqrt(data.length), Math.sqrt(data.length)])

/** A random matrix with a strong diagonal. */
function regular(rng: () => number, n: number): Values {
  const A = mat(rng, n, n)
  for (let i = 0; i < n; i++) A.data[i * (n + 1)] += 2
  return A
}

/** A random symmetric positive definite matrix. */
function definite(rng: () => number, n: number): Values {
  const A = regular(rng, n).data
  return square(matmul(A, transpose(A, n, n), n, n, n))
}

function determinant(A: Float64Array, n: number): number {
  if (n === 1) return A[0]
  let total = 0
  for (let j = 0; j < n; j++) {
    const minor = A.filter((_, k) => k >= n && k % n !== j)
    total += (-1) ** j * A[j] * determinant(minor, n - 1)
  }
  return total
}

function cholesky(A: Float64Array, n: number): Float64Array {
  const L = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let s = A[i * n + j]
      for (let k = 0; k < j; k++) s -= L[i * n + k] * L[j * n + k]
      L[i * n + j] = i === j ? Math.sqrt(s) : s / L[j * n + j]
    }
  return L
}

/** exp(A) by scaling, the Taylor series and squaring. */
function expm(A: Float64Array, n: number): Float64Array {
  let E: Float64Array = eye(n)
  let term: Float64Array = eye(n)
  for (let k = 1; k < 18; k++) {
    term = matmul(term, A, n, n, n).map((v) => v / (16 * k))
    E = E.map((v, i) => v + term[i])
  }
  for (let s = 0; s < 4; s++) E = matmul(E, E, n, n, n)
  return E
}

/** The eigenvalues of a symmetric 2x2 matrix [a, b; b, c], the larger first. */
const eigenvalues = ([a, b, c]: ArrayLike<number> & Iterable<number>) => {
  const r = Math.hypot((a - c) / 2, b)
  return [(a + c) / 2 + r, (a + c) / 2 - r]
}

const fold = (d: Float64Array, f: (unit: Float64Array) => ArrayLike<number>, n: number) =>
  Float64Array.from({ length: n }, (_, k) => dot(d, f(new Float64Array(n).fill(1, k, k + 1))))

export const matrixFunctions = [
  right('inverse of a matrix', 'Petersen & Pedersen, Matrix Cookbook, 59', (rng) =>
    pure(
      { A: regular(rng, 3) },
      ({ A }) => square(inverse(A, 3)),
      (_, d, Y) => {
        const T = transpose(Y, 3, 3)
        return { A: matmul(matmul(T, d, 3, 3, 3), T, 3, 3, 3).map((v) => -v) }
      },
    ),
  ),
  wrong('inverse of a matrix, its transposes left out', 'Matrix Cookbook, 59', (rng) =>
    pure(
      { A: regular(rng, 3) },
      ({ A }) => square(inverse(A, 3)),
      (_, d, Y) => ({ A: matmul(matmul(Y, d, 3, 3, 3), Y, 3, 3, 3).map((v) => -v) }),
    ),
  ),
  wrong('inverse of a matrix, entry by entry as of a number', 'Matrix Cookbook, 59', (rng) =>
    pure(
      { A: regular(rng, 2) },
      ({ A }) => square(inverse(A, 2)),
      (_, d, Y) => ({ A: Y.map((v, i) => -v * v * d[i]) }),
    ),
  ),
  right('solution of a linear system', 'Giles 2008, 2.3', (rng) =>
    pure(
      { A: regular(rng, 3), b: vec(rng, 3) },
      ({ A, b }) => solve(A, b, 3),
      ({ A }, d, x) => {
        const b = solve(transpose(A, 3, 3), d, 3)
        return { A: A.map((_, k) => -b[Math.floor(k / 3)] * x[k % 3]), b }
      },
    ),
  ),
  right(
    'solution of a nearly singular system',
    'Giles 2008, 2.3',
    (rng) =>
      pure(
        { A: values([1, 1, 1, 1.001 + 1e-3 * rng()], [2, 2]), b: vec(rng, 2) },
        ({ A, b }) => solve(A, b, 2),
        ({ A }, d, x) => {
          const b = solve(transpose(A, 2, 2), d, 2)
          return { A: A.map((_, k) => -b[k >> 1] * x[k % 2]), b }
        },
      ),
    { tolerance: 1e-4 },
  ),
  wrong('solution of a linear system, adjoint solved with A itself', 'Giles 2008, 2.3', (rng) =>
    pure(
      { A: regular(rng, 3), b: vec(rng, 3) },
      ({ A, b }) => solve(A, b, 3),
      ({ A }, d, x) => {
        const b = solve(A, d, 3)
        return { A: A.map((_, k) => -b[Math.floor(k / 3)] * x[k % 3]), b }
      },
    ),
  ),
  wrong('solution of a linear system, the outer product transposed', 'Giles 2008, 2.3', (rng) =>
    pure(
      { A: regular(rng, 3), b: vec(rng, 3) },
      ({ A, b }) => solve(A, b, 3),
      ({ A }, d, x) => {
        const b = solve(transpose(A, 3, 3), d, 3)
        return { A: A.map((_, k) => -x[Math.floor(k / 3)] * b[k % 3]), b }
      },
    ),
  ),
  right(
    'determinant of a nearly singular matrix',
    'Jacobi 1841',
    (rng) =>
      scalar(
        values([1, 2, 2, 4 + 1e-4 * (1 + rng())], [2, 2]),
        (A) => determinant(A, 2),
        (A) => [A[3], -A[2], -A[1], A[0]],
      ),
    { tolerance: 1e-5 },
  ),
  right('log determinant', 'Matrix Cookbook, 57', (rng) =>
    scalar(
      definite(rng, 3),
      (A) => Math.log(determinant(A, 3)),
      (A) => transpose(inverse(A, 3), 3, 3),
    ),
  ),
  wrong(
    'log determinant of a matrix without symmetry, inverse not transposed',
    'Matrix Cookbook, 57',
    (rng) =>
      scalar(
        regular(rng, 3),
        (A) => Math.log(determinant(A, 3)),
        (A) => inverse(A, 3),
      ),
  ),
  wrong('determinant with the gradient of its logarithm', 'Jacobi 1841', (rng) =>
    scalar(
      regular(rng, 3),
      (A) => determinant(A, 3),
      (A) => transpose(inverse(A, 3), 3, 3),
    ),
  ),
  wrong('determinant, cofactors without alternating signs', 'Jacobi 1841', (rng) =>
    scalar(
      regular(rng, 2),
      (A) => determinant(A, 2),
      (A) => [A[3], A[2], A[1], A[0]],
    ),
  ),
  right('Cholesky factor', 'Murray 2016', (rng) =>
    pure(
      { A: definite(rng, 3) },
      ({ A }) => square(cholesky(A, 3)),
      (_, d, L) => {
        const P = matmul(transpose(L, 3, 3), d, 3, 3, 3).map((v, k) => {
          const [i, j] = [Math.floor(k / 3), k % 3]
          return i < j ? 0 : i === j ? v / 2 : v
        })
        const Li = inverse(L, 3)
        const S = matmul(matmul(transpose(Li, 3, 3), P, 3, 3, 3), Li, 3, 3, 3)
        const g = S.map((v, k) => {
          const [i, j] = [Math.floor(k / 3), k % 3]
          return i < j ? 0 : i === j ? v : v + S[j * 3 + i]
        })
        return { A: g }
      },
    ),
  ),
  wrong('Cholesky factor, the diagonal not halved', 'Murray 2016', (rng) =>
    pure(
      { A: definite(rng, 2) },
      ({ A }) => square(cholesky(A, 2)),
      (_, d, L) => {
        const P = matmul(transpose(L, 2, 2), d, 2, 2, 2)
        P[1] = 0
        const Li = inverse(L, 2)
        const S = matmul(matmul(transpose(Li, 2, 2), P, 2, 2, 2), Li, 2, 2, 2)
        return { A: [S[0], 0, S[1] + S[2], S[3]] }
      },
    ),
  ),
  right('matrix exponential by its Fréchet derivative', 'Al-Mohy & Higham 2009', (rng) =>
    pure(
      { A: mat(rng, 2, 2) },
      ({ A }) => square(expm(A, 2)),
      ({ A }, d) => {
        const T = transpose(A, 2, 2)
        const block = new Float64Array(16)
        for (const [i, j] of [
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
        ]) {
          block[4 * i + j] = block[4 * (i + 2) + j + 2] = T[2 * i + j]
          block[4 * i + j + 2] = d[2 * i + j]
        }
        const E = expm(block, 4)
        return { A: [E[2], E[3], E[6], E[7]] }
      },
    ),
  ),
  wrong('matrix exponential, as if A and its change commuted', 'Al-Mohy & Higham 2009', (rng) =>
    pure(
      { A: mat(rng, 2, 2) },
      ({ A }) => square(expm(A, 2)),
      (_, d, E) => ({ A: matmul(transpose(E, 2, 2), d, 2, 2, 2) }),
    ),
  ),
  wrong('matrix exponential, entry by entry', 'numpy.exp for scipy.linalg.expm', (rng) =>
    pure(
      { A: mat(rng, 2, 2) },
      ({ A }) => square(expm(A, 2)),
      (_, d, E) => ({ A: E.map((v, i) => v * d[i]) }),
    ),
  ),
  right('matrix square by both factors', 'Matrix Cookbook, 2.4', (rng) =>
    pure(
      { A: mat(rng, 3, 3) },
      ({ A }) => square(matmul(A, A, 3, 3, 3)),
      ({ A }, d) => {
        const T = transpose(A, 3, 3)
        const l = matmul(d, T, 3, 3, 3)
        const r = matmul(T, d, 3, 3, 3)
        return { A: l.map((v, i) => v + r[i]) }
      },
    ),
  ),
  wrong('matrix square as 2·Aᵀ·dout', 'Matrix Cookbook, 2.4', (rng) =>
    pure(
      { A: mat(rng, 3, 3) },
      ({ A }) => square(matmul(A, A, 3, 3, 3)),
      ({ A }, d) => ({ A: matmul(transpose(A, 3, 3), d, 3, 3, 3).map((v) => 2 * v) }),
    ),
  ),
  right('fifth power of a matrix', 'Matrix Cookbook, 2.4', (rng) =>
    pure(
      { A: mat(rng, 2, 2) },
      ({ A }) => square([0, 1, 2, 3].reduce((P) => matmul(P, A, 2, 2, 2), A)),
      ({ A }, d) => {
        const T = transpose(A, 2, 2)
        const powers: Float64Array[] = [eye(2)]
        for (let k = 0; k < 4; k++) powers.push(matmul(powers[k], T, 2, 2, 2))
        const g = new Float64Array(4)
        for (let k = 0; k < 5; k++)
          matmul(matmul(powers[k], d, 2, 2, 2), powers[4 - k], 2, 2, 2).forEach((v, i) => {
            g[i] += v
          })
        return { A: g }
      },
    ),
  ),
  right('quadratic form', 'Matrix Cookbook, 81', (rng) =>
    pure(
      { x: vec(rng, 3, -1e4, 1e4), A: mat(rng, 3, 3) },
      ({ x, A }) => [dot(x, matmul(A, x, 3, 3, 1))],
      ({ x, A }, d) => ({
        x: matmul(A, x, 3, 3, 1).map((v, i) => d[0] * (v + matmul(transpose(A, 3, 3), x, 3, 3, 1)[i])),
        A: A.map((_, k) => d[0] * x[Math.floor(k / 3)] * x[k % 3]),
      }),
    ),
  ),
  wrong('quadratic form, 2·A·x without symmetry of A', 'Matrix Cookbook, 81', (rng) =>
    pure(
      { x: vec(rng, 3), A: mat(rng, 3, 3) },
      ({ x, A }) => [dot(x, matmul(A, x, 3, 3, 1))],
      ({ x, A }, d) => ({
        x: matmul(A, x, 3, 3, 1).map((v) => 2 * d[0] * v),
        A: A.map((_, k) => d[0] * x[Math.floor(k / 3)] * x[k % 3]),
      }),
    ),
  ),
  right(
    'eigenvalues of a symmetric matrix, close together',
    'Magnus 1985',
    (rng) =>
      pure(
        { m: values([1, 1e-3 * (1 + rng()), 1 + 1e-3 * rng()]) },
        ({ m }) => eigenvalues(m),
        ({ m: [a, b, c] }, d) => {
          const r = Math.hypot((a - c) / 2, b)
          const s = (a - c) / (4 * r)
          return {
            m: [
              d[0] * (0.5 + s) + d[1] * (0.5 - s),
              ((d[0] - d[1]) * b) / r,
              d[0] * (0.5 - s) + d[1] * (0.5 + s),
            ],
          }
        },
      ),
    { tolerance: 1e-5 },
  ),
  wrong('eigenvalues of a symmetric matrix, the shared entry counted once', 'Magnus 1985', (rng) =>
    pure(
      { m: vec(rng, 3) },
      ({ m }) => eigenvalues(m),
      ({ m: [a, b, c] }, d) => {
        const r = Math.hypot((a - c) / 2, b)
        const s = (a - c) / (4 * r)
        return {
          m: [
            d[0] * (0.5 + s) + d[1] * (0.5 - s),
            ((d[0] - d[1]) * b) / (2 * r),
            d[0] * (0.5 - s) + d[1] * (0.5 + s),
          ],
        }
      },
    ),
  ),
  wrong('eigenvalues, diagonal entries taken for both', 'Gershgorin 1931', (rng) =>
    pure(
      { m: values([2 + rng(), 0.3 + 0.3 * rng(), rng()]) },
      ({ m }) => eigenvalues(m),
      (_, d) => ({ m: [d[0], 0, d[1]] }),
    ),
  ),
  right('largest singular value by the power method', 'Miyato et al. 2018, spectral normalization', (rng) =>
    scalar(
      values([3 + rng(), 0.2, 0.1, 1 * rng()], [2, 2]),
      (A) => {
        let v = Float64Array.of(1, 0.1)
        for (let k = 0; k < 60; k++) {
          const w = matmul(transpose(A, 2, 2), matmul(A, v, 2, 2, 1), 2, 2, 1)
          v = w.map((t) => t / Math.hypot(w[0], w[1]))
        }
        return Math.hypot(...matmul(A, v, 2, 2, 1))
      },
      (A, s) => {
        const [p, q, r] = [A[0] ** 2 + A[2] ** 2, A[0] * A[1] + A[2] * A[3], A[1] ** 2 + A[3] ** 2]
        const angle = Math.atan2(2 * q, p - r) / 2
        const v = Float64Array.of(Math.cos(angle), Math.sin(angle))
        const u = matmul(A, v, 2, 2, 1).map((t) => t / s)
        return [u[0] * v[0], u[0] * v[1], u[1] * v[0], u[1] * v[1]]
      },
    ),
  ),
  wrong('spectral norm, v·uᵀ in place of u·vᵀ', 'Miyato et al. 2018', (rng) =>
    scalar(
      values([3 + rng(), 0.9, 0.1, rng()], [2, 2]),
      (A) => {
        const [p, q, r] = [A[0] ** 2 + A[2] ** 2, A[0] * A[1] + A[2] * A[3], A[1] ** 2 + A[3] ** 2]
        return Math.sqrt(eigenvalues([p, q, r])[0])
      },
      (A, s) => {
        const [p, q, r] = [A[0] ** 2 + A[2] ** 2, A[0] * A[1] + A[2] * A[3], A[1] ** 2 + A[3] ** 2]
        const angle = Math.atan2(2 * q, p - r) / 2
        const v = Float64Array.of(Math.cos(angle), Math.sin(angle))
        const u = matmul(A, v, 2, 2, 1).map((t) => t / s)
        return [u[0] * v[0], u[1] * v[0], u[0] * v[1], u[1] * v[1]]
      },
    ),
  ),
  right('trace of a product', 'Matrix Cookbook, 100', (rng) =>
    pure(
      { A: mat(rng, 2, 3), B: mat(rng, 3, 2) },
      ({ A, B }) => [dot(A, transpose(B, 3, 2))],
      ({ A, B }, d) => ({
        A: transpose(B, 3, 2).map((v) => v * d[0]),
        B: transpose(A, 2, 3).map((v) => v * d[0]),
      }),
    ),
  ),
  wrong('trace of a product, B in the layout of A', 'Matrix Cookbook, 100', (rng) =>
    pure(
      { A: mat(rng, 2, 3), B: mat(rng, 3, 2) },
      ({ A, B }) => [dot(A, transpose(B, 3, 2))],
      ({ A, B }, d) => ({ A: B.map((v) => v * d[0]), B: A.map((v) => v * d[0]) }),
    ),
  ),
  right('Frobenius norm of a matrix of rank one', 'Srebro & Shraibman 2005', (rng) =>
    pure(
      { U: mat(rng, 3, 1), V: mat(rng, 1, 4) },
      ({ U, V }) => [Math.sqrt(dot(U, U) * dot(V, V))],
      ({ U, V }, d, y) => ({
        U: U.map((v) => (d[0] * v * dot(V, V)) / y[0]),
        V: V.map((v) => (d[0] * v * dot(U, U)) / y[0]),
      }),
    ),
  ),
  wrong('outer product, the sum for b over the wrong axis', 'numpy.outer', (rng) =>
    pure(
      { a: vec(rng, 3), b: vec(rng, 3) },
      ({ a, b }) => square(matmul(a, b, 3, 1, 3)),
      ({ a, b }, d) => ({ a: matmul(d, b, 3, 3, 1), b: matmul(d, a, 3, 3, 1) }),
    ),
  ),
  right('Kronecker product', 'Van Loan 2000', (rng) =>
    pure(
      { a: vec(rng, 3), b: vec(rng, 4) },
      ({ a, b }) => matmul(a, b, 3, 1, 4),
      ({ a, b }, d) => ({ a: matmul(d, b, 3, 4, 1), b: matmul(a, d, 1, 3, 4) }),
    ),
  ),
  wrong('Kronecker product, blocks and entries exchanged in backward', 'Van Loan 2000', (rng) =>
    pure(
      { a: vec(rng, 3), b: vec(rng, 4) },
      ({ a, b }) => matmul(a, b, 3, 1, 4),
      ({ a, b }, d) => ({
        a: a.map((_, i) => sum(b.map((v, j) => v * d[j * 3 + i]))),
        b: b.map((_, j) => sum(a.map((v, i) => v * d[j * 3 + i]))),
      }),
    ),
  ),
  right('Sherman-Morrison update of a solution', 'Sherman & Morrison 1950', (rng) => {
    const [b, u] = [vec(rng, 3).data, vec(rng, 3).data]
    return pure(
      { v: vec(rng, 3, -0.3, 0.3) },
      ({ v }) => b.map((t, i) => t - (u[i] * dot(v, b)) / (1 + dot(v, u))),
      ({ v }, d) => {
        const [s, k] = [1 + dot(v, u), dot(v, b)]
        return { v: v.map((_, i) => -dot(d, u) * (b[i] / s - (k * u[i]) / (s * s))) }
      },
    )
  }),
  wrong('Sherman-Morrison update, the denominator held constant', 'Sherman & Morrison 1950', (rng) => {
    const [b, u] = [vec(rng, 3).data, vec(rng, 3, 0.5, 1).data]
    return pure(
      { v: vec(rng, 3, 0.1, 0.5) },
      ({ v }) => b.map((t, i) => t - (u[i] * dot(v, b)) / (1 + dot(v, u))),
      ({ v }, d) => ({ v: b.map((t) => (-dot(d, u) * t) / (1 + dot(v, u))) }),
    )
  }),
  right('Lorentz boost as a hyperbolic rotation of large rapidity', 'Jackson, 11.3', (rng) =>
    pure(
      { r: vec(rng, 1, 4, 5), p: vec(rng, 2) },
      ({ r, p }) => [
        p[0] * Math.cosh(r[0]) - p[1] * Math.sinh(r[0]),
        p[1] * Math.cosh(r[0]) - p[0] * Math.sinh(r[0]),
      ],
      ({ r }, d, y) => ({
        r: [-d[0] * y[1] - d[1] * y[0]],
        p: [d[0] * Math.cosh(r[0]) - d[1] * Math.sinh(r[0]), d[1] * Math.cosh(r[0]) - d[0] * Math.sinh(r[0])],
      }),
    ),
  ),
  wrong('Lorentz boost turned back in backward, as an orthogonal matrix', 'Jackson, 11.3', (rng) =>
    pure(
      { p: vec(rng, 2) },
      ({ p }) => [
        p[0] * Math.cosh(0.8) - p[1] * Math.sinh(0.8),
        p[1] * Math.cosh(0.8) - p[0] * Math.sinh(0.8),
      ],
      (_, d) => ({
        p: [d[0] * Math.cosh(0.8) + d[1] * Math.sinh(0.8), d[1] * Math.cosh(0.8) + d[0] * Math.sinh(0.8)],
      }),
    ),
  ),
  right('Cayley transform of a skew matrix', 'Golub & Van Loan, 2.6', (rng) =>
    pure(
      { t: vec(rng, 3) },
      ({ t }) => Array.from(t).flatMap((v) => [(1 - v * v) / (1 + v * v), (2 * v) / (1 + v * v)]),
      ({ t }, d) => ({
        t: t.map((v, i) => (-4 * v * d[2 * i] + 2 * (1 - v * v) * d[2 * i + 1]) / (1 + v * v) ** 2),
      }),
    ),
  ),
  wrong('Rayleigh quotient without the norm in the gradient', 'Trefethen & Bau, 27', (rng) =>
    scalar(
      vec(rng, 2, 0.5, 1),
      (x) => (2 * x[0] ** 2 + 5 * x[1] ** 2) / dot(x, x),
      (x) => [4 * x[0], 10 * x[1]],
    ),
  ),
  right(
    'Rayleigh quotient near an eigenvector, where it is flat',
    'Trefethen & Bau, 27',
    (rng) =>
      scalar(
        values([1, 1e-4 * (1 + rng())]),
        (x) => (2 * x[0] ** 2 + 5 * x[1] ** 2) / dot(x, x),
        (x) => [(-6 * x[0] * x[1] ** 2) / dot(x, x) ** 2, (6 * x[1] * x[0] ** 2) / dot(x, x) ** 2],
      ),
    { tolerance: 1e-3 },
  ),
  right(
    'geometric series of a hundred terms by its quotient',
    'Vandermonde matrix',
    (rng) =>
      each(
        vec(rng, 4, 0.9, 1.1),
        (x) => (x ** 100 - 1) / (x - 1),
        (x, y) => (100 * x ** 99 - y) / (x - 1),
      ),
    { tolerance: 1e-3 },
  ),
  wrong('skew part of a matrix as its symmetric part', 'Golub & Van Loan, 2.1', (rng) =>
    pure(
      { A: mat(rng, 3, 3) },
      ({ A }) => square(A.map((v, k) => (v - transpose(A, 3, 3)[k]) / 2)),
      (_, d) => ({ A: d.map((v, k) => (v + transpose(d, 3, 3)[k]) / 2) }),
    ),
  ),
  wrong('upper triangle taken, dout not masked', 'numpy.triu', (rng) =>
    pure(
      { A: mat(rng, 3, 3) },
      ({ A }) => square(A.map((v, k) => (k % 3 >= Math.floor(k / 3) ? v : 0))),
      (_, d) => ({ A: d }),
    ),
  ),
  right('products of neighbours, backward by unit vectors', 'numpy.einsum', (rng) =>
    pure(
      { x: vec(rng, 4) },
      ({ x }) => [x[0] * x[1], x[2] * x[3], x[0] * x[3]],
      ({ x }, d) => ({
        x: fold(
          d,
          (e) => [e[0] * x[1] + x[0] * e[1], e[2] * x[3] + x[2] * e[3], e[0] * x[3] + x[0] * e[3]],
          4,
        ),
      }),
    ),
  ),
]
