/** Hashes of kernel results, to compare their bits between engines and processors. */
import type { FloatArray } from '../../tensor/shape.ts'
import type { Backend } from '../backend.ts'
import { createWasm } from './index.ts'

const wasm = createWasm() as Backend

/** Returns FNV-1a over the bytes, as eight hexadecimal digits. */
function hash(x: FloatArray): string {
  let state = 0x811c9dc5
  for (const byte of new Uint8Array(x.buffer, x.byteOffset, x.byteLength)) {
    state = Math.imul(state ^ byte, 0x01000193) >>> 0
  }
  return state.toString(16).padStart(8, '0')
}

/** Returns numbers between −4 and 4, computed exactly on every engine. */
export const spreadNumbers = (x: FloatArray): FloatArray =>
  x.map((_, i) => (Math.imul(i + 1, 0x9e3779b1) >> 8) / 2 ** 21)

/** Returns the hashes of what the kernels compute from these numbers. */
export function hashesOfResults(x: FloatArray): Record<string, string> {
  const unary = (operation: 'exp' | 'log' | 'tanh' | 'sigmoid') => {
    const out = x.slice()
    wasm.unary(operation, operation === 'log' ? x.map(Math.abs) : x, out)
    return hash(out)
  }
  const size = { m: 61, k: 300, n: 45 }
  const product = (a: FloatArray) => {
    const out = a.slice(0, size.m * size.n)
    wasm.matmul(a, x.subarray(7, 7 + size.k * size.n), out, size, { a: false, b: false })
    return hash(out)
  }
  const a = x.subarray(0, size.m * size.k)
  return {
    exp: unary('exp'),
    log: unary('log'),
    tanh: unary('tanh'),
    sigmoid: unary('sigmoid'),
    matmul: product(a),
    'matmul of mostly zeros': product(a.map((value, i) => (i % 5 > 0 ? 0 : value))),
  }
}
