import {
  copied,
  dot,
  each,
  mat,
  pure,
  type Rng,
  right,
  type Subject,
  scalar,
  softmax,
  sum,
  type Values,
  values,
  vec,
  wrong,
} from '../case.ts'

/** A subject of one input `x` with its own `forward` and `backward` on arrays. */
function layer(
  x: Values,
  forward: (x: Float64Array) => Float64Array,
  backward: (dout: Float64Array) => Float64Array,
): Subject {
  return {
    x: { x },
    forward: (inputs) => ({ data: forward(inputs.x.data), shape: x.shape }),
    backward: (dout) => ({ x: { data: backward(dout.data), shape: x.shape } }),
  }
}

let sharedInput = new Float64Array()
const sharedCache = new Map<string, Float64Array>()
let sharedCalls = 0

/** Draws a mask of zeros and ones, with at least one of each. */
function mask(rng: Rng, n: number): Float64Array {
  const m = Float64Array.from({ length: n }, () => (rng() < 0.5 ? 0 : 1))
  m[0] = 0
  m[n - 1] = 1
  return m
}

export const stateAndRandomness = [
  wrong('square that keeps its first input for ever', 'lazy caching', (rng) => {
    let first: Float64Array | undefined
    return layer(
      vec(rng, 4, 1, 2),
      (x) => {
        first ??= x.slice()
        return x.map((v) => v * v)
      },
      (d) => d.map((v, i) => 2 * v * (first?.[i] ?? 0)),
    )
  }),
  wrong('square whose backward sees the input of the call before', 'double buffering', (rng) => {
    let previous: Float64Array | undefined
    let current: Float64Array | undefined
    return layer(
      vec(rng, 4, 1, 2),
      (x) => {
        previous = current ?? x.slice()
        current = x.slice()
        return x.map((v) => v * v)
      },
      (d) => d.map((v, i) => 2 * v * (previous?.[i] ?? 0)),
    )
  }),
  wrong('square that keeps its input in a variable of the module', 'a global in the module', (rng) =>
    layer(
      vec(rng, 4, 1, 2),
      (x) => {
        if (sharedInput.length === 0) sharedInput = x.slice()
        return x.map((v) => v * v)
      },
      (d) => d.map((v, i) => 2.001 * v * (sharedInput[i] ?? 1)),
    ),
  ),
  wrong('exponential with a memo keyed by the length of its input', 'memoize with a poor key', (rng) => {
    const memo = new Map<number, Float64Array>()
    let y: Float64Array = new Float64Array()
    return layer(
      vec(rng, 3),
      (x) => {
        y = x.map(Math.exp)
        if (!memo.has(x.length)) memo.set(x.length, y)
        return y.slice()
      },
      (d) => d.map((v, i) => v * (memo.get(d.length)?.[i] ?? 0)),
    )
  }),
  right('exponential with a memo keyed by the input itself', 'memoize', (rng) => {
    let y: Float64Array = new Float64Array()
    return layer(
      vec(rng, 3),
      (x) => {
        const key = x.join()
        const found = sharedCache.get(key) ?? x.map(Math.exp)
        if (sharedCache.size < 50) sharedCache.set(key, found)
        y = found.slice()
        return found.slice()
      },
      (d) => d.map((v, i) => v * y[i]),
    )
  }),
  wrong('exponential with a memo keyed by the rounded input', 'memoize, toFixed(2)', (rng) => {
    const memo = new Map<string, Float64Array>()
    let y: Float64Array = new Float64Array()
    return layer(
      vec(rng, 3, 1, 2),
      (x) => {
        const key = Array.from(x, (v) => v.toFixed(0)).join()
        y = memo.get(key) ?? x.map(Math.exp)
        memo.set(key, y)
        return y.slice()
      },
      (d) => d.map((v, i) => v * y[i]),
    )
  }),
  wrong('gradient that adds up without saying so', 'torch, missing zero_grad', (rng) => {
    let x0 = new Float64Array()
    const total = new Float64Array(3)
    return layer(
      vec(rng, 3, 1, 2),
      (x) => {
        x0 = x.slice()
        return x.map((v) => v ** 3)
      },
      (d) => {
        d.forEach((v, i) => {
          total[i] += 3 * v * x0[i] ** 2
        })
        return total.slice()
      },
    )
  }),
  right('gradient that adds up and says so', 'torch.autograd, grad accumulation', (rng) => {
    let x0 = new Float64Array()
    const total = new Float64Array(3)
    const subject = layer(
      vec(rng, 3, 1, 2),
      (x) => {
        x0 = x.slice()
        return x.map((v) => v ** 3)
      },
      (d) => {
        d.forEach((v, i) => {
          total[i] += 3 * v * x0[i] ** 2
        })
        return total.slice()
      },
    )
    return { ...subject, accumulates: true }
  }),
  right('gradient in one buffer that each backward fills again', 'BLAS style out argument', (rng) => {
    let x0 = new Float64Array()
    const buffer = new Float64Array(3)
    return layer(
      vec(rng, 3, 1, 2),
      (x) => {
        x0 = x.slice()
        return x.map((v) => v ** 3)
      },
      (d) => {
        d.forEach((v, i) => {
          buffer[i] = 3 * v * x0[i] ** 2
        })
        return buffer
      },
    )
  }),
  wrong('gradient whose buffer starts with the first gradient', 'out buffer not cleared', (rng) => {
    let x0 = new Float64Array()
    const buffer = new Float64Array(3)
    return layer(
      vec(rng, 3, 1, 2),
      (x) => {
        x0 = x.slice()
        return x.map((v) => v * v)
      },
      (d) => {
        d.forEach((v, i) => {
          buffer[i] = buffer[i] / 2 + 2 * v * x0[i]
        })
        return buffer.slice()
      },
    )
  }),
  wrong('backward that scales dout in place', 'in-place activation', (rng) => {
    let x0 = new Float64Array()
    return layer(
      vec(rng, 3, 1, 2),
      (x) => {
        x0 = x.slice()
        return x.map((v) => v * v)
      },
      (d) => {
        d.forEach((_, i) => {
          d[i] *= 2 * x0[i]
        })
        return d
      },
    )
  }),
  wrong('ReLU in place on its input', 'torch.nn.ReLU(inplace=True)', (rng) => {
    let x0 = new Float64Array()
    return layer(
      values([-1 - rng(), 1 + rng(), -0.5 - rng()]),
      (x) => {
        x.forEach((v, i) => {
          x[i] = Math.max(v, 0)
        })
        x0 = x.slice()
        return x.slice()
      },
      (d) => d.map((v, i) => (x0[i] > 0 ? v : 0)),
    )
  }),
  right('dropout with a mask drawn once', 'Srivastava et al. 2014', (rng) => {
    const m = mask(rng, 6)
    return layer(
      vec(rng, 6),
      (x) => x.map((v, i) => 2 * v * m[i]),
      (d) => d.map((v, i) => 2 * v * m[i]),
    )
  }),
  right('dropout whose mask follows from its input', 'Ba & Frey 2013, standout', (rng) => {
    let keep = new Float64Array()
    return layer(
      values([0.5 + rng(), -0.5 - rng(), 2 + rng()]),
      (x) => {
        keep = x.map((v) => (v > 0 ? 1 : 0))
        return x.map((v, i) => v * keep[i])
      },
      (d) => d.map((v, i) => v * keep[i]),
    )
  }),
  wrong('dropout whose backward draws another mask', 'Srivastava et al. 2014', (rng) => {
    const [m, other] = [mask(rng, 6), mask(rng, 6)]
    other[0] = 1
    return layer(
      vec(rng, 6),
      (x) => x.map((v, i) => 2 * v * m[i]),
      (d) => d.map((v, i) => 2 * v * other[i]),
    )
  }),
  wrong('dropout without the mask in backward', 'Srivastava et al. 2014', (rng) => {
    const m = mask(rng, 6)
    return layer(
      vec(rng, 6),
      (x) => x.map((v, i) => 2 * v * m[i]),
      (d) => d.map((v) => 2 * v),
    )
  }),
  wrong('inverted dropout, the scale in forward only', 'cs231n, inverted dropout', (rng) => {
    const m = mask(rng, 6)
    return layer(
      vec(rng, 6),
      (x) => x.map((v, i) => (v * m[i]) / 0.8),
      (d) => d.map((v, i) => v * m[i]),
    )
  }),
  wrong('dropout that draws a mask at each forward', 'Srivastava et al. 2014', (rng) => {
    let m = new Float64Array()
    let calls = 0
    return layer(
      vec(rng, 6, 1, 2),
      (x) => {
        calls++
        m = x.map((_, i) => ((i * 7 + calls * 3) % 5 < 3 ? 1 : 0))
        return x.map((v, i) => v * m[i])
      },
      (d) => d.map((v, i) => v * m[i]),
    )
  }),
  wrong('additive noise that grows with each call of any object', 'a shared generator', (rng) =>
    layer(
      vec(rng, 3, 1, 2),
      (x) => {
        sharedCalls++
        return x.map((v) => v + 0.01 * Math.sin(sharedCalls))
      },
      (d) => d.map((v) => 1.01 * v),
    ),
  ),
  right('reparametrized normal sample with fixed noise', 'Kingma & Welling 2014', (rng) => {
    const e = vec(rng, 4).data
    return pure(
      { mu: vec(rng, 4), logSigma: vec(rng, 4, -8, 1) },
      ({ mu, logSigma }) => mu.map((v, i) => v + Math.exp(logSigma[i]) * e[i]),
      ({ logSigma }, d) => ({ mu: d, logSigma: d.map((v, i) => v * Math.exp(logSigma[i]) * e[i]) }),
    )
  }),
  wrong(
    'reparametrized normal sample, noise left out of the scale gradient',
    'Kingma & Welling 2014',
    (rng) => {
      const e = vec(rng, 4).data
      return pure(
        { mu: vec(rng, 4), logSigma: vec(rng, 4) },
        ({ mu, logSigma }) => mu.map((v, i) => v + Math.exp(logSigma[i]) * e[i]),
        ({ logSigma }, d) => ({ mu: d, logSigma: d.map((v, i) => v * Math.exp(logSigma[i])) }),
      )
    },
  ),
  right('Gumbel softmax with fixed noise and temperature 0.1', 'Jang et al. 2017', (rng) => {
    const g = vec(rng, 4, 0.05, 0.95).data.map((u) => -Math.log(-Math.log(u)))
    return pure(
      { z: vec(rng, 4, -0.1, 0.1) },
      ({ z }) => softmax(z.map((v, i) => (v + g[i]) / 0.1)),
      (_, d, p) => ({ z: p.map((v, i) => (v * (d[i] - dot(p, d))) / 0.1) }),
    )
  }),
  wrong(
    'Gumbel softmax, hard sample forward and soft gradient back',
    'Jang et al. 2017, straight-through',
    (rng) => {
      const z = vec(rng, 4)
      return pure(
        { z },
        ({ z: v }) => {
          const p = softmax(v)
          return p.map((t) => (t === Math.max(...p) ? 1 : 0))
        },
        ({ z: v }, d) => {
          const p = softmax(v)
          return { z: p.map((t, i) => t * (d[i] - dot(p, d))) }
        },
      )
    },
  ),
  wrong('expected value of a sample, score function without the sample', 'Williams 1992, REINFORCE', (rng) =>
    pure(
      { z: vec(rng, 3) },
      ({ z }) => [dot(softmax(z), [1, 2, 4])],
      ({ z }, d) => ({ z: softmax(z).map((p, i) => d[0] * ((i === 2 ? 1 : 0) - p)) }),
    ),
  ),
  right('expected value by all outcomes', 'Williams 1992, REINFORCE', (rng) =>
    pure(
      { z: vec(rng, 3) },
      ({ z }) => [dot(softmax(z), [1, 2, 4])],
      ({ z }, d, y) => ({ z: softmax(z).map((p, i) => d[0] * p * ([1, 2, 4][i] - y[0])) }),
    ),
  ),
  wrong('warm start: an iteration that continues from its last result', 'warm-started solver', (rng) => {
    let w = 0
    return layer(
      vec(rng, 1, 1, 2),
      (x) => {
        w = w + 0.3 * (x[0] - w)
        return Float64Array.of(w)
      },
      (d) => d.map((v) => 0.3 * v),
    )
  }),
  right('warm start that runs until it has converged', 'warm-started solver', (rng) => {
    let w = 1
    return layer(
      vec(rng, 1, 1, 2),
      (x) => {
        for (let k = 0; k < 60; k++) w -= (w ** 3 + w - x[0]) / (3 * w * w + 1)
        return Float64Array.of(w)
      },
      (d) => d.map((v) => v / (3 * w * w + 1)),
    )
  }),
  wrong(
    'weights of the first call with the gradient of the weights of the second',
    'learning-rate schedule inside',
    (rng) => {
      let step = 0
      return layer(
        vec(rng, 3),
        (x) => x.map((v) => v * (1 + 0.1 * Math.min(step, 5))),
        (d) => {
          step++
          return d.map((v) => v * (1 + 0.1 * Math.min(step, 5)))
        },
      )
    },
  ),
  wrong('spectral normalization, one power step at each call', 'torch, spectral_norm', (rng) => {
    let v = [1, 0.2]
    let s = 1
    return layer(
      mat(rng, 2, 2, 1, 3),
      (A) => {
        const w = [A[0] * v[0] + A[1] * v[1], A[2] * v[0] + A[3] * v[1]]
        const n = Math.hypot(w[0], w[1])
        v = [w[0] / n, w[1] / n]
        s = n
        return A.map((t) => t / s)
      },
      (d) => d.map((t) => t / s),
    )
  }),
  wrong('backward that answers only once and then zero', 'freed graph, retain_graph=False', (rng) => {
    let kept: Float64Array | undefined
    let used = false
    return layer(
      vec(rng, 3, 1, 2),
      (x) => {
        if (!used) kept = x.slice()
        return x.map((v) => v * v)
      },
      (d) => {
        const g = d.map((v, i) => 2 * v * (kept?.[i] ?? 0))
        kept = undefined
        used = true
        return g
      },
    )
  }),
  wrong('gradient clipped to 1 inside backward', 'Pascanu et al. 2013', (rng) =>
    pure(
      { x: vec(rng, 4, 2, 3) },
      ({ x }) => x.map((v) => v * v),
      ({ x }, d) => ({ x: d.map((v, i) => Math.max(-1, Math.min(1, 2 * v * x[i]))) }),
    ),
  ),
  wrong('gradient normalized to length 1 inside backward', 'You et al. 2017, LARS', (rng) =>
    pure(
      { x: vec(rng, 4, 2, 3) },
      ({ x }) => x.map((v) => v * v),
      ({ x }, d) => {
        const g = d.map((v, i) => 2 * v * x[i])
        return { x: g.map((v) => v / Math.sqrt(dot(g, g))) }
      },
    ),
  ),
  wrong('backward that ignores dout', 'micrograd, seed 1', (rng) =>
    pure(
      { x: vec(rng, 4) },
      ({ x }) => x.map((v) => Math.sin(v)),
      ({ x }) => ({ x: x.map((v) => Math.cos(v)) }),
    ),
  ),
  wrong('backward with the sign of dout only', 'Riedmiller & Braun 1993, Rprop', (rng) =>
    pure(
      { x: vec(rng, 4) },
      ({ x }) => x.map((v) => v * 3),
      (_, d) => ({ x: d.map((v) => 3 * Math.sign(v)) }),
    ),
  ),
  wrong('gradient reversal layer', 'Ganin & Lempitsky 2015', (rng) =>
    each(
      vec(rng, 4),
      (x) => x,
      () => -0.1,
    ),
  ),
  wrong('stop-gradient on one of two uses', 'Chen & He 2021, SimSiam', (rng) =>
    scalar(
      vec(rng, 4),
      (x) => dot(x, x) / 2 + sum(x.map(Math.sin)),
      (x) => x.map((v) => Math.cos(v)),
    ),
  ),
  right('object that counts and logs its calls', 'a debugging wrapper', (rng) => {
    const log: number[] = []
    let x0 = new Float64Array()
    return layer(
      vec(rng, 4),
      (x) => {
        log.push(sum(x))
        x0 = x.slice()
        return x.map((v) => Math.atan(v))
      },
      (d) => d.map((v, i) => v / (1 + x0[i] ** 2)),
    )
  }),
  right('weights made lazily at the first call, always the same', 'Keras, build()', (rng) => {
    let w: Float64Array | undefined
    const make = (n: number) => Float64Array.from({ length: n }, (_, i) => Math.sin(i + 1))
    return layer(
      vec(rng, 4),
      (x) => {
        w ??= make(x.length)
        const weights = w
        return x.map((v, i) => v * weights[i])
      },
      (d) => d.map((v, i) => v * (w?.[i] ?? 0)),
    )
  }),
  wrong(
    'weights made at the first call from its input',
    'Salimans & Kingma 2016, data-dependent start',
    (rng) => {
      let w: Float64Array | undefined
      return layer(
        vec(rng, 4, 1, 2),
        (x) => {
          w ??= x.map((v) => 1 / v)
          const weights = w
          return x.map((v, i) => v * weights[i])
        },
        (d) => d.map((v, i) => 1.01 * v * (w?.[i] ?? 0)),
      )
    },
  ),
  right('backward that may be called twice for one forward', 'retain_graph=True', (rng) => {
    let kept: Record<string, Values> = {}
    const x = vec(rng, 3, 0.5, 2)
    return {
      x: { x },
      forward(inputs) {
        kept = copied(inputs)
        return values(kept.x.data.map((v) => Math.log(v)))
      },
      backward: (dout) => ({ x: values(dout.data.map((v, i) => v / kept.x.data[i])) }),
    }
  }),
]
