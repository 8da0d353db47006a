import type { Path } from './curve.ts'

/** The side of an image in pixels, as MNIST's. */
export const SIDE = 28

/**
 * Draws paths with a round pen of the given radius into `image`, SIDE × SIDE numbers from 0 to 1. A pixel is as dark as
 * the pen covers it, taken as a straight ramp a pixel wide along the pen's edge.
 */
export function draw(paths: readonly Path[], radius: number, image: Float64Array): void {
  image.fill(0)
  for (const path of paths) {
    for (let i = 0; i + 1 < path.length; i++) drawSegment(path[i], path[i + 1], radius, image)
  }
}

function drawSegment([ax, ay]: Path[0], [bx, by]: Path[0], radius: number, image: Float64Array): void {
  const reach = radius + 0.5
  const [dx, dy] = [bx - ax, by - ay]
  const squared = dx * dx + dy * dy
  const top = Math.max(0, Math.floor(Math.min(ay, by) - reach))
  const bottom = Math.min(SIDE - 1, Math.floor(Math.max(ay, by) + reach))
  const left = Math.max(0, Math.floor(Math.min(ax, bx) - reach))
  const right = Math.min(SIDE - 1, Math.floor(Math.max(ax, bx) + reach))
  for (let row = top; row <= bottom; row++) {
    const y = row + 0.5 - ay
    for (let column = left; column <= right; column++) {
      const x = column + 0.5 - ax
      const along = squared === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / squared))
      const [ex, ey] = [x - along * dx, y - along * dy]
      const darkness = Math.min(1, reach - Math.sqrt(ex * ex + ey * ey))
      const at = row * SIDE + column
      if (darkness > image[at]) image[at] = darkness
    }
  }
}
