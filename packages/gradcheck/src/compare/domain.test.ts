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

  it('judges functions of high frequency', () => {
    for (const w of [1e3, 1e5, 1e6]) {
      const f = (x: number): number => Math.sin(w * x)
      expect(verdict(f, (x) => w * Math.cos(w * x))).toContain(': pass')
      expect(verdict(f, (x) => 1.02 * w * Math.cos(w * x))).toContain(': fail')
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
