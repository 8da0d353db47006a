import { describe, expect, it } from 'vitest'
import type { Backend } from '../backend.ts'
import type { FloatArray } from '../dtype.ts'
import { createWasm } from './index.ts'
import { like } from './numbers.testing.ts'

const wasm = createWasm() as Backend

/** FNV-1a over the bytes, as eight hexadecimal digits. */
function hash(x: FloatArray): string {
  let state = 0x811c9dc5
  for (const byte of new Uint8Array(x.buffer, x.byteOffset, x.byteLength)) {
    state = Math.imul(state ^ byte, 0x01000193) >>> 0
  }
  return state.toString(16).padStart(8, '0')
}

/** Numbers between −4 and 4 without any library's help. */
const spread = (x: FloatArray): FloatArray => x.map((_, i) => (Math.imul(i + 1, 0x9e3779b1) >> 8) / 2 ** 21)

/** The hashes of what the kernels make of these numbers. */
function bits(x: FloatArray): Record<string, string> {
  const unary = (operation: 'exp' | 'log' | 'tanh' | 'sigmoid') => {
    const out = like(x, x.length)
    wasm.unary(operation, operation === 'log' ? x.map(Math.abs) : x, out)
    return hash(out)
  }
  const size = { m: 61, k: 300, n: 45 }
  const product = (a: FloatArray) => {
    const out = like(a, size.m * size.n)
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

describe('the bits of the wasm backend', () => {
  // Recorded under Node 20 (V8 11.3) on x86-64; every other engine and processor has to give the same.
  it('are those recorded, in float32', () => {
    expect(bits(spread(new Float32Array(20_000)))).toMatchInlineSnapshot(`
      {
        "exp": "35a4640e",
        "log": "f4f6afde",
        "matmul": "2468d272",
        "matmul of mostly zeros": "3d6752a8",
        "sigmoid": "5d628db1",
        "tanh": "d9722995",
      }
    `)
  })

  it('are those recorded, in float64', () => {
    expect(bits(spread(new Float64Array(20_000)))).toMatchInlineSnapshot(`
      {
        "exp": "38f6f99e",
        "log": "485a54f8",
        "matmul": "b2e66df3",
        "matmul of mostly zeros": "9433808b",
        "sigmoid": "fdaf389e",
        "tanh": "fb52e9f2",
      }
    `)
  })
})
