/** The two lines of an edge as SVG paths: the values with an arrowhead at the end, the gradients with one at the start. */
import { alongFlow } from '../layout/geometry.ts'
import type { DrawnEdge, DrawnNode, Scene } from '../layout/scene.ts'

/** A length with at most two decimals. */
export const px = (x: number): string => String(Math.round(x * 100) / 100)

const HEAD_LENGTH = 8
const HEAD_HALF_WIDTH = 4
/** The distance of each line of a pair from the middle of the edge. */
const PAIR_OFFSET = 2.75
/** The gap between an arrow and a node. */
const NODE_GAP = 1.5
/** Half the width of a bend. */
const BEND_RADIUS = 13
/** Steps of less than this need no bend. */
const MIN_STEP = 0.01

/** What an arrow depends on besides its edge. */
export interface ArrowContext {
  readonly nodes: ReadonlyMap<string, DrawnNode>
  readonly direction: Scene['direction']
}

/** One line of an edge. If it is `paired`, the two lines are set apart. */
export function arrow(
  { edge, route }: DrawnEdge,
  { nodes, direction }: ArrowContext,
  kind: 'forward' | 'backward',
  paired = true,
): string {
  const isForward = kind === 'forward'
  const offset = paired ? (isForward ? -PAIR_OFFSET : PAIR_OFFSET) : 0
  const extentOf = (id: string, distance: number) =>
    extentAlongFlow(nodes.get(id) as DrawnNode, distance, direction)
  const [first, last] = [route.stretches[0], route.stretches[route.stretches.length - 1]]
  const start = first.left + extentOf(edge.from, route.start + offset) + NODE_GAP
  const end = last.right - extentOf(edge.to, route.end + offset) - NODE_GAP
  const [tip, back] = isForward ? [end, -HEAD_LENGTH] : [start, HEAD_LENGTH]
  const y = (isForward ? last.y : first.y) + offset
  const stretches = route.stretches.map((one, i, all) => ({
    y: one.y + offset,
    left: i === 0 ? start + (isForward ? 0 : HEAD_LENGTH - 1) : one.left,
    right: i === all.length - 1 ? end - (isForward ? HEAD_LENGTH - 1 : 0) : one.right,
  }))
  // If values flow down, everything is mirrored along the diagonal.
  const mirror = direction === 'down' ? ' transform="matrix(0 1 1 0 0 0)"' : ''
  return (
    `<path class="g-${kind}"${mirror} d="${linePath(stretches, route.bends, offset)}"/>` +
    `<path class="g-${kind}-head"${mirror} d="M${px(tip)} ${px(y)}l${back} ${-HEAD_HALF_WIDTH}v${2 * HEAD_HALF_WIDTH}z"/>`
  )
}

/** How far a node extends from its centre along the flow, at a distance from its centre across the flow. */
function extentAlongFlow({ shape, box }: DrawnNode, distance: number, direction: Scene['direction']): number {
  const { width, height } = alongFlow(box, direction)
  if (shape === 'circle') return Math.sqrt(Math.max(0, (width / 2) ** 2 - distance ** 2))
  const radius = cornerRadius({ shape, box })
  const beyond = Math.max(0, Math.abs(distance) - (height / 2 - radius))
  return width / 2 - radius + Math.sqrt(Math.max(0, radius ** 2 - beyond ** 2))
}

/** The radius of a node's corners. */
export const cornerRadius = ({ shape, box }: Pick<DrawnNode, 'shape' | 'box'>): number =>
  shape === 'pill' ? Math.min(box.height / 2, 14) : 6

/** Horizontal stretches joined by bends. The two lines of a pair bend one before the other, so that they do not meet. */
function linePath(
  [first, ...rest]: readonly { left: number; right: number; y: number }[],
  bends: readonly number[],
  offset: number,
): string {
  let path = `M${px(first.left)} ${px(first.y)}`
  let y = first.y
  for (const [i, next] of rest.entries()) {
    if (Math.abs(next.y - y) >= MIN_STEP) {
      const middle = bends[i] - offset * Math.sign(next.y - y)
      const [from, to] = [middle - BEND_RADIUS, middle + BEND_RADIUS].map(px)
      path += `H${from}C${px(middle)} ${px(y)} ${px(middle)} ${px(next.y)} ${to} ${px(next.y)}`
    }
    y = next.y
  }
  return `${path}H${px(rest[rest.length - 1].right)}`
}
