import type { DrawnEdge, DrawnNode } from '../layout/scene.ts'
import { px } from './xml.ts'

const HEAD = { length: 8, half: 4 }
/** How far the two lines of an arrow stand from its middle. */
const ASIDE = 2.75

/** The line of the values, with its head at the end. */
export const forwardArrow = (edge: DrawnEdge, nodes: ReadonlyMap<string, DrawnNode>, paired: boolean) =>
  arrow(edge, nodes, paired ? -ASIDE : 0, 'forward')

/** The line of the gradients, with its head where the values come from. */
export const backwardArrow = (edge: DrawnEdge, nodes: ReadonlyMap<string, DrawnNode>) =>
  arrow(edge, nodes, ASIDE, 'backward')

function arrow(
  { edge, route }: DrawnEdge,
  nodes: ReadonlyMap<string, DrawnNode>,
  aside: number,
  direction: 'forward' | 'backward',
): string {
  const forwards = direction === 'forward'
  const [first, last] = [route.stretches[0], route.stretches[route.stretches.length - 1]]
  const start = first.left + reach(nodes.get(edge.from), route.start.offset + aside) + 1.5
  const end = last.right - reach(nodes.get(edge.to), route.end.offset + aside) - 1.5
  const [tip, back] = forwards ? [end, -HEAD.length] : [start, HEAD.length]
  const y = (forwards ? last.y : first.y) + aside
  const stretches = route.stretches.map((one, i, all) => ({
    y: one.y + aside,
    left: i === 0 ? start + (forwards ? 0 : HEAD.length - 1) : one.left,
    right: i === all.length - 1 ? end - (forwards ? HEAD.length - 1 : 0) : one.right,
  }))
  return (
    `<path class="g-${direction}" d="${way(stretches, aside, [-route.start.nearer, route.end.nearer])}"/>` +
    `<path class="g-${direction}-head" d="M${px(tip)} ${px(y)}l${back} ${-HEAD.half}v${2 * HEAD.half}z"/>`
  )
}

/** How far a node reaches from its middle to the side, at a height off its middle. */
function reach(drawn: DrawnNode | undefined, offset: number): number {
  const { form, box } = drawn as DrawnNode
  if (form === 'circle') return Math.sqrt(Math.max(0, (box.width / 2) ** 2 - offset ** 2))
  const radius = form === 'pill' ? Math.min(box.height / 2, 14) : 6
  const beyond = Math.max(0, Math.abs(offset) - (box.height / 2 - radius))
  return box.width / 2 - radius + Math.sqrt(Math.max(0, radius ** 2 - beyond ** 2))
}

/** Level stretches joined by bends; the two lines of a pair bend one before the other, so that they do not meet. */
function way(
  [first, ...rest]: readonly { left: number; right: number; y: number }[],
  aside: number,
  [atStart, atEnd]: readonly [number, number],
): string {
  let path = `M${px(first.left)} ${px(first.y)}H${px(first.right)}`
  let before = first
  for (const [i, next] of rest.entries()) {
    if (Math.abs(next.y - before.y) >= 0.01) {
      const shift = (i === 0 ? atStart : 0) + (i === rest.length - 1 ? atEnd : 0)
      const middle = (before.right + next.left) / 2 + shift - aside * Math.sign(next.y - before.y)
      path += `C${px(middle)} ${px(before.y)} ${px(middle)} ${px(next.y)} ${px(next.left)} ${px(next.y)}`
    }
    path += `H${px(next.right)}`
    before = next
  }
  return path
}
