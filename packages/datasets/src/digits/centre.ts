import { SIDE } from './draw.ts'

/**
 * Moves an image by whole pixels so that its centre of mass comes to lie in the middle of pixel (14, 14), where MNIST's
 * images have it: half a pixel right of and below the middle of the image.
 */
export function centre(image: Float64Array): void {
  let [mass, x, y] = [0, 0, 0]
  for (let row = 0, i = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++, i++) {
      mass += image[i]
      x += image[i] * column
      y += image[i] * row
    }
  }
  const [right, down] = [Math.round(SIDE / 2 - x / mass), Math.round(SIDE / 2 - y / mass)]
  if (right === 0 && down === 0) return
  const before = image.slice()
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const [r, c] = [row - down, column - right]
      const inSIDE = r >= 0 && r < SIDE && c >= 0 && c < SIDE
      image[row * SIDE + column] = inSIDE ? before[r * SIDE + c] : 0
    }
  }
}
