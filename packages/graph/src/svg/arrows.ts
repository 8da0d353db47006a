import { turned } from '../layout/direction.ts'
import type { DrawnEdge, DrawnNode, Scene } from '../layout/scene.ts'
import { px } from './xml.ts'

const HEAD = { length: 8, half: 4 }
/** How far the two lines of an arrow stand from its middle. */
const ASIDE = 2.75

/** What an arrow is drawn among. */
export interface Among {
  readonly nodes: ReadonlyMap<string, DrawnNode>
  readonly direction: Scene['direction']
}

/**
 * One of an arrow's two lines: of the values, with its head at the end, or of the gradients, with its head where the values
 * come from. `paired` sets the two apart.
 */
export function arrow(
  { edge, route }: DrawnEdge,
  { nodes, direction }: Among,
  kind: 'forward' | 'backward',
  paired = true,
): string {
  const aside = paired ? (kind === 'forward' ? -ASIDE : ASIDE) : 0
  const reach = (id: string, offset: number) => reachOf(nodes.get(id) as DrawnNode, offset, direction)
  const forwards = kind === 'forward'
  const [first, last] = [route.stretches[0], route.stretches[route.stretches.length - 1]]
  const start = first.left + reach(edge.from, route.start + aside) + 1.5
  const end = last.right - reach(edge.to, route.end + aside) - 1.5
  const [tip, back] = forwards ? [end, -HEAD.length] : [start, HEAD.length]
  const y = (forwards ? last.y : first.y) + aside
  const stretches = route.stretches.map((one, i, all) => ({
    y: one.y + aside,
    left: i === 0 ? start + (forwards ? 0 : HEAD.length - 1) : one.left,
    right: i === all.length - 1 ? end - (forwards ? HEAD.length - 1 : 0) : one.right,
  }))
  // Where values flow down, everything is mirrored along the diagonal.
  const mirror = direction === 'down' ? ' transform="matrix(0 1 1 0 0 0)"' : ''
  return (
    `<path class="g-${kind}"${mirror} d="${way(stretches, route.bends, aside)}"/>` +
    `<path class="g-${kind}-head"${mirror} d="M${px(tip)} ${px(y)}l${back} ${-HEAD.half}v${2 * HEAD.half}z"/>`
  )
}

/** How far a node reaches from its middle along the flow, at some distance from its middle across it. */
function reachOf({ form, box }: DrawnNode, offset: number, direction: Scene['direction']): number {
  const { width, height } = turned(box, direction)
  if (form === 'circle') return Math.sqrt(Math.max(0, (width / 2) ** 2 - offset ** 2))
  const radius = cornerOf({ form, box })
  const beyond = Math.max(0, Math.abs(offset) - (height / 2 - radius))
  return width / 2 - radius + Math.sqrt(Math.max(0, radius ** 2 - beyond ** 2))
}

/** The radius of a node's corners. */
export const cornerOf = ({ form, box }: Pick<DrawnNode, 'form' | 'box'>): number =>
  form === 'pill' ? Math.min(box.height / 2, 14) : 6

/** How far a bend reaches, from its middle to the left and to the right. */
const BEND = 13

/** Level stretches joined by bends; the two lines of a pair bend one before the other, so that they do not meet. */
function way(
  [first, ...rest]: readonly { left: number; right: number; y: number }[],
  bends: readonly number[],
  aside: number,
): string {
  let path = `M${px(first.left)} ${px(first.y)}`
  let y = first.y
  for (const [i, next] of rest.entries()) {
    if (Math.abs(next.y - y) >= 0.01) {
      const middle = bends[i] - aside * Math.sign(next.y - y)
      const [from, to] = [middle - BEND, middle + BEND].map(px)
      path += `H${from}C${px(middle)} ${px(y)} ${px(middle)} ${px(next.y)} ${to} ${px(next.y)}`
    }
    y = next.y
  }
  return `${path}H${px(rest[rest.length - 1].right)}`
}
