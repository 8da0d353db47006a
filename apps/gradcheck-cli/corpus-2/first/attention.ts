import {
  dot,
  each,
  formula,
  mat,
  matmul,
  pure,
  right,
  softmax,
  sum,
  transpose,
  values,
  vec,
  wrong,
} from '../case.ts'

const N = 3
const D = 4

const rowsSoftmax = (S: Float64Array, columns: number) => {
  const P = new Float64Array(S.length)
  for (let i = 0; i < S.length; i += columns) P.set(softmax(S.subarray(i, i + columns)), i)
  return P
}
const softmaxBackward = (P: Float64Array, dP: Float64Array, columns: number) => {
  const dS = new Float64Array(P.length)
  for (let i = 0; i < P.length; i += columns) {
    const inner = dot(P.subarray(i, i + columns), dP.subarray(i, i + columns))
    for (let j = i; j < i + columns; j++) dS[j] = P[j] * (dP[j] - inner)
  }
  return dS
}
const scores = (Q: Float64Array, K: Float64Array) =>
  matmul(Q, transpose(K, N, D), N, D, N).map((v) => v / Math.sqrt(D))
const attend = (Q: Float64Array, K: Float64Array, V: Float64Array) => {
  const P = rowsSoftmax(scores(Q, K), N)
  return { P, Y: matmul(P, V, N, N, D) }
}
const qkv = (rng: () => number, size = 1) => ({
  Q: mat(rng, N, D, -size, size),
  K: mat(rng, N, D, -size, size),
  V: mat(rng, N, D),
})
const attended = (x: Record<'Q' | 'K' | 'V', Float64Array>) => ({
  data: attend(x.Q, x.K, x.V).Y,
  shape: [N, D],
})

