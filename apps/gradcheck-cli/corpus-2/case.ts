/** Numbers in row-major order with their shape. */
export interface Values {
  data: Float64Array
  shape: readonly number[]
}

/** Uniform random numbers in [0, 1). */
export type Rng = () => number

/** What a case makes: a layer-like object. `backward` belongs to the latest `forward`. */
export interface Subject {
  /** The inputs to check at, by name. */
  x: Record<string, Values>
  forward(inputs: Record<string, Values>): Values
  /** Gradients of `Σ dout ⊙ output`, by input name. */
  backward(dout: Values): Record<string, Values>
  /** True if `backward` adds to the gradients of earlier calls. */
  accumulates?: boolean
  /** Names of inputs without a gradient: indices, masks, targets. */
  notDifferentiable?: readonly string[]
}

/** A function with a gradient that is known to be right or wrong. */
export interface Case {
  /** What is computed; for a wrong case also the mistake. */
  name: string
  /** Where the formula comes from. */
  source: string
  kind: 'right' | 'wrong'
  /** Makes the same object for the same random numbers. */
  make(rng: Rng): Subject
  /** Why no finite difference can judge this case. */
  hard?: string
  /** Relative accuracy of the forward pass, where it is coarser than float64. */
  precision?: number
  /** Relative difference that `verify.ts` accepts in a right case. Default 1e-6. */
  tolerance?: number
  /** True if the point is a kink, so that each value between the one-sided slopes is right. */
  subgradient?: boolean
}

type Options = Pick<Case, 'hard' | 'precision' | 'tolerance' | 'subgradient'>

/** A case whose gradient is right. */
export function right(name: string, source: string, make: Case['make'], options: Options = {}): Case {
  return { name, source, kind: 'right', make, ...options }
}

/** A case whose gradient is wrong; the name says how. */
export function wrong(name: string, source: string, make: Case['make'], options: Options = {}): Case {
  return { name, source, kind: 'wrong', make, ...options }
}

/** `data` with its shape, by default one-dimensional. */
export function values(data: ArrayLike<number>, shape: readonly number[] = [data.length]): Values {
  return { data: Float64Array.from(data), shape }
}

/** Uniform random numbers between `low` and `high`. */
export function vec(rng: Rng, length: number, low = -1, high = 1): Values {
  return values(Array.from({ length }, () => low + (high - low) * rng()))
}

/** A matrix (rows, columns) of uniform random numbers between `low` and `high`. */
export function mat(rng: Rng, rows: number, columns: number, low = -1, high = 1): Values {
  return values(vec(rng, rows * columns, low, high).data, [rows, columns])
}

type Arrays<K extends string> = Record<K, Float64Array>
type Output = ArrayLike<number> | Values

function asValues(output: Output): Values {
  return 'shape' in output ? output : values(output)
}

/**
 * A subject of a pure function `f` of arrays and its vector-Jacobian product
 * `vjp(x, dout, y)`. Gradients that `vjp` leaves out are missing.
 */
export function pure<K extends string>(
  x: Record<K, Values>,
  f: (x: Arrays<K>) => Output,
  vjp: (x: Arrays<K>, dout: Float64Array, y: Float64Array) => Partial<Record<K, ArrayLike<number>>>,
  notDifferentiable: readonly NoInfer<K>[] = [],
): Subject {
  let kept: Record<K, Values> = x
  let y = new Float64Array()
  return {
    x,
    notDifferentiable,
    forward(inputs) {
      kept = copied(inputs as Record<K, Values>)
      const output = asValues(f(arraysOf(kept)))
      y = output.data.slice()
      return output
    },
    backward(dout) {
      const gradients: Record<string, Values> = {}
      const given = vjp(arraysOf(kept), dout.data, y)
      for (const key in given) gradients[key] = values(given[key] ?? [], kept[key].shape)
      return gradients
    },
  }
}

export function copied<K extends string>(inputs: Record<K, Values>): Record<K, Values> {
  const copy = {} as Record<K, Values>
  for (const key in inputs) copy[key] = { data: inputs[key].data.slice(), shape: inputs[key].shape }
  return copy
}

function arraysOf<K extends string>(inputs: Record<K, Values>): Arrays<K> {
  const arrays = {} as Arrays<K>
  for (const key in inputs) arrays[key] = inputs[key].data
  return arrays
}

