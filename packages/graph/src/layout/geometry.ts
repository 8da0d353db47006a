/** The shapes and directions that layout and drawing share. */

/** Where the values flow: to the right, as in the book, or down, for narrow pages. */
export type FlowDirection = 'right' | 'down'

/**
 * `size` with width and height exchanged if values flow down. The layout is computed as if they flowed to the right, and
 * mirrored along the diagonal.
 */
export const alongFlow = <T extends { readonly width: number; readonly height: number }>(
  size: T,
  direction: FlowDirection,
): T => (direction === 'right' ? size : { ...size, width: size.height, height: size.width })

/** A rectangle by its top left corner. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The rectangle of a size around a point. */
export const centredAt = (
  { width, height }: Pick<Rectangle, 'width' | 'height'>,
  x: number,
  y: number,
): Rectangle => ({ x: x - width / 2, y: y - height / 2, width, height })

/** The horizontal extent of a column of nodes. */
export interface Column {
  readonly left: number
  readonly right: number
}

/** A horizontal stretch of an edge. Edges bend only between stretches, which is between columns. */
export interface Stretch extends Column {
  readonly y: number
}

/** The gap between two columns, in pixels: room for one bend. */
export const COLUMN_GAP = 34

/** The distance of edges at one side of a node, in pixels. */
export const EDGE_PITCH = 13
