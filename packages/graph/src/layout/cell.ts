import type { GraphEdge } from '../graph.ts'
import { heatMap } from '../svg/heat-map.ts'
import { showGradient, showValue } from '../text/show-number.ts'
import { asNumber, type Value } from '../value.ts'
import type { Direction } from './direction.ts'
import type { Heat, Rectangle, Text } from './scene.ts'
import { textWidth } from './text-size.ts'

/** What flows along an arrow in one direction, as it is shown. */
export interface Shown {
  readonly text: Text
  readonly heat?: Heat
}

/** What stands on an arrow: the value at one side of the line in its middle, the gradient at the other. */
export interface Cell {
  readonly width: number
  readonly height: number
  /** What stands in it when its middle is there. */
  at(x: number, y: number): { value: Shown; gradient?: Shown }
}

export interface CellOptions {
  readonly gradients: boolean
  readonly arrange: Readonly<Record<string, readonly [number, number]>>
  readonly direction: Direction
}

const SIZE = 12.5
const LINE = SIZE * 1.3
/** Between a line and the text at it, and between the text and its heat map. */
const GAP = 6
const BETWEEN = 3

/** The room that an arrow needs for what stands on it: above and below the line, or to its left and right. */
export function cellOf(edge: GraphEdge, { gradients, arrange, direction }: CellOptions): Cell {
  const order = Object.hasOwn(arrange, edge.from) ? arrange[edge.from] : undefined
  const blocks = [
    blockOf(showValue(edge.value), edge.value, order),
    ...(gradients && edge.gradient !== undefined
      ? [blockOf(showGradient(edge.gradient), edge.gradient, order)]
      : []),
  ]
  const width = Math.max(...blocks.map((one) => one.width))
  const height = Math.max(...blocks.map((one) => one.height))
  const aside = direction === 'right' ? GAP + height / 2 : GAP + width / 2
  return {
    width: direction === 'right' ? width + 8 : 2 * (GAP + width),
    height: direction === 'right' ? 2 * (GAP + height) : height + 8,
    at(x, y) {
      const [value, gradient] = blocks.map((block, i) => {
        const side = i === 0 ? -1 : 1
        // The text stands next to the line, its heat map behind it.
        return direction === 'right'
          ? block.at(x, y + side * (aside - (height - block.height) / 2), side)
          : block.at(x + side * (aside - (width - block.width) / 2), y, 1)
      })
      return { value, gradient }
    },
  }
}

/** A text and, of what is larger than a number, a heat map, one above the other. */
function blockOf(text: string, value: Value, order?: readonly [number, number]) {
  const map = typeof value === 'object' && asNumber(value) === undefined ? heatMap(value, order) : undefined
  const textBox = { width: textWidth(text) * SIZE, height: LINE }
  const height = LINE + (map ? BETWEEN + map.height : 0)
  return {
    width: Math.max(textBox.width, map?.width ?? 0),
    height,
    /** In the middle of which it stands; the text is above the heat map (1) or below (−1). */
    at(x: number, y: number, above: number): Shown {
      const textY = y - (above * (height - LINE)) / 2
      const heatY = y + (above * (height - (map?.height ?? 0))) / 2
      return {
        text: { text, size: SIZE, ...centred(textBox, x, textY) },
        heat: map && { map, ...centred(map, x, heatY) },
      }
    },
  }
}

/** A rectangle of a size around a point. */
export const centred = (
  { width, height }: Pick<Rectangle, 'width' | 'height'>,
  x: number,
  y: number,
): Rectangle => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
})
