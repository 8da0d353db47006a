import { alongFlow, type Rectangle } from './geometry.ts'
import type { Scene } from './scene.ts'

interface Named extends Rectangle {
  name: string
}

/** The rectangles of all nodes, texts of edges, and heat maps. */
export function rectanglesOf({ nodes, edges }: Scene): Named[] {
  return [
    ...nodes.map(({ node, box }) => ({ name: `node ${node.id}`, ...box })),
    ...edges.flatMap(({ value, gradient }) =>
      Object.entries({ value, gradient }).flatMap(([kind, flow]) => [
        ...(flow ? [{ name: `${kind} ${flow.text.text}`, ...flow.text }] : []),
        ...(flow?.heat ? [{ name: `heat map of ${kind}`, ...flow.heat }] : []),
      ]),
    ),
  ]
}

/** Names of pairs that overlap, labels larger than their node, and parts outside of the picture. Stretches of edges count too. */
export function overlaps(scene: Scene): string[] {
  const all = rectanglesOf(scene)
  const stretches: Named[] = scene.edges.flatMap(({ route, edge }, i) =>
    // The first and the last stretch start and end inside of the nodes.
    route.stretches.slice(1, -1).map(({ left, right, y }) => {
      const name = `arrow ${i} from ${edge.from} to ${edge.to}`
      const line = alongFlow({ name, width: right - left, height: 7 }, scene.direction)
      return scene.direction === 'right' ? { ...line, x: left, y: y - 3.5 } : { ...line, x: y - 3.5, y: left }
    }),
  )
  return [
    ...all.flatMap((a, i) =>
      [...all.slice(i + 1), ...stretches].filter((b) => meet(a, b)).map((b) => `${a.name} and ${b.name}`),
    ),
    ...scene.nodes
      .filter(({ box, label }) => label.width > box.width || label.height > box.height)
      .map(({ node }) => `label of ${node.id}`),
    ...all
      .filter(
        ({ x, y, width, height }) => x < 0 || y < 0 || x + width > scene.width || y + height > scene.height,
      )
      .map(({ name }) => `${name} is cut off`),
  ]
}

const meet = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width - 0.01 &&
  b.x < a.x + a.width - 0.01 &&
  a.y < b.y + b.height - 0.01 &&
  b.y < a.y + a.height - 0.01