export const attention = [
  right('scaled dot-product attention', 'Vaswani et al. 2017, 3.2.1', (rng) =>
    pure(qkv(rng), attended, ({ Q, K, V }, d) => {
      const { P } = attend(Q, K, V)
      const dP = matmul(d, transpose(V, N, D), N, D, N)
      const dS = softmaxBackward(P, dP, N).map((v) => v / Math.sqrt(D))
      return {
        Q: matmul(dS, K, N, N, D),
        K: matmul(transpose(dS, N, N), Q, N, N, D),
        V: matmul(transpose(P, N, N), d, N, N, D),
      }
    }),
  ),
  right('attention with nearly one-hot weights', 'Vaswani et al. 2017, 3.2.1', (rng) =>
    pure(qkv(rng, 4), attended, ({ Q, K, V }, d) => {
      const { P } = attend(Q, K, V)
      const dS = softmaxBackward(P, matmul(d, transpose(V, N, D), N, D, N), N).map((v) => v / Math.sqrt(D))
      return {
        Q: matmul(dS, K, N, N, D),
        K: matmul(transpose(dS, N, N), Q, N, N, D),
        V: matmul(transpose(P, N, N), d, N, N, D),
      }
    }),
  ),
  wrong('attention, dK with the score matrix not transposed', 'Vaswani et al. 2017, 3.2.1', (rng) =>
    pure(qkv(rng), attended, ({ Q, K, V }, d) => {
      const { P } = attend(Q, K, V)
      const dS = softmaxBackward(P, matmul(d, transpose(V, N, D), N, D, N), N).map((v) => v / Math.sqrt(D))
      return {
        Q: matmul(dS, K, N, N, D),
        K: matmul(dS, Q, N, N, D),
        V: matmul(transpose(P, N, N), d, N, N, D),
      }
    }),
  ),
  wrong('attention, the scale 1/√D forgotten in backward', 'Vaswani et al. 2017, 3.2.1', (rng) =>
    pure(qkv(rng), attended, ({ Q, K, V }, d) => {
      const { P } = attend(Q, K, V)
      const dS = softmaxBackward(P, matmul(d, transpose(V, N, D), N, D, N), N)
      return {
        Q: matmul(dS, K, N, N, D),
        K: matmul(transpose(dS, N, N), Q, N, N, D),
        V: matmul(transpose(P, N, N), d, N, N, D),
      }
    }),
  ),
  wrong('attention, the scale applied twice to Q only', 'Vaswani et al. 2017, 3.2.1', (rng) =>
    pure(qkv(rng), attended, ({ Q, K, V }, d) => {
      const { P } = attend(Q, K, V)
      const dS = softmaxBackward(P, matmul(d, transpose(V, N, D), N, D, N), N).map((v) => v / Math.sqrt(D))
      return {
        Q: matmul(dS, K, N, N, D).map((v) => v / Math.sqrt(D)),
        K: matmul(transpose(dS, N, N), Q, N, N, D),
        V: matmul(transpose(P, N, N), d, N, N, D),
      }
    }),
  ),
  wrong('attention, softmax by its diagonal', 'Vaswani et al. 2017, 3.2.1', (rng) =>
    pure(qkv(rng), attended, ({ Q, K, V }, d) => {
      const { P } = attend(Q, K, V)
      const dP = matmul(d, transpose(V, N, D), N, D, N)
      const dS = P.map((p, i) => (p * (1 - p) * dP[i]) / Math.sqrt(D))
      return {
        Q: matmul(dS, K, N, N, D),
        K: matmul(transpose(dS, N, N), Q, N, N, D),
        V: matmul(transpose(P, N, N), d, N, N, D),
      }
    }),
  ),
  wrong('attention, softmax backward over the columns', 'Vaswani et al. 2017, 3.2.1', (rng) =>
    pure(qkv(rng), attended, ({ Q, K, V }, d) => {
      const { P } = attend(Q, K, V)
      const dP = matmul(d, transpose(V, N, D), N, D, N)
      const dS = transpose(softmaxBackward(transpose(P, N, N), transpose(dP, N, N), N), N, N)
      return {
        Q: matmul(dS, K, N, N, D).map((v) => v / Math.sqrt(D)),
        K: matmul(transpose(dS, N, N), Q, N, N, D).map((v) => v / Math.sqrt(D)),
        V: matmul(transpose(P, N, N), d, N, N, D),
      }
    }),
  ),
  wrong('attention, the weights detached from queries and keys', 'Vaswani et al. 2017, 3.2.1', (rng) =>
    pure(qkv(rng), attended, ({ Q, K, V }, d) => ({
      Q: new Float64Array(N * D),
      K: new Float64Array(N * D),
      V: matmul(transpose(attend(Q, K, V).P, N, N), d, N, N, D),
    })),
  ),
  right('self-attention of one input in three roles', 'Vaswani et al. 2017, 3.2.1', (rng) =>
    pure(
      { X: mat(rng, N, D) },
      ({ X }) => attended({ Q: X, K: X, V: X }),
      ({ X }, d) => {
        const { P } = attend(X, X, X)
        const dS = softmaxBackward(P, matmul(d, transpose(X, N, D), N, D, N), N).map((v) => v / Math.sqrt(D))
        const q = matmul(dS, X, N, N, D)
        const k = matmul(transpose(dS, N, N), X, N, N, D)
        const v = matmul(transpose(P, N, N), d, N, N, D)
        return { X: q.map((t, i) => t + k[i] + v[i]) }
      },
    ),
  ),
  wrong('self-attention, the role as key forgotten', 'Vaswani et al. 2017, 3.2.1', (rng) =>
    pure(
      { X: mat(rng, N, D) },
      ({ X }) => attended({ Q: X, K: X, V: X }),
      ({ X }, d) => {
        const { P } = attend(X, X, X)
        const dS = softmaxBackward(P, matmul(d, transpose(X, N, D), N, D, N), N).map((v) => v / Math.sqrt(D))
        const q = matmul(dS, X, N, N, D)
        const v = matmul(transpose(P, N, N), d, N, N, D)
        return { X: q.map((t, i) => t + v[i]) }
      },
    ),
  ),
  right('causal softmax with -Infinity above the diagonal', 'nanoGPT, model.py', (rng) =>
    pure(
      { S: mat(rng, 4, 4) },
      ({ S }) => ({
        data: rowsSoftmax(
          S.map((v, i) => (i % 4 > i >> 2 ? Number.NEGATIVE_INFINITY : v)),
          4,
        ),
        shape: [4, 4],
      }),
      (_, d, P) => ({ S: softmaxBackward(P, d, 4) }),
    ),
  ),
  right('causal softmax with -1e9 above the diagonal', 'tensor2tensor, common_attention.py', (rng) =>
    pure(
      { S: mat(rng, 3, 3) },
      ({ S }) => ({
        data: rowsSoftmax(
          S.map((v, i) => (i % 3 > Math.floor(i / 3) ? v - 1e9 : v)),
          3,
        ),
        shape: [3, 3],
      }),
      (_, d, P) => ({ S: softmaxBackward(P, d, 3) }),
    ),
  ),
  wrong(
    'causal softmax, masked after the normalization and backward as if before',
    'nanoGPT, model.py',
    (rng) =>
      pure(
        { S: mat(rng, 3, 3) },
        ({ S }) => ({
          data: rowsSoftmax(S, 3).map((p, i) => (i % 3 > Math.floor(i / 3) ? 0 : p)),
          shape: [3, 3],
        }),
        (_, d, P) => ({ S: softmaxBackward(P, d, 3) }),
      ),
  ),
  wrong('softmax whose gradient ignores the temperature', 'Hinton et al. 2015', (rng) =>
    pure(
      { z: vec(rng, 5) },
      ({ z }) => softmax(z.map((v) => v / 3)),
      (_, d, p) => ({ z: softmaxBackward(p, d, 5) }),
    ),
  ),
  right('softmax by its temperature', 'Hinton et al. 2015', (rng) =>
    pure(
      { z: vec(rng, 5, -5, 5), T: vec(rng, 1, 0.5, 2) },
      ({ z, T }) => softmax(z.map((v) => v / T[0])),
      ({ z, T }, d, p) => {
        const g = softmaxBackward(p, d, 5)
        return { z: g.map((v) => v / T[0]), T: [-dot(g, z) / T[0] ** 2] }
      },
    ),
  ),
  wrong('softmax by its temperature, the sign of the quotient rule', 'Hinton et al. 2015', (rng) =>
    pure(
      { z: vec(rng, 5, -2, 2), T: vec(rng, 1, 0.5, 2) },
      ({ z, T }) => softmax(z.map((v) => v / T[0])),
      ({ z, T }, d, p) => {
        const g = softmaxBackward(p, d, 5)
        return { z: g.map((v) => v / T[0]), T: [dot(g, z) / T[0] ** 2] }
      },
    ),
  ),
  right('softmax of logits around 700', 'Goodfellow, Deep Learning, 4.1', (rng) =>
    pure(
      { z: vec(rng, 6, 699, 701) },
      ({ z }) => softmax(z),
      (_, d, p) => ({ z: softmaxBackward(p, d, 6) }),
    ),
  ),
  wrong('softmax with p(1 - p) and no cross terms', 'cs231n notes', (rng) =>
    pure(
      { z: vec(rng, 6) },
      ({ z }) => softmax(z),
      (_, d, p) => ({ z: p.map((v, i) => v * (1 - v) * d[i]) }),
    ),
  ),
  wrong('softmax with the cross terms of wrong sign', 'cs231n notes', (rng) =>
    pure(
      { z: vec(rng, 6) },
      ({ z }) => softmax(z),
      (_, d, p) => ({ z: p.map((v, i) => v * (d[i] + dot(p, d))) }),
    ),
  ),
  right('log-softmax with a very unlikely class', 'torch.nn.LogSoftmax', (rng) => {
    const z = vec(rng, 5)
    z.data[1] -= 200
    return pure(
      { z },
      ({ z: v }) =>
        v.map((t) => t - Math.max(...v) - Math.log(sum(v.map((u) => Math.exp(u - Math.max(...v)))))),
      ({ z: v }, d) => ({ z: softmax(v).map((p, i) => d[i] - p * sum(d)) }),
    )
  }),
  wrong('log-softmax, p instead of p times the sum of dout', 'torch.nn.LogSoftmax', (rng) =>
    pure(
      { z: vec(rng, 5) },
      ({ z }) => softmax(z).map(Math.log),
      (_, d, y) => ({ z: d.map((t, i) => t - Math.exp(y[i])) }),
    ),
  ),
  right('rotary position embedding of large positions', 'Su et al. 2021, RoFormer', (rng) => {
    const angles = [1e4, 100, 1]
    return pure(
      { x: vec(rng, 6) },
      ({ x }) =>
        x.map((v, i) => {
          const a = angles[i >> 1]
          return i % 2 ? v * Math.cos(a) + x[i - 1] * Math.sin(a) : v * Math.cos(a) - x[i + 1] * Math.sin(a)
        }),
      (_, d) => ({
        x: d.map((v, i) => {
          const a = angles[i >> 1]
          return i % 2 ? v * Math.cos(a) - d[i - 1] * Math.sin(a) : v * Math.cos(a) + d[i + 1] * Math.sin(a)
        }),
      }),
    )
  }),
  wrong('rotary position embedding turned forward in backward', 'Su et al. 2021, RoFormer', (rng) => {
    const turn = (x: Float64Array) =>
      x.map((v, i) =>
        i % 2 ? v * Math.cos(i) + x[i - 1] * Math.sin(i) : v * Math.cos(i + 1) - x[i + 1] * Math.sin(i + 1),
      )
    return pure(
      { x: vec(rng, 6) },
      ({ x }) => turn(x),
      (_, d) => ({ x: turn(d) }),
    )
  }),
  wrong(
    'rotary embedding, halves paired in backward and neighbours in forward',
    'transformers, modeling_llama.py',
    (rng) => {
      const [co, si] = [Math.cos(0.7), Math.sin(0.7)]
      return pure(
        { x: vec(rng, 4) },
        ({ x }) => [
          x[0] * co - x[1] * si,
          x[1] * co + x[0] * si,
          x[2] * co - x[3] * si,
          x[3] * co + x[2] * si,
        ],
        (_, d) => ({
          x: [d[0] * co + d[2] * si, d[1] * co + d[3] * si, d[2] * co - d[0] * si, d[3] * co - d[1] * si],
        }),
      )
    },
  ),
  right('additive attention scores', 'Bahdanau et al. 2015', (rng) =>
    pure(
      { q: vec(rng, 3), K: mat(rng, 4, 3), v: vec(rng, 3) },
      ({ q, K, v }) => [0, 1, 2, 3].map((i) => sum(v.map((t, j) => t * Math.tanh(q[j] + K[3 * i + j])))),
      ({ q, K, v }, d) => {
        const g = { q: new Float64Array(3), K: new Float64Array(12), v: new Float64Array(3) }
        for (let i = 0; i < 4; i++)
          for (let j = 0; j < 3; j++) {
            const t = Math.tanh(q[j] + K[3 * i + j])
            g.v[j] += d[i] * t
            g.K[3 * i + j] = d[i] * v[j] * (1 - t * t)
            g.q[j] += g.K[3 * i + j]
          }
        return g
      },
    ),
  ),
  wrong('additive attention, query gradient of the last key only', 'Bahdanau et al. 2015', (rng) =>
    pure(
      { q: vec(rng, 3), K: mat(rng, 4, 3) },
      ({ q, K }) => [0, 1, 2, 3].map((i) => sum(q.map((t, j) => Math.tanh(t + K[3 * i + j])))),
      ({ q, K }, d) => {
        const g = { q: new Float64Array(3), K: new Float64Array(12) }
        for (let i = 0; i < 4; i++)
          for (let j = 0; j < 3; j++)
            g.q[j] = g.K[3 * i + j] = d[i] * (1 - Math.tanh(q[j] + K[3 * i + j]) ** 2)
        return g
      },
    ),
  ),
  right('relative position bias shared along diagonals', 'Raffel et al. 2020, T5', (rng) =>
    pure(
      { S: mat(rng, 3, 3), b: vec(rng, 5) },
      ({ S, b }) => ({
        data: rowsSoftmax(
          S.map((v, i) => v + b[(i % 3) - Math.floor(i / 3) + 2]),
          3,
        ),
        shape: [3, 3],
      }),
      (_, d, P) => {
        const dS = softmaxBackward(P, d, 3)
        const b = new Float64Array(5)
        dS.forEach((v, i) => {
          b[(i % 3) - Math.floor(i / 3) + 2] += v
        })
        return { S: dS, b }
      },
    ),
  ),
  wrong('relative position bias, diagonals counted from the other side', 'Raffel et al. 2020, T5', (rng) =>
    pure(
      { S: mat(rng, 3, 3), b: vec(rng, 5) },
      ({ S, b }) => ({
        data: rowsSoftmax(
          S.map((v, i) => v + b[(i % 3) - Math.floor(i / 3) + 2]),
          3,
        ),
        shape: [3, 3],
      }),
      (_, d, P) => {
        const dS = softmaxBackward(P, d, 3)
        const b = new Float64Array(5)
        dS.forEach((v, i) => {
          b[Math.floor(i / 3) - (i % 3) + 2] += v
        })
        return { S: dS, b }
      },
    ),
  ),
  right('cosine similarity of embeddings, as in contrastive learning', 'Radford et al. 2021, CLIP', (rng) =>
    pure(
      { a: vec(rng, 4), b: vec(rng, 4), logScale: vec(rng, 1, 2, 4) },
      ({ a, b, logScale }) => [(Math.exp(logScale[0]) * dot(a, b)) / Math.sqrt(dot(a, a) * dot(b, b))],
      ({ a, b, logScale }, d, y) => {
        const s = Math.exp(logScale[0]) / Math.sqrt(dot(a, a) * dot(b, b))
        return {
          a: b.map((v, i) => d[0] * (s * v - (y[0] * a[i]) / dot(a, a))),
          b: a.map((v, i) => d[0] * (s * v - (y[0] * b[i]) / dot(b, b))),
          logScale: [d[0] * y[0]],
        }
      },
    ),
  ),
  wrong('cosine similarity, one norm held constant', 'torch.nn.CosineSimilarity', (rng) =>
    pure(
      { a: vec(rng, 4), b: vec(rng, 4) },
      ({ a, b }) => [dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))],
      ({ a, b }, d, y) => {
        const s = 1 / Math.sqrt(dot(a, a) * dot(b, b))
        return {
          a: b.map((v, i) => d[0] * (s * v - (y[0] * a[i]) / dot(a, a))),
          b: a.map((v) => d[0] * s * v),
        }
      },
    ),
  ),
  right('gated linear unit with saturated gates', 'Dauphin et al. 2017', (rng) =>
    formula(
      { a: vec(rng, 5), b: vec(rng, 5, -15, 15) },
      ({ a, b }) => a / (1 + Math.exp(-b)),
      ({ a, b }) => {
        const s = 1 / (1 + Math.exp(-b))
        return { a: s, b: a * s * (1 - s) }
      },
    ),
  ),
  wrong('SwiGLU, the gate by sigmoid instead of SiLU', 'Shazeer 2020', (rng) =>
    formula(
      { a: vec(rng, 5), b: vec(rng, 5) },
      ({ a, b }) => (a * b) / (1 + Math.exp(-b)),
      ({ a, b }) => {
        const s = 1 / (1 + Math.exp(-b))
        return { a: s * b, b: a * s * (1 - s) }
      },
    ),
  ),
  right('GELU by the error-function series', 'Hendrycks & Gimpel 2016', (rng) => {
    const erf = (x: number) => {
      let [term, total] = [x, x]
      for (let k = 1; k < 60; k++) {
        term *= (-x * x) / k
        total += term / (2 * k + 1)
      }
      return (2 / Math.sqrt(Math.PI)) * total
    }
    return each(
      vec(rng, 6, -3, 3),
      (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
      (x) => 0.5 * (1 + erf(x / Math.SQRT2)) + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI),
    )
  }),
  wrong('GELU by tanh, with the gradient of x·sigmoid(1.702 x)', 'Hendrycks & Gimpel 2016', (rng) =>
    each(
      vec(rng, 6, -2, 2),
      (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
      (x) => {
        const s = 1 / (1 + Math.exp(-1.702 * x))
        return s + 1.702 * x * s * (1 - s)
      },
    ),
  ),
  wrong('GELU by tanh, the derivative of the cubic forgotten', 'Hendrycks & Gimpel 2016', (rng) =>
    each(
      vec(rng, 6, -2, 2),
      (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
      (x) => {
        const t = Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))
        return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * Math.sqrt(2 / Math.PI)
      },
    ),
  ),
  right('multi-query attention: one key for two heads', 'Shazeer 2019', (rng) =>
    pure(
      { q: mat(rng, 2, 3), K: mat(rng, 4, 3) },
      ({ q, K }) => ({ data: rowsSoftmax(matmul(q, transpose(K, 4, 3), 2, 3, 4), 4), shape: [2, 4] }),
      ({ q, K }, d, P) => {
        const dS = softmaxBackward(P, d, 4)
        return { q: matmul(dS, K, 2, 4, 3), K: matmul(transpose(dS, 2, 4), q, 4, 2, 3) }
      },
    ),
  ),
  wrong('multi-query attention, key gradient averaged over the heads', 'Shazeer 2019', (rng) =>
    pure(
      { q: mat(rng, 2, 3), K: mat(rng, 4, 3) },
      ({ q, K }) => ({ data: rowsSoftmax(matmul(q, transpose(K, 4, 3), 2, 3, 4), 4), shape: [2, 4] }),
      ({ q, K }, d, P) => {
        const dS = softmaxBackward(P, d, 4)
        return { q: matmul(dS, K, 2, 4, 3), K: matmul(transpose(dS, 2, 4), q, 4, 2, 3).map((v) => v / 2) }
      },
    ),
  ),
  right('embedding lookup with a repeated row', 'torch.nn.Embedding', (rng) =>
    pure(
      { W: mat(rng, 4, 2), index: values([1, 3, 1, 0]) },
      ({ W, index }) => ({
        data: Float64Array.from({ length: 8 }, (_, k) => W[2 * index[k >> 1] + (k % 2)]),
        shape: [4, 2],
      }),
      ({ index }, d) => {
        const W = new Float64Array(8)
        d.forEach((v, k) => {
          W[2 * index[k >> 1] + (k % 2)] += v
        })
        return { W }
      },
      ['index'],
    ),
  ),
  wrong('embedding lookup, a repeated row gets its last gradient only', 'torch.nn.Embedding', (rng) =>
    pure(
      { W: mat(rng, 4, 2), index: values([1, 3, 1, 0]) },
      ({ W, index }) => ({
        data: Float64Array.from({ length: 8 }, (_, k) => W[2 * index[k >> 1] + (k % 2)]),
        shape: [4, 2],
      }),
      ({ index }, d) => {
        const W = new Float64Array(8)
        d.forEach((v, k) => {
          W[2 * index[k >> 1] + (k % 2)] = v
        })
        return { W }
      },
      ['index'],
    ),
  ),
]
