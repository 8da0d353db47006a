import { createRng, randomUniform, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLayer } from '../index.ts'
import { Elementwise, normal } from '../layers.testing.ts'

/** The verdict for a function of one number with the given derivative, by every method. */
const verdicts = (f: (x: number) => number, derivative: (x: number) => number, x: Tensor): string[] =>
  (['richardson', 'central', 'five-point'] as const).map(
    (method) => checkLayer(new Elementwise(f, derivative), x, { method }).verdict,
  )

const PASS = ['pass', 'pass', 'pass']
const FAIL = ['fail', 'fail', 'fail']

const quantize =
  (steps: number) =>
  (x: number): number =>
    Math.round(x * steps) / steps
const sawtooth =
  (period: number) =>
  (x: number): number =>
    x - period * Math.floor(x / period)

const points = [normal([3, 4]), randomUniform([2, 5], { rng: createRng(3) }), normal([3, 4], 8, 30)]

describe('checkLayer of functions of steps', () => {
  for (const steps of [1, 4, 10, 128, 1000, 4096]) {
    it(`fails 1, and passes 0, as the derivative of ${steps} stairs per unit`, () => {
      for (const x of points) {
        expect(verdicts(quantize(steps), () => 1, x)).toEqual(FAIL)
        expect(verdicts(quantize(steps), () => 0, x)).toEqual(PASS)
      }
    })
  }

  for (const period of [2 ** -10, 1 / 128, 0.01, 0.3]) {
    it(`fails 0, and passes 1, as the derivative of a sawtooth of period ${period}`, () => {
      for (const x of points) {
        expect(verdicts(sawtooth(period), () => 0, x)).toEqual(FAIL)
        expect(verdicts(sawtooth(period), () => 1, x)).toEqual(PASS)
      }
    })
  }

  it('fails the quantized value of a smooth function with the derivative of that', () => {
    const tanh8 = (x: number): number => Math.round(256 * Math.tanh(x)) / 256
    expect(verdicts(tanh8, (x) => 1 - Math.tanh(x) ** 2, normal([3, 4]))).toEqual(FAIL)
  })

  it('names steps as the cause of a slope where the derivative is 0', () => {
    for (const steps of [1, 10, 128, 4096]) {
      const { entries } = checkLayer(new Elementwise(quantize(steps), () => 1), points[0])
      expect(entries[0].cause).toMatch(/flat between jumps/)
    }
    const noMask = new Elementwise(
      (x) => Math.max(0, x),
      () => 1,
    )
    expect(checkLayer(noMask, points[0]).entries[0].cause).not.toMatch(/jumps/)
  })

  it('passes a smooth function plus stairs with its own derivative only', () => {
    const f = (x: number): number => x * x + Math.floor(8 * x)
    expect(verdicts(f, (x) => 2 * x, normal([3, 4]))).toEqual(PASS)
    expect(verdicts(f, (x) => 2 * x + 8, normal([3, 4]))).toEqual(FAIL)
  })
})

describe('checkLayer at a jump', () => {
  const atZero = tensor([[0, 0.5, -0.5]])
  const step = (x: number): number => (x >= 0 ? 1 : 0)

  it('passes the slope of the branches, and fails any other', () => {
    expect(verdicts(step, () => 0, atZero)).toEqual(PASS)
    for (const slope of [1, 100, 1e9, -1]) {
      expect(verdicts(step, (x) => (x === 0 ? slope : 0), atZero)).toEqual(FAIL)
    }
    expect(verdicts(Math.sign, () => 0, atZero)).toEqual(PASS)
    expect(verdicts(Math.sign, (x) => (x === 0 ? 1 : 0), atZero)).toEqual(FAIL)
  })

  it('accepts the slope of either branch, and what lies between', () => {
    const f = (x: number): number => (x > 0 ? 3 * x + 2 : -x)
    for (const slope of [3, -1, 1]) {
      expect(verdicts(f, (x) => (x === 0 ? slope : x > 0 ? 3 : -1), atZero)).toEqual(PASS)
    }
    for (const slope of [4, -2]) {
      expect(verdicts(f, (x) => (x === 0 ? slope : x > 0 ? 3 : -1), atZero)).toEqual(FAIL)
    }
  })
})
