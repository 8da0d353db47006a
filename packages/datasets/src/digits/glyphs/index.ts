/** The forms of all ten digits. */
import type { Jitter } from '../handwriting.ts'
import { eight } from './eight.ts'
import { five } from './five.ts'
import { four } from './four.ts'
import type { Glyph, GlyphVariants } from './glyph.ts'
import { nine } from './nine.ts'
import { one } from './one.ts'
import { seven } from './seven.ts'
import { six } from './six.ts'
import { three } from './three.ts'
import { two } from './two.ts'
import { zero } from './zero.ts'

const VARIANTS: readonly GlyphVariants[] = [zero, one, two, three, four, five, six, seven, eight, nine]

/** Returns one of the forms of a digit, with the frequency in which people write it. */
export function chooseGlyph(digit: number, jitter: Jitter): Glyph {
  let rest = jitter.between(0, 1)
  const variants = VARIANTS[digit]
  return (variants.find(([share]) => (rest -= share) < 0) ?? variants[0])[1]
}
