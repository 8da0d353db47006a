import type { Rng } from '@gosa/linalg'
import { type Path, type Point, smooth } from './curve.ts'
import { draw, SIDE } from './draw.ts'
import { WAYS } from './ways.ts'

/** The box in which a digit is fitted, in pixels, as MNIST's. */
const BOX = 20

/** Writes one digit in one of its ways, no two alike, into `image`: SIDE × SIDE numbers from 0 to 1. */
export function writeDigit(digit: number, rng: Rng, image: Float64Array): void {
  const between = (low: number, high: number) => low + (high - low) * rng.uniform()
  const ways = WAYS[digit]
  const strokes = ways[rng.integer(ways.length)]
  const [slant, turn, breadth] = [between(-0.1, 0.45), between(-0.15, 0.15), between(0.6, 1)]
  const radius = between(0.9, 1.8)
  const paths = strokes.map((stroke) => {
    let last: Point | undefined
    let moved: Point = [0, 0]
    const shaken = stroke.map((point) => {
      const same = last && last[0] === point[0] && last[1] === point[1]
      last = point
      if (!same) moved = [point[0] + 0.05 * rng.normal(), point[1] + 0.04 * rng.normal()]
      return moved
    })
    return smooth(shaken, 6).map(([x, y]): Point => {
      const u = breadth * x - slant * y
      return [u - turn * y, y + turn * u]
    })
  })
  draw(fitted(paths, radius), radius, image)
  centre(image)
}

/** Paths scaled so that what the pen draws just fits the box, and lies in the middle. */
function fitted(paths: readonly Path[], radius: number): Path[] {
  const all = paths.flat()
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const scale = (BOX - 2 * radius) / Math.max(right - left, bottom - top)
  return paths.map((path) =>
    path.map(
      ([x, y]): Point => [
        SIDE / 2 + scale * (x - (left + right) / 2),
        SIDE / 2 + scale * (y - (top + bottom) / 2),
      ],
    ),
  )
}

/** Moves the image by whole pixels so that its centre of mass lies in the middle. */
function centre(image: Float64Array): void {
  let [mass, x, y] = [0, 0, 0]
  for (let i = 0; i < image.length; i++) {
    mass += image[i]
    x += image[i] * ((i % SIDE) + 0.5)
    y += image[i] * (Math.floor(i / SIDE) + 0.5)
  }
  const [right, down] = [Math.round(SIDE / 2 - x / mass), Math.round(SIDE / 2 - y / mass)]
  const before = image.slice()
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const [r, c] = [row - down, column - right]
      const inside = r >= 0 && r < SIDE && c >= 0 && c < SIDE
      image[row * SIDE + column] = inside ? before[r * SIDE + c] : 0
    }
  }
}
