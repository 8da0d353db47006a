import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkGradient } from '../check-gradient.ts'
import { checkJacobian } from '../check-jacobian.ts'
import { checkLayer } from '../check-layer.ts'
import { numericalGradient } from '../numeric/numerical-gradient.ts'

/** Precision, constants, whole numbers, shared memory and state, where other checkers accuse right code or miss wrong code. */

describe('precision', () => {
  it('of a linear layer in float32 is no error, and the report says what may pass unnoticed (pytorch 5351)', () => {
    const f = ({ W, b, x }: { W: Float32Array; b: Float32Array; x: Float32Array }): number =>
      Math.fround(Math.fround(Math.fround(W[0] * x[0]) + Math.fround(W[1] * x[1])) + b[0])
    const inputs = {
      W: Float32Array.of(0.31, -0.72),
      b: Float32Array.of(0.13),
      x: Float32Array.of(1.37, 0.58),
    }
    const { verdict, notes } = checkGradient(f, ({ W, x }) => ({ W: x, b: [1], x: W }), inputs)
    expect(verdict).toBe('pass')
    expect(notes.join()).toContain('may pass unnoticed')
  })

  it('of an output that is constant is allowed (pytorch 194869)', () => {
    const f = (x: number[]): number[] => [x[0] * x[1], 3]
    expect(
      checkJacobian(
        f,
        ([a, b]) => [
          [b, a],
          [0, 0],
        ],
        [2, 5],
      ).verdict,
    ).toBe('pass')
  })
})

describe('whole numbers', () => {
  it('are named as not differentiated, and refused where nothing else is there (ChainRulesTestUtils 136)', () => {
    const f = ({ x, n }: { x: number; n: Int32Array }): number => x ** n[0]
    const { verdict, notes } = checkGradient(f, ({ x, n }) => ({ x: n[0] * x ** (n[0] - 1) }), {
      x: 1.5,
      n: Int32Array.of(3),
    })
    expect([verdict, notes.length]).toEqual(['pass', 1])
    expect(() =>
      checkGradient(
        (n: Int32Array) => n[0],
        () => [1],
        Int32Array.of(3),
      ),
    ).toThrow(/nothing to differentiate by/)
    expect(() => numericalGradient(() => 1, Int32Array.of(3) as never)).toThrow(TypeError)
  })
})

describe('inputs', () => {
  it('that share memory with others are copied (pytorch 38586)', () => {
    const all = tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    const layer = { forward: (x: typeof all) => x.clone(), backward: (dout: typeof all) => dout.clone() }
    expect(checkLayer(layer, all.rows(0, 2)).verdict).toBe('pass')
    expect(all.toArray()).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
  })

  it('are restored between entries, so that one does not spoil the others (Odyssey PR 2090)', () => {
    const x = [2, 3, 5, 7]
    const product = (values: number[]): number => values.reduce((total, value) => total * value, 1)
    const gradient = (values: number[]): number[] => values.map((value) => product(values) / value)
    expect(checkGradient(product, gradient, x).verdict).toBe('pass')
    const firstWrong = (values: number[]): number[] =>
      gradient(values).map((value, i) => (i === 0 ? -value : value))
    expect(checkGradient(product, firstWrong, x).entries[0]).toMatchObject({
      wrong: 1,
      worst: { index: [0] },
    })
    expect(x).toEqual([2, 3, 5, 7])
  })

  it('are not compared with themselves: every other gradient fails (chainer 3541)', () => {
    for (const factor of [-1, 0, 0.5, 1.001, 2]) {
      expect(
        checkGradient(
          (x: number) => x ** 3,
          (x) => factor * 3 * x ** 2,
          1.3,
        ).verdict,
      ).toBe('fail')
    }
  })
})

describe('state', () => {
  it('that decides between equal winners is called not repeatable (pytorch 67657)', () => {
    let calls = 0
    const unpool = (x: number[]): number[] => [0, (calls++ % 2 === 0 ? x[0] : x[1]) ?? 0]
    const vjp = (_: number[], dout: number[]): number[] => [dout[1], 0]
    expect(checkJacobian(unpool, { vjp }, [1, 2]).findings.map(({ name }) => name)).toContain(
      'not-repeatable',
    )
  })

  it('that is recorded beside the graph leaves the gradient 0, which is named (cs249r_book 1341)', () => {
    const { verdict, entries } = checkGradient(
      (x: number[]) => Math.tanh(x[0]) + Math.tanh(x[1]),
      () => [0, 0],
      [0.3, -1],
    )
    expect(verdict).toBe('fail')
    expect(entries[0].cause).toMatch(/0 everywhere/)
  })

  it('of an LSTM with one output passes (chainer 4010)', () => {
    const sigmoid = (a: number): number => 1 / (1 + Math.exp(-a))
    const gates = ({ a, c }: { a: number[]; c: number }) => {
      const [i, f, o, g] = [sigmoid(a[0]), sigmoid(a[1]), sigmoid(a[2]), Math.tanh(a[3])]
      return { i, f, o, g, next: f * c + i * g }
    }
    const cell = (x: { a: number[]; c: number }): { h: number; c: number } => {
      const { o, next } = gates(x)
      return { h: o * Math.tanh(next), c: next }
    }
    const vjp = (x: { a: number[]; c: number }, dout: { h: number; c: number }) => {
      const { i, f, o, g, next } = gates(x)
      const dNext = dout.c + dout.h * o * (1 - Math.tanh(next) ** 2)
      const da = [
        dNext * g * i * (1 - i),
        dNext * x.c * f * (1 - f),
        dout.h * Math.tanh(next) * o * (1 - o),
        dNext * i * (1 - g * g),
      ]
      return { a: da, c: dNext * f }
    }
    expect(checkJacobian(cell, { vjp }, { a: [0.2, -0.4, 0.7, 1.1], c: -0.6 }).verdict).toBe('pass')
  })
})
