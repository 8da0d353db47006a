import type { Hand } from '../hand.ts'
import { eight } from './eight.ts'
import { five } from './five.ts'
import { four } from './four.ts'
import { nine } from './nine.ts'
import { one } from './one.ts'
import { seven } from './seven.ts'
import { six } from './six.ts'
import { three } from './three.ts'
import { two } from './two.ts'
import type { Way } from './way.ts'
import { zero } from './zero.ts'

/** The ways to write each digit, and the share of hands that write it so. */
const WAYS = [zero, one, two, three, four, five, six, seven, eight, nine] as const

/** One of the ways to write a digit, as often as hands do. */
export function wayOf(digit: number, hand: Hand): Way {
  let left = hand.between(0, 1)
  const ways = WAYS[digit]
  return (ways.find(([share]) => (left -= share) < 0) ?? ways[0])[1]
}
