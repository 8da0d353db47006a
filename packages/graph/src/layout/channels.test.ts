import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { channels } from './channels.ts'
import type { Stretch } from './place.ts'

/** Lines from a column that ends at 100 to one that begins at 134. */
const lines = (ways: readonly (readonly [from: number, to: number])[]): Stretch[][] =>
  ways.map(([from, to]) => [
    { left: 0, right: 100, y: from },
    { left: 134, right: 200, y: to },
  ])

describe('the bends between two columns', () => {
  it('are in their middle where there is one, and take no more room', () => {
    const { bends, shift } = channels(lines([[0, 50]]))
    expect(bends).toEqual([[117]])
    expect([shift(100), shift(134)]).toEqual([0, 0])
  })

  it('stand side by side, and what is behind them moves', () => {
    const { bends, shift } = channels(
      lines([
        [0, 50],
        [20, 70],
        [40, 90],
      ]),
    )
    expect(bends).toEqual([[135], [126], [117]])
    expect([shift(100), shift(134)]).toEqual([0, 18])
  })

  it('share a channel where one is above the other, and level lines need none', () => {
    const { bends, shift } = channels(
      lines([
        [0, 20],
        [50, 80],
        [40, 40],
      ]),
    )
    expect(bends).toEqual([[117], [117], [117]])
    expect(shift(134)).toBe(0)
  })

  it('never lie upon each other, and lines that keep their order do not cross', () => {
    const heights = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(heights, heights, (from, to) => {
        const count = Math.min(from.length, to.length)
        const [starts, ends] = [from, to].map((all) => all.slice(0, count).sort((a, b) => a - b))
        const ways = starts.map((start, i) => [start * 20, ends[i] * 20 + 7] as const)
        const { bends } = channels(lines(ways))
        for (const [i, [fromA, toA]] of ways.entries()) {
          for (const [j, [fromB, toB]] of ways.entries()) {
            if (i >= j || Math.sign(toA - fromA) !== Math.sign(toB - fromB)) continue
            // Of two that lead down the lower one, j, bends first; of two that lead up the upper one, i.
            const meet = fromA < toA ? fromB < toA : toB < fromA
            if (meet) expect(Math.sign(bends[i][0] - bends[j][0])).toBe(fromA < toA ? 1 : -1)
          }
        }
      }),
    )
  })
})
