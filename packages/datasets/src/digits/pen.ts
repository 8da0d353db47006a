/** Drawing with a round pen: curves, ellipses, strokes fitted into the box of an image, and pixels. */
import { sinCos } from '../sin-cos.ts'

/** The side of an image in pixels, as MNIST's. */
export const IMAGE_SIDE = 28

/** The side of the box in its middle that a digit fills, as MNIST's. */
export const BOX_SIDE = 20

const BOX_FIRST = (IMAGE_SIDE - BOX_SIDE) / 2
const BOX_LAST = BOX_FIRST + BOX_SIDE - 1

/** A point in the plane; x to the right, y downwards. */
export type Point = readonly [x: number, y: number]

/** The path of a stroke. */
export type Path = readonly Point[]

/** A path, and the radius of the pen in pixels at each of its points. */
export interface Stroke {
  readonly points: Path
  readonly radii: readonly number[]
}

/**
 * Returns a smooth curve through the given points (a Catmull-Rom spline), `steps` points from each to the next. A point
 * given twice in a row is a corner.
 */
export function smooth(points: Path, steps: number): Point[] {
  const curve: Point[] = [points[0]]
  for (let i = 0; i + 1 < points.length; i++) {
    const [b, c] = [points[i], points[i + 1]]
    if (b[0] === c[0] && b[1] === c[1]) continue
    const [a, d] = [points[Math.max(0, i - 1)], points[Math.min(points.length - 1, i + 2)]]
    for (let step = 1; step <= steps; step++) {
      const t = step / steps
      curve.push([catmullRom(a[0], b[0], c[0], d[0], t), catmullRom(a[1], b[1], c[1], d[1], t)])
    }
  }
  return curve
}

const catmullRom = (a: number, b: number, c: number, d: number, t: number): number =>
  b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))

/** An ellipse: its centre and its half axes. */
export interface Ellipse {
  readonly x: number
  readonly y: number
  readonly rx: number
  readonly ry: number
  /** How far it leans to the right, as a multiple of its height; 0 by default. */
  readonly lean?: number
}

/**
 * Returns points along an ellipse between two angles in degrees: 0 is right, 90 down, so angles grow clockwise;
 * anticlockwise if `to` is the smaller. Six or more points per turn make a smooth curve.
 */
export function arc({ x, y, rx, ry, lean = 0 }: Ellipse, from: number, to: number): Point[] {
  const parts = Math.max(2, Math.ceil(Math.abs(to - from) / 45))
  return Array.from({ length: parts + 1 }, (_, i): Point => {
    const [sin, cos] = sinCos((from + ((to - from) * i) / parts) * (Math.PI / 180))
    return [x + rx * cos - lean * ry * sin, y + ry * sin]
  })
}

/** Returns strokes of any size, scaled so that what the pen draws just fits the box, and moved to its middle. */
export function fitToBox(strokes: readonly Stroke[]): Stroke[] {
  const bare = extent(strokes, 1, 0)
  const size = Math.max(bare.right - bare.left, bare.bottom - bare.top)
  // A single dot has no size to scale.
  let scale = size === 0 ? 1 : BOX_SIDE / size
  // The radii do not scale, so the scale is corrected twice for what the pen adds.
  for (let step = 0; step < (size === 0 ? 0 : 2); step++) {
    const { left, right, top, bottom } = extent(strokes, scale, 1)
    scale -= (Math.max(right - left, bottom - top) - BOX_SIDE) / size
  }
  const { left, right, top, bottom } = extent(strokes, scale, 1)
  const [x0, y0] = [(IMAGE_SIDE - left - right) / 2, (IMAGE_SIDE - top - bottom) / 2]
  return strokes.map(({ points, radii }) => ({
    points: points.map(([x, y]): Point => [x0 + scale * x, y0 + scale * y]),
    radii,
  }))
}

/** The bounding box of strokes, with points and radii scaled separately. */
function extent(strokes: readonly Stroke[], scale: number, radiusScale: number) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { points, radii } of strokes) {
    for (let i = 0; i < points.length; i++) {
      const [x, y, r] = [scale * points[i][0], scale * points[i][1], radiusScale * radii[i]]
      if (x - r < left) left = x - r
      if (x + r > right) right = x + r
      if (y - r < top) top = y - r
      if (y + r > bottom) bottom = y + r
    }
  }
  return { left, right, top, bottom }
}

/**
 * Draws strokes into `image`, IMAGE_SIDE × IMAGE_SIDE numbers from 0 to 1. A pixel is as dark as the pen covers it,
 * approximated by a linear ramp across the pen's edge, `edge` pixels wide: 1 is sharp, more is blurred. Nothing is drawn
 * outside of the box.
 */
export function draw(strokes: readonly Stroke[], edge: number, image: Float64Array): void {
  image.fill(0)
  for (const { points, radii } of strokes) {
    for (let i = 0; i + 1 < points.length; i++) {
      drawSegment(points[i], points[i + 1], radii[i], radii[i + 1] - radii[i], edge, image)
    }
  }
}

/** Draws from a to b, while the radius grows by `growth`. */
function drawSegment(
  [ax, ay]: Point,
  [bx, by]: Point,
  radius: number,
  growth: number,
  edge: number,
  image: Float64Array,
): void {
  const reach = Math.max(radius, radius + growth) + edge / 2
  const [dx, dy] = [bx - ax, by - ay]
  const squaredLength = dx * dx + dy * dy
  const top = Math.max(BOX_FIRST, Math.ceil(Math.min(ay, by) - reach - 0.5))
  const bottom = Math.min(BOX_LAST, Math.floor(Math.max(ay, by) + reach - 0.5))
  const left = Math.max(BOX_FIRST, Math.ceil(Math.min(ax, bx) - reach - 0.5))
  const right = Math.min(BOX_LAST, Math.floor(Math.max(ax, bx) + reach - 0.5))
  for (let row = top; row <= bottom; row++) {
    const y = row + 0.5 - ay
    for (let column = left; column <= right; column++) {
      const x = column + 0.5 - ax
      const along = squaredLength === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / squaredLength))
      const [ex, ey] = [x - along * dx, y - along * dy]
      const depth = radius + along * growth - Math.sqrt(ex * ex + ey * ey)
      const darkness = Math.min(1, 0.5 + depth / edge)
      const index = row * IMAGE_SIDE + column
      if (darkness > image[index]) image[index] = darkness
    }
  }
}