/** A function of one array, entry by entry: `y = f(x)`, `dx = dout · df(x, y)`. */
export function each(x: Values, f: (x: number) => number, df: (x: number, y: number) => number): Subject {
  return pure(
    { x },
    (inputs) => inputs.x.map(f),
    (inputs, dout, y) => ({ x: dout.map((d, i) => d * df(inputs.x[i], y[i])) }),
  )
}

/**
 * A formula of several quantities, entry by entry: all inputs have the same
 * length, `partials` returns the derivative for each.
 */
export function formula<K extends string>(
  x: Record<K, Values>,
  f: (x: Record<K, number>) => number,
  partials: (x: Record<K, number>, y: number) => Partial<Record<K, number>>,
): Subject {
  const keys = Object.keys(x) as K[]
  const at = (arrays: Arrays<K>, i: number) => {
    const point = {} as Record<K, number>
    for (const key of keys) point[key] = arrays[key][i]
    return point
  }
  return pure(
    x,
    (arrays) => arrays[keys[0]].map((_, i) => f(at(arrays, i))),
    (arrays, dout, y) => {
      const gradients: Partial<Arrays<K>> = {}
      for (let i = 0; i < dout.length; i++) {
        const slopes = partials(at(arrays, i), y[i])
        for (const key in slopes) {
          const gradient = (gradients[key] ??= new Float64Array(dout.length))
          gradient[i] = dout[i] * (slopes[key] ?? 0)
        }
      }
      return gradients
    },
  )
}

/** A function of one array with one number as its result: `dx = dout · gradient(x, y)`. */
export function scalar(
  x: Values,
  f: (x: Float64Array) => number,
  gradient: (x: Float64Array, y: number) => ArrayLike<number>,
): Subject {
  return pure(
    { x },
    (inputs) => [f(inputs.x)],
    (inputs, dout, y) => ({ x: Float64Array.from(gradient(inputs.x, y[0]), (g) => dout[0] * g) }),
  )
}

export const sum = (a: ArrayLike<number>): number => Array.from(a).reduce((total, v) => total + v, 0)

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i] * b[i]
  return total
}

/** `A·B` of row-major matrices (n, k) and (k, m). */
export function matmul(A: Float64Array, B: Float64Array, n: number, k: number, m: number): Float64Array {
  const C = new Float64Array(n * m)
  for (let i = 0; i < n; i++)
    for (let p = 0; p < k; p++) for (let j = 0; j < m; j++) C[i * m + j] += A[i * k + p] * B[p * m + j]
  return C
}

/** The transpose of a row-major matrix (rows, columns). */
export function transpose(A: Float64Array, rows: number, columns: number): Float64Array {
  const T = new Float64Array(A.length)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) T[j * rows + i] = A[i * columns + j]
  return T
}

/** The solution of `A·x = b` by elimination with partial pivoting; `b` may have several columns (n, m). */
export function solve(A: Float64Array, b: Float64Array, n: number): Float64Array {
  const m = b.length / n
  const M = A.slice()
  const x = b.slice()
  for (let c = 0; c < n; c++) {
    let pivot = c
    for (let i = c + 1; i < n; i++) if (Math.abs(M[i * n + c]) > Math.abs(M[pivot * n + c])) pivot = i
    for (let j = 0; j < n; j++) [M[c * n + j], M[pivot * n + j]] = [M[pivot * n + j], M[c * n + j]]
    for (let j = 0; j < m; j++) [x[c * m + j], x[pivot * m + j]] = [x[pivot * m + j], x[c * m + j]]
    for (let i = 0; i < n; i++) {
      if (i === c) continue
      const factor = M[i * n + c] / M[c * n + c]
      for (let j = c; j < n; j++) M[i * n + j] -= factor * M[c * n + j]
      for (let j = 0; j < m; j++) x[i * m + j] -= factor * x[c * m + j]
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) x[i * m + j] /= M[i * n + i]
  return x
}

/** Softmax of one vector. */
export function softmax(z: ArrayLike<number>): Float64Array {
  const top = Math.max(...Array.from(z))
  const e = Float64Array.from(z, (v) => Math.exp(v - top))
  const total = sum(e)
  return e.map((v) => v / total)
}
