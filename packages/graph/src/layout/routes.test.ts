import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stretch } from './geometry.ts'
import { bendsOf } from './routes.ts'

/** Routes from a column that ends at 100 to one that starts at 134. */
const lines = (ways: readonly (readonly [from: number, to: number])[]): Stretch[][] =>
  ways.map(([from, to]) => [
    { left: 0, right: 100, y: from },
    { left: 134, right: 200, y: to },
  ])

describe('bendsOf', () => {
  it('puts a single bend in the middle of the gap, which keeps its width', () => {
    const { middles, shift } = bendsOf(lines([[0, 50]]))
    expect(middles).toEqual([[117]])
    expect([shift(100), shift(134)]).toEqual([0, 0])
  })

  it('puts bends side by side, and moves what follows', () => {
    const { middles, shift } = bendsOf(
      lines([
        [0, 50],
        [20, 70],
        [40, 90],
      ]),
    )
    expect(middles).toEqual([[135], [126], [117]])
    expect([shift(100), shift(134)]).toEqual([0, 18])
  })

  it('shares a channel among bends one above the other, and gives level lines none', () => {
    const { middles, shift } = bendsOf(
      lines([
        [0, 20],
        [50, 80],
        [40, 40],
      ]),
    )
    expect(middles).toEqual([[117], [117], [117]])
    expect(shift(134)).toBe(0)
  })

  it('never puts bends on each other, and lets lines that keep their order not cross', () => {
    const heights = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(heights, heights, (from, to) => {
        const count = Math.min(from.length, to.length)
        const [starts, ends] = [from, to].map((all) => all.slice(0, count).sort((a, b) => a - b))
        const ways = starts.map((start, i) => [start * 20, ends[i] * 20 + 7] as const)
        const { middles } = bendsOf(lines(ways))
        for (const [i, [fromA, toA]] of ways.entries()) {
          for (const [j, [fromB, toB]] of ways.entries()) {
            if (i >= j || Math.sign(toA - fromA) !== Math.sign(toB - fromB)) continue
            // If both lead down, the lower one, j, bends first; if both lead up, the upper one, i.
            const meet = fromA < toA ? fromB < toA : toB < fromA
            if (meet) expect(Math.sign(middles[i][0] - middles[j][0])).toBe(fromA < toA ? 1 : -1)
          }
        }
      }),
    )
  })
})
