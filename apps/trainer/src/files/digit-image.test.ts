import { createRng } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { extractInk } from './digit-image.ts'

/** A picture of the given rows of letters, each standing for a colour. */
function picture(rows: string[], colours: Record<string, readonly number[]>) {
  const rgba = rows.flatMap((row) => [...row].flatMap((letter) => colours[letter]))
  return { width: rows[0].length, height: rows.length, rgba: Uint8Array.from(rgba) }
}
const DOT = ['.....', '..#..', '.+#..', '.....']
/** The ink of that drawing. */
const INK = [...('.....' + '..#..' + '.+#..' + '.....')].map(
  (letter) => ({ '#': 255, '+': 128 })[letter] ?? 0,
)
const near = (ink: ReturnType<typeof extractInk>) => Array.from(ink?.pixels ?? [], Math.round)

describe('extractInk', () => {
  it.each([
    ['dark on light', [255, 255, 255, 255], [127, 127, 127, 255], [0, 0, 0, 255]],
    ['light on dark', [0, 0, 0, 255], [128, 128, 128, 255], [255, 255, 255, 255]],
    ['pale on grey', [100, 100, 100, 255], [125, 125, 125, 255], [150, 150, 150, 255]],
    ['colour on colour', [255, 255, 0, 255], [128, 128, 128, 255], [0, 0, 255, 255]],
    ['black on transparency', [0, 0, 0, 0], [0, 0, 0, 128], [0, 0, 0, 255]],
    ['white on transparency', [0, 0, 0, 0], [255, 255, 255, 128], [255, 255, 255, 255]],
    ['half-transparent black on white', [255, 255, 255, 255], [0, 0, 0, 128], [0, 0, 0, 255]],
  ])('finds a drawing that is %s', (_how, ground, half, full) => {
    const ink = near(extractInk(picture(DOT, { '.': ground, '+': half, '#': full })))
    for (const [i, value] of ink.entries()) expect(Math.abs(value - INK[i])).toBeLessThanOrEqual(6)
  })

  it('ignores noise that the border shows too', () => {
    const rng = createRng(1)
    const noisy = Array.from({ length: 20 * 20 }, (_, i) => {
      const isInk = i % 20 === 10 && i > 100 && i < 300
      const grey = (isInk ? 40 : 220) + rng.integer(9)
      return [grey, grey, grey, 255]
    })
    const ink = extractInk({ width: 20, height: 20, rgba: Uint8Array.from(noisy.flat()) })
    const inked = Array.from(ink?.pixels ?? []).flatMap((value, i) => (value > 0 ? [i] : []))
    expect(inked).toEqual(Array.from({ length: 10 }, (_, i) => 110 + 20 * i))
  })

  it('returns undefined if nothing is drawn', () => {
    for (const colour of [
      [255, 255, 255, 255],
      [0, 0, 0, 255],
      [9, 9, 9, 0],
    ]) {
      expect(extractInk(picture(['...', '...'], { '.': colour }))).toBeUndefined()
    }
  })

  it('finds strokes that reach the border', () => {
    expect(
      near(extractInk(picture(['.#.', '.#.', '.#.'], { '.': [255, 255, 255, 255], '#': [0, 0, 0, 255] }))),
    ).toEqual([...[0, 255, 0], ...[0, 255, 0], ...[0, 255, 0]])
  })
})
