import { dot, each, formula, mat, pure, right, scalar, sum, values, vec, wrong } from '../case.ts'

const norm = (x: ArrayLike<number>) => Math.sqrt(dot(x, x))
const cross = (a: ArrayLike<number>, b: ArrayLike<number>) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
const rotate = (q: ArrayLike<number>, v: ArrayLike<number>) => {
  const u = [q[1], q[2], q[3]]
  const t = cross(u, v).map((c) => 2 * c)
  const s = cross(u, t)
  return [0, 1, 2].map((i) => v[i] + q[0] * t[i] + s[i])
}

export const geometry = [
  right('norm of a tiny vector', 'Moler & Morrison 1983', (rng) =>
    scalar(vec(rng, 3, 1e-7, 2e-7), norm, (x, y) => x.map((v) => v / y)),
  ),
  wrong('norm whose gradient is the vector itself', 'numpy.linalg.norm', (rng) =>
    scalar(vec(rng, 4, 1, 2), norm, (x) => x),
  ),
  right('unit vector, nearly along an axis', 'three.js, Vector3.normalize', (rng) => {
    const x = vec(rng, 3, -1e-4, 1e-4)
    x.data[0] = 3
    return pure(
      { x },
      ({ x: v }) => v.map((t) => t / norm(v)),
      ({ x: v }, d, y) => ({ x: d.map((t, i) => (t - y[i] * dot(y, d)) / norm(v)) }),
    )
  }),
  wrong('unit vector without the projection', 'three.js, Vector3.normalize', (rng) =>
    pure(
      { x: vec(rng, 3) },
      ({ x }) => x.map((t) => t / norm(x)),
      ({ x }, d) => ({ x: d.map((t) => t / norm(x)) }),
    ),
  ),
  wrong('unit vector with only the diagonal of the Jacobian', 'three.js, Vector3.normalize', (rng) =>
    pure(
      { x: vec(rng, 3) },
      ({ x }) => x.map((t) => t / norm(x)),
      ({ x }, d, y) => ({ x: d.map((t, i) => (t * (1 - y[i] ** 2)) / norm(x)) }),
    ),
  ),
  right('cross product of nearly parallel vectors', 'Goldman, Graphics Gems', (rng) => {
    const a = vec(rng, 3)
    const b = vec(rng, 3, -1e-5, 1e-5)
    b.data.forEach((_, i) => {
      b.data[i] += 2 * a.data[i]
    })
    return pure(
      { a, b },
      (v) => cross(v.a, v.b),
      (v, d) => ({ a: cross(v.b, d), b: cross(d, v.a) }),
    )
  }),
  wrong('cross product with one factor exchanged', 'Goldman, Graphics Gems', (rng) =>
    pure(
      { a: vec(rng, 3), b: vec(rng, 3) },
      (v) => cross(v.a, v.b),
      (v, d) => ({ a: cross(v.b, d), b: cross(v.a, d) }),
    ),
  ),
  right('angle between nearly opposite vectors, by atan2', 'Kahan, Mangled angles', (rng) => {
    const a = vec(rng, 2, 0.5, 1)
    const b = values([-a.data[0] + 1e-3 * rng(), -a.data[1] - 1e-3 * (1 + rng())])
    return pure(
      { a, b },
      (v) => [Math.atan2(v.a[0] * v.b[1] - v.a[1] * v.b[0], dot(v.a, v.b))],
      (v, d) => ({
        a: [(d[0] * v.a[1]) / dot(v.a, v.a), (-d[0] * v.a[0]) / dot(v.a, v.a)],
        b: [(-d[0] * v.b[1]) / dot(v.b, v.b), (d[0] * v.b[0]) / dot(v.b, v.b)],
      }),
    )
  }),
  wrong('polar angle with x and y exchanged', 'Math.atan2', (rng) =>
    formula(
      { x: vec(rng, 3, 0.5, 2), y: vec(rng, 3, 0.5, 2) },
      ({ x, y }) => Math.atan2(y, x),
      ({ x, y }) => ({ x: y / (x * x + y * y), y: -x / (x * x + y * y) }),
    ),
  ),
  wrong('polar angle without the squared radius', 'Math.atan2', (rng) =>
    formula(
      { x: vec(rng, 3, 1, 2), y: vec(rng, 3, 1, 2) },
      ({ x, y }) => Math.atan2(y, x),
      ({ x, y }) => ({ x: -y / Math.hypot(x, y), y: x / Math.hypot(x, y) }),
    ),
  ),
  right('haversine distance of close points', 'Sinnott 1984', (rng) => {
    const lat = vec(rng, 3, 0.5, 0.6)
    return formula(
      { lat, lat2: values(lat.data.map((v) => v + 1e-3 * (1 + rng()))), lon: vec(rng, 3, 0, 1e-3) },
      ({ lat: a, lat2: b, lon }) =>
        2 *
        Math.asin(Math.sqrt(Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(lon / 2) ** 2)),
      ({ lat: a, lat2: b, lon }, y) => {
        const outer = 2 / Math.sin(y)
        const s = Math.sin(lon / 2)
        return {
          lat: outer * (-Math.sin(b - a) / 2 - Math.sin(a) * Math.cos(b) * s * s),
          lat2: outer * (Math.sin(b - a) / 2 - Math.cos(a) * Math.sin(b) * s * s),
          lon: (outer * Math.cos(a) * Math.cos(b) * Math.sin(lon)) / 2,
        }
      },
    )
  }),
  wrong('haversine distance, the cosine of the latitude held constant', 'Sinnott 1984', (rng) =>
    formula(
      { lat: vec(rng, 3, 0.2, 0.6), lat2: vec(rng, 3, 0.8, 1.2), lon: vec(rng, 3, 0.5, 1) },
      ({ lat: a, lat2: b, lon }) =>
        2 *
        Math.asin(Math.sqrt(Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(lon / 2) ** 2)),
      ({ lat: a, lat2: b, lon }, y) => ({
        lat: -Math.sin(b - a) / Math.sin(y),
        lat2: Math.sin(b - a) / Math.sin(y),
        lon: (Math.cos(a) * Math.cos(b) * Math.sin(lon)) / Math.sin(y),
      }),
    ),
  ),
  right('area of a needle-like triangle, from its sides', 'Kahan, Area of a needle-like triangle', (rng) =>
    formula(
      { a: vec(rng, 3, 1, 1.0001), b: vec(rng, 3, 1, 1.0001), c: vec(rng, 3, 0.001, 0.002) },
      ({ a, b, c }) => Math.sqrt((a + b + c) * (b + c - a) * (a + c - b) * (a + b - c)) / 4,
      ({ a, b, c }, y) => ({
        a: (a * (b * b + c * c - a * a)) / (8 * y),
        b: (b * (a * a + c * c - b * b)) / (8 * y),
        c: (c * (a * a + b * b - c * c)) / (8 * y),
      }),
    ),
  ),
  wrong('area of a triangle from its sides, square root not in the chain', 'Heron of Alexandria', (rng) =>
    formula(
      { a: vec(rng, 3, 3, 4), b: vec(rng, 3, 3, 4), c: vec(rng, 3, 3, 4) },
      ({ a, b, c }) => Math.sqrt((a + b + c) * (b + c - a) * (a + c - b) * (a + b - c)) / 4,
      ({ a, b, c }) => ({
        a: (a * (b * b + c * c - a * a)) / 8,
        b: (b * (a * a + c * c - b * b)) / 8,
        c: (c * (a * a + b * b - c * c)) / 8,
      }),
    ),
  ),
  right('signed area of a polygon far from the origin', 'shoelace formula, Meister 1769', (rng) =>
    pure(
      { x: vec(rng, 5, 1000, 1001), y: vec(rng, 5, 2000, 2001) },
      ({ x, y }) => [sum(x.map((v, i) => v * y[(i + 1) % 5] - x[(i + 1) % 5] * y[i])) / 2],
      ({ x, y }, d) => ({
        x: x.map((_, i) => (d[0] * (y[(i + 1) % 5] - y[(i + 4) % 5])) / 2),
        y: y.map((_, i) => (d[0] * (x[(i + 4) % 5] - x[(i + 1) % 5])) / 2),
      }),
    ),
  ),
  wrong(
    'signed area of a polygon, the edge back to the start missing',
    'shoelace formula, Meister 1769',
    (rng) =>
      pure(
        { x: vec(rng, 5), y: vec(rng, 5) },
        ({ x, y }) => [sum(x.map((v, i) => v * y[(i + 1) % 5] - x[(i + 1) % 5] * y[i])) / 2],
        ({ x, y }, d) => ({
          x: x.map((_, i) => (d[0] * ((y[i + 1] ?? 0) - (y[i - 1] ?? 0))) / 2),
          y: y.map((_, i) => (d[0] * ((x[i - 1] ?? 0) - (x[i + 1] ?? 0))) / 2),
        }),
      ),
  ),
  right('rotation by a unit quaternion, not normalized inside', 'Shoemake 1985', (rng) =>
    pure(
      { q: vec(rng, 4), v: vec(rng, 3) },
      ({ q, v }) => rotate(q, v),
      ({ q, v }, d) => {
        const u = [q[1], q[2], q[3]]
        const w = q[0]
        const uv = cross(u, v)
        const du = [0, 1, 2].map((i) => {
          const e = [0, 0, 0]
          e[i] = 1
          const a = cross(e, v)
          const b = cross(e, uv)
          const c = cross(u, a)
          return 2 * (w * dot(a, d) + dot(b, d) + dot(c, d))
        })
        return {
          q: [2 * dot(uv, d), ...du],
          v: [0, 1, 2].map((i) => {
            const e = [0, 0, 0]
            e[i] = 1
            return dot(rotate(q, e), d)
          }),
        }
      },
    ),
  ),
  wrong(
    'rotation by a quaternion, the vector turned by it instead of its inverse',
    'Shoemake 1985',
    (rng) => {
      const q = vec(rng, 4)
      const length = norm(q.data)
      const unit = q.data.map((t) => t / length)
      return pure(
        { v: vec(rng, 3) },
        ({ v }) => rotate(unit, v),
        (_, d) => ({ v: rotate(unit, d) }),
      )
    },
  ),
  right('Rodrigues rotation by a small angle', 'Diebel 2006', (rng) =>
    pure(
      { angle: vec(rng, 1, 1e-4, 1e-3), p: vec(rng, 2) },
      ({ angle: [t], p }) => [
        p[0] * Math.cos(t) - p[1] * Math.sin(t),
        p[0] * Math.sin(t) + p[1] * Math.cos(t),
      ],
      ({ angle: [t] }, d, y) => ({
        angle: [-d[0] * y[1] + d[1] * y[0]],
        p: [d[0] * Math.cos(t) + d[1] * Math.sin(t), -d[0] * Math.sin(t) + d[1] * Math.cos(t)],
      }),
    ),
  ),
  wrong('plane rotation with the matrix not transposed', 'Diebel 2006', (rng) =>
    pure(
      { angle: vec(rng, 1, 0.3, 1), p: vec(rng, 2) },
      ({ angle: [t], p }) => [
        p[0] * Math.cos(t) - p[1] * Math.sin(t),
        p[0] * Math.sin(t) + p[1] * Math.cos(t),
      ],
      ({ angle: [t] }, d, y) => ({
        angle: [-d[0] * y[1] + d[1] * y[0]],
        p: [d[0] * Math.cos(t) - d[1] * Math.sin(t), d[0] * Math.sin(t) + d[1] * Math.cos(t)],
      }),
    ),
  ),
  wrong('plane rotation by degrees with the derivative by radians', 'CSS, rotate()', (rng) =>
    pure(
      { degrees: vec(rng, 3, 10, 80) },
      ({ degrees }) => degrees.map((t) => Math.sin((t * Math.PI) / 180)),
      ({ degrees }, d) => ({ degrees: d.map((t, i) => t * Math.cos((degrees[i] * Math.PI) / 180)) }),
    ),
  ),
  right('pairwise distances of points', 'scipy.spatial.distance.pdist', (rng) =>
    pure(
      { P: mat(rng, 4, 2) },
      ({ P }) => {
        const out = []
        for (let i = 0; i < 4; i++)
          for (let j = 0; j < i; j++) out.push(Math.hypot(P[2 * i] - P[2 * j], P[2 * i + 1] - P[2 * j + 1]))
        return out
      },
      ({ P }, d, y) => {
        const g = new Float64Array(8)
        let k = 0
        for (let i = 0; i < 4; i++)
          for (let j = 0; j < i; j++, k++)
            for (let c = 0; c < 2; c++) {
              const slope = (d[k] * (P[2 * i + c] - P[2 * j + c])) / y[k]
              g[2 * i + c] += slope
              g[2 * j + c] -= slope
            }
        return { P: g }
      },
    ),
  ),
  wrong(
    'pairwise distances, only the first point of each pair moved',
    'scipy.spatial.distance.pdist',
    (rng) =>
      pure(
        { P: mat(rng, 4, 2) },
        ({ P }) => {
          const out = []
          for (let i = 0; i < 4; i++)
            for (let j = 0; j < i; j++) out.push(Math.hypot(P[2 * i] - P[2 * j], P[2 * i + 1] - P[2 * j + 1]))
          return out
        },
        ({ P }, d, y) => {
          const g = new Float64Array(8)
          let k = 0
          for (let i = 0; i < 4; i++)
            for (let j = 0; j < i; j++, k++)
              for (let c = 0; c < 2; c++) g[2 * i + c] += (d[k] * (P[2 * i + c] - P[2 * j + c])) / y[k]
          return { P: g }
        },
      ),
  ),
  wrong(
    'pairwise squared distances through the Gram matrix, cross term once',
    'scikit-learn, euclidean_distances',
    (rng) =>
      pure(
        { a: vec(rng, 3), b: vec(rng, 3) },
        ({ a, b }) => a.map((v, i) => v * v - 2 * v * b[i] + b[i] * b[i]),
        ({ a, b }, d) => ({
          a: d.map((t, i) => t * (2 * a[i] - b[i])),
          b: d.map((t, i) => t * (2 * b[i] - a[i])),
        }),
      ),
  ),
  right('signed distance to a box, at the edges of its corner region', 'Quilez, distance functions', (rng) =>
    pure(
      { p: vec(rng, 2, 1.01, 2) },
      ({ p }) => [Math.hypot(Math.max(Math.abs(p[0]) - 1, 0), Math.max(Math.abs(p[1]) - 1, 0))],
      ({ p }, d, y) => ({ p: p.map((v) => (d[0] * (v - 1)) / y[0]) }),
    ),
  ),
  wrong('signed distance to a box, the sign of the side dropped', 'Quilez, distance functions', (rng) =>
    pure(
      { p: vec(rng, 2, -2, -1.1) },
      ({ p }) => [Math.hypot(Math.max(Math.abs(p[0]) - 1, 0), Math.max(Math.abs(p[1]) - 1, 0))],
      ({ p }, d, y) => ({ p: p.map((v) => (d[0] * (Math.abs(v) - 1)) / y[0]) }),
    ),
  ),
  right('smooth minimum of two distances', 'Quilez, smooth minimum', (rng) =>
    formula(
      { a: vec(rng, 4, 0, 1), b: vec(rng, 4, 0, 1) },
      ({ a, b }) => Math.min(a, b) - 0.25 * 2 * Math.max(0.5 - Math.abs(a - b), 0) ** 2,
      ({ a, b }) => {
        const h = Math.max(0.5 - Math.abs(a - b), 0)
        const share = a < b ? 1 - h : h
        return { a: share, b: 1 - share }
      },
    ),
  ),
  right(
    'acos within 1e-6 of 1',
    'Abramowitz & Stegun, 4.4.52',
    (rng) =>
      each(
        values(Array.from({ length: 3 }, () => 1 - 1e-6 * (0.5 + rng()))),
        Math.acos,
        (x) => -1 / Math.sqrt((1 - x) * (1 + x)),
      ),
    { tolerance: 1e-5 },
  ),
  right(
    'asin within 1e-8 of -1',
    'Abramowitz & Stegun, 4.4.52',
    (rng) =>
      each(
        values(Array.from({ length: 3 }, () => -1 + 1e-8 * (0.5 + rng()))),
        Math.asin,
        (x) => 1 / Math.sqrt((1 - x) * (1 + x)),
      ),
    { tolerance: 1e-3 },
  ),
  wrong('acos with the sign of asin', 'Abramowitz & Stegun, 4.4.52', (rng) =>
    each(vec(rng, 4, -0.9, 0.9), Math.acos, (x) => 1 / Math.sqrt(1 - x * x)),
  ),
  right('perspective projection near the camera plane', 'Hartley & Zisserman, 6.1', (rng) =>
    pure(
      { p: values([0.3 + rng(), -0.4 - rng(), 0.01 + 0.01 * rng()]), f: vec(rng, 1, 1, 2) },
      ({ p, f }) => [(f[0] * p[0]) / p[2], (f[0] * p[1]) / p[2]],
      ({ p, f }, d) => ({
        p: [(d[0] * f[0]) / p[2], (d[1] * f[0]) / p[2], (-f[0] * (d[0] * p[0] + d[1] * p[1])) / p[2] ** 2],
        f: [(d[0] * p[0] + d[1] * p[1]) / p[2]],
      }),
    ),
  ),
  wrong('perspective projection, the depth without a gradient', 'Hartley & Zisserman, 6.1', (rng) =>
    pure(
      { p: vec(rng, 3, 1, 2) },
      ({ p }) => [p[0] / p[2], p[1] / p[2]],
      ({ p }, d) => ({ p: [d[0] / p[2], d[1] / p[2], 0] }),
    ),
  ),
  right('radial lens distortion', 'Brown 1966', (rng) =>
    pure(
      { p: vec(rng, 2), k: vec(rng, 2, -0.3, 0.3) },
      ({ p, k }) => {
        const r2 = dot(p, p)
        return p.map((v) => v * (1 + k[0] * r2 + k[1] * r2 * r2))
      },
      ({ p, k }, d) => {
        const r2 = dot(p, p)
        const pd = dot(p, d)
        const outer = 1 + k[0] * r2 + k[1] * r2 * r2
        return {
          p: d.map((t, i) => t * outer + 2 * p[i] * pd * (k[0] + 2 * k[1] * r2)),
          k: [pd * r2, pd * r2 * r2],
        }
      },
    ),
  ),
  wrong('radial lens distortion with the radius detached', 'OpenCV, undistortPoints', (rng) =>
    pure(
      { p: vec(rng, 2, 0.5, 1) },
      ({ p }) => p.map((v) => v * (1 + 0.2 * dot(p, p))),
      ({ p }, d) => ({ p: d.map((t) => t * (1 + 0.2 * dot(p, p))) }),
    ),
  ),
]
