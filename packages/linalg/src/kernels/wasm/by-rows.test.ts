import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRng } from '../../tensor/rng.ts'
import type { FloatArray } from '../../tensor/shape.ts'
import type { Backend, BinaryOperation, OperandStrides, UnaryOperation } from '../backend.ts'
import { js } from '../js/index.ts'
import { createWasm } from './index.ts'
import { expectSame, like, numbers, special } from './numbers.testing.ts'

const wasm = createWasm() as Backend
const length = fc.integer({ min: 1, max: 70 })
const seed = fc.integer({ min: 0, max: 2 ** 31 })

describe('elementwise kernels of the wasm backend', () => {
  const counts = fc.oneof(length, fc.constantFrom(8191, 8192, 8193, 20000))
  const unary = (backend: Backend, operation: UnaryOperation, x: FloatArray) => {
    const out = like(x, x.length)
    backend.unary(operation, x, out)
    return out
  }

  it('have the bits of the reference for operations that all engines round alike', () => {
    const operations = fc.constantFrom<UnaryOperation>('sqrt', 'abs', 'negate', 'square', 'relu')
    fc.assert(
      fc.property(operations, counts, fc.boolean(), seed, (operation, count, single, from) => {
        const x = numbers(count, single, from, 0.2)
        expectSame(unary(wasm, operation, x), unary(js, operation, x))
      }),
    )
  })

  const transcendental = ['exp', 'log', 'tanh', 'sigmoid'] as const
  const maxUlps = { exp: 1, log: 1, tanh: 3, sigmoid: 3 }
  const range = { exp: 750, log: 1e300, tanh: 30, sigmoid: 750 }

  it.each(transcendental)('%s of float64 is accurate to its stated units in the last place', (operation) => {
    const rng = createRng(3)
    const x = Float64Array.from({ length: 200_000 }, (_, i) => {
      const size = i % 2 === 0 ? range[operation] * rng.uniform() : 2 ** (-1074 * rng.uniform() ** 3)
      return operation === 'log' || rng.uniform() < 0.5 ? size : -size
    })
    expect(worstUlps(unary(wasm, operation, x), unary(js, operation, x))).toBeLessThanOrEqual(
      // The engine's own function, the reference here, may be off by one more.
      maxUlps[operation] + 1,
    )
  })

  it.each(transcendental)('%s of float32 is the nearest float32, except in rare ties', (operation) => {
    const rng = createRng(4)
    const x = Float32Array.from({ length: 100_000 }, (_, i) =>
      i % 2 === 0 ? 100 * rng.uniform() - (operation === 'log' ? 0 : 50) : 2 ** (-140 * rng.uniform()),
    )
    const got = unary(wasm, operation, x)
    const expected = unary(js, operation, x)
    expect(got.filter((value, i) => !Object.is(value, expected[i])).length).toBeLessThan(3)
  })

  it.each(transcendental)('%s of special values is that of the reference', (operation) => {
    for (const x of [Float64Array.from(special), Float32Array.from(special)]) {
      expectSame(unary(wasm, operation, x), unary(js, operation, x))
    }
  })

  it.each(transcendental)('%s has the same bits at every position', (operation) => {
    const x = numbers(9000, true, 5)
    const all = unary(wasm, operation, x)
    for (const i of [0, 1, 8191, 8999]) {
      expect(unary(wasm, operation, x.slice(i, i + 1))[0]).toBe(all[i])
    }
  })

  const repetition = fc.constantFrom('full', 'row', 'column', 'number', 'transposed')
  const stridesOf = (kind: string, rows: number, columns: number): OperandStrides =>
    ({
      full: { row: columns, column: 1 },
      row: { row: 0, column: 1 },
      column: { row: 1, column: 0 },
      number: { row: 0, column: 0 },
      transposed: { row: 1, column: rows },
    })[kind] as OperandStrides

  it('have the bits of the reference for all binary operations, whatever is repeated', () => {
    const operations = fc.constantFrom<BinaryOperation>('add', 'sub', 'mul', 'div', 'maskPositive')
    const shapes = fc.oneof(
      fc.tuple(length, length),
      fc.constantFrom([1, 20000], [20000, 1], [3, 9000], [300, 130]),
    )
    fc.assert(
      fc.property(
        operations,
        repetition,
        repetition,
        shapes,
        fc.boolean(),
        seed,
        (operation, p, q, shape, single, s) => {
          const [rows, columns] = shape
          const size = { rows, columns }
          const a = numbers(rows * columns, single, s, 0.1)
          const b = numbers(rows * columns, single, s + 1, 0.1)
          const [got, expected] = [like(a, rows * columns), like(a, rows * columns)]
          const strides = [stridesOf(p, rows, columns), stridesOf(q, rows, columns)] as const
          wasm.binary(operation, a, strides[0], b, strides[1], got, size)
          js.binary(operation, a, strides[0], b, strides[1], expected, size)
          expectSame(got, expected)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('write into an operand in place', () => {
    const x = numbers(20000, true, 6)
    const out = x.slice()
    wasm.unary('exp', out, out)
    expectSame(out, unary(wasm, 'exp', x))
    const strides = { row: 20000, column: 1 }
    const y = x.slice()
    wasm.binary('add', y, strides, y, strides, y, { rows: 1, columns: 20000 })
    expectSame(
      y,
      x.map((value) => 2 * value),
    )
  })

  it('round the product and then the sum in axpy', () => {
    fc.assert(
      fc.property(counts, fc.boolean(), seed, (count, single, from) => {
        const x = numbers(count, single, from)
        const y = numbers(count, single, from + 1)
        const round = single ? Math.fround : (value: number) => value
        const expected = y.map((value, i) => value + round(round(-0.1) * x[i]))
        wasm.axpy(-0.1, x, y)
        expectSame(y, expected)
      }),
    )
  })
})

/** Returns the largest difference between two results, in units in the last place. */
function worstUlps(got: FloatArray, expected: FloatArray): number {
  const [a, b] = [got, expected].map((x) => new BigInt64Array(Float64Array.from(x).buffer))
  let worst = 0
  a.forEach((bits, i) => {
    worst = Math.max(worst, Math.abs(Number(bits - b[i])))
  })
  return worst
}
