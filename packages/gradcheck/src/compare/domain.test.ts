import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLayer } from '../index.ts'
import { Elementwise, normal } from '../layers.testing.ts'

/** Functions that are right but hard to differentiate numerically: near the end of their domain, fast, or iterated. */

/** The root y of y + 0.6·sin y = x by iteration until the tolerance is met, and the derivative of the exact root. */
const fixedPoint = (x: number): number => {
  for (let y = 0, next = 0; ; y = next) {
    next = x - 0.6 * Math.sin(y)
    if (Math.abs(next - y) < 1e-10) return next
  }
}
const bisection = (x: number): number => {
  let [low, high] = [-10, 10]
  while (high - low > 1e-10) {
    const y = (low + high) / 2
    if (y + 0.6 * Math.sin(y) > x) high = y
    else low = y
  }
  return (low + high) / 2
}
const slopeOfRoot = (root: (x: number) => number) => (x: number) => 1 / (1 + 0.6 * Math.cos(root(x)))

const verdict = (f: (x: number) => number, derivative: (x: number) => number, x = normal([3, 4])): string =>
  String(checkLayer(new Elementwise(f, derivative), x)).split('\n')[0]

describe('checkLayer', () => {
  for (const distance of [1e-3, 1e-6, 1e-8, 1e-10, 1e-14]) {
    it(`passes functions at ${distance} from the end of their domain`, () => {
      const near0 = tensor([distance, 0.5, 1, 2 * distance])
      expect(verdict(Math.sqrt, (x) => 0.5 / Math.sqrt(x), near0)).toContain(': pass')
      expect(verdict(Math.log, (x) => 1 / x, near0)).toContain(': pass')
      expect(verdict(Math.cbrt, (x) => 1 / (3 * Math.cbrt(x) ** 2), near0)).toContain(': pass')
      const near1 = tensor([1 - distance, 0.3, -1 + 2 * distance])
      expect(verdict(Math.acos, (x) => -1 / Math.sqrt((1 - x) * (1 + x)), near1)).toContain(': pass')
    })

    it(`fails derivatives that are 2 % off at ${distance} from the end of a domain`, () => {
      const near0 = tensor([distance, 0.5, 1, 2 * distance])
      expect(verdict(Math.sqrt, (x) => 0.51 / Math.sqrt(x), near0)).toContain(': fail')
      expect(verdict(Math.log, (x) => 1.02 / x, near0)).toContain(': fail')
    })
  }

  it('judges functions of high frequency, whose noise is the rounding of x, enlarged', () => {
    for (const [scale, w] of [
      [1, 1e3],
      [1, 1e5],
      [1e-6, 1e6],
      [1, 3e7],
      [1, 1e8],
      [1e-8, 1e8],
    ]) {
      const f = (x: number): number => scale * Math.sin(w * x)
      const derivative = (x: number): number => scale * w * Math.cos(w * x)
      expect(verdict(f, derivative)).toContain(': pass')
      expect(verdict(f, (x) => 1.01 * derivative(x))).toContain(': fail')
    }
  })

  it('judges functions that vary faster and faster', () => {
    const x = tensor([0.01, 0.02, 0.5, 0.003])
    const f = (x: number): number => x * x * Math.sin(1 / x)
    const derivative = (x: number): number => 2 * x * Math.sin(1 / x) - Math.cos(1 / x)
    expect(verdict(f, derivative, x)).toContain(': pass')
    expect(verdict(f, (x) => 1.01 * derivative(x), x)).toContain(': fail')
  })

  it('judges derivatives of every scale in proportion to the function and its argument', () => {
    for (const scale of [1e-150, 1e-30, 1e-10, 1e10, 1e30, 1e150]) {
      const derivative = (x: number): number => (1 - Math.tanh(x / scale) ** 2) / scale
      const x = tensor([0.3 * scale, -0.7 * scale, 1.1 * scale])
      expect(verdict((x) => Math.tanh(x / scale), derivative, x)).toContain(': pass')
      expect(
        verdict(
          (x) => Math.tanh(x / scale),
          (x) => 1.01 * derivative(x),
          x,
        ),
      ).toContain(': fail')
      const tall = (factor: number) => (x: number) => factor * scale * (1 - Math.tanh(x) ** 2)
      expect(verdict((x) => scale * Math.tanh(x), tall(1))).toContain(': pass')
      expect(verdict((x) => scale * Math.tanh(x), tall(1.01))).toContain(': fail')
    }
  })

  it('judges poles and functions that are nearly singular', () => {
    for (const [f, derivative, x] of [
      [Math.tan, (x: number) => 1 + Math.tan(x) ** 2, [1.57, 1.5707, -1.5]],
      [(x: number) => 1 / x, (x: number) => -1 / x ** 2, [1e-6, 0.3, -1e-9]],
      [Math.acosh, (x: number) => 1 / Math.sqrt((x - 1) * (x + 1)), [1 + 1e-8, 2, 10]],
      [Math.atanh, (x: number) => 1 / ((1 - x) * (1 + x)), [1 - 1e-8, 0.3, 1e-10 - 1]],
      [(x: number) => x * Math.log(x), (x: number) => 1 + Math.log(x), [1e-9, 0.3, 1e-13]],
      [
        (x: number) => Math.sqrt(x * x + 1e-12),
        (x: number) => x / Math.sqrt(x * x + 1e-12),
        [1e-6, 0.3, -1e-9],
      ],
    ] as const) {
      expect(verdict(f, derivative, tensor([...x]))).toContain(': pass')
      expect(verdict(f, (x) => 1.01 * derivative(x), tensor([...x]))).toContain(': fail')
    }
  })

  it('judges functions that iterate until a tolerance is met', () => {
    for (const root of [fixedPoint, bisection]) {
      const slope = slopeOfRoot(root)
      expect(verdict(root, slope)).toContain(': pass')
      expect(verdict(root, (x) => 1.02 * slope(x))).toContain(': fail')
    }
  })
})
