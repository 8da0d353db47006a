/** The reference backend: plain TypeScript, sums in float64 whatever the dtype, rounded when stored. */
import type { Backend, BinaryOperation, UnaryOperation } from '../backend.ts'
import { matmul } from './matmul.ts'

/** ReLU keeps NaN, so that it is seen in the layer that produced it. */
const UNARY_FORMULAS: Record<UnaryOperation, (x: number) => number> = {
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  negate: (x) => -x,
  square: (x) => x * x,
  tanh: Math.tanh,
  sigmoid,
  relu: (x) => Math.max(0, x),
}

/** `1/(1 + e⁻ˣ)`, written so that the exponential never overflows. */
function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const e = Math.exp(x)
  return e / (1 + e)
}

const BINARY_FORMULAS: Record<BinaryOperation, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  maskPositive: (a, b) => (b <= 0 ? 0 : a),
}

/** The reference: complete by definition. */
export const js: Backend = {
  name: 'js',

  matmul,

  unary(operation, x, out) {
    const formula = UNARY_FORMULAS[operation]
    for (let i = 0; i < out.length; i++) out[i] = formula(x[i])
  },

  binary(operation, a, aStrides, b, bStrides, out, { rows, columns }) {
    const formula = BINARY_FORMULAS[operation]
    for (let r = 0, i = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++, i++) {
        out[i] = formula(a[r * aStrides.row + c * aStrides.column], b[r * bStrides.row + c * bStrides.column])
      }
    }
  },

  reduce(reduction, x, out, { outer, length, inner }) {
    const isSum = reduction === 'sum'
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        let result = isSum ? 0 : -Infinity
        for (let l = 0; l < length; l++) {
          const value = x[(o * length + l) * inner + i]
          result = isSum ? result + value : Math.max(result, value)
        }
        out[o * inner + i] = result
      }
    }
  },

  logSoftmax(x, out, { rows, columns }) {
    for (let start = 0; start < rows * columns; start += columns) {
      let m = -Infinity
      for (let i = start; i < start + columns; i++) m = Math.max(m, x[i])
      let sum = 0
      for (let i = start; i < start + columns; i++) sum += Math.exp(x[i] - m)
      const logSum = Math.log(sum)
      for (let i = start; i < start + columns; i++) out[i] = x[i] - m - logSum
    }
  },

  axpy(alpha, x, y) {
    for (let i = 0; i < y.length; i++) y[i] += alpha * x[i]
  },

  im2col(x, out, { N, C, H, W, OH, OW, height, width, strideY, strideX, padY, padX }) {
    let next = 0
    for (let n = 0; n < N; n++) {
      for (let oy = 0; oy < OH; oy++) {
        for (let ox = 0; ox < OW; ox++) {
          for (let c = 0; c < C; c++) {
            for (let fy = 0; fy < height; fy++) {
              const y = oy * strideY + fy - padY
              for (let fx = 0; fx < width; fx++) {
                const x0 = ox * strideX + fx - padX
                const isInside = y >= 0 && y < H && x0 >= 0 && x0 < W
                out[next++] = isInside ? x[((n * C + c) * H + y) * W + x0] : 0
              }
            }
          }
        }
      }
    }
  },
}
