import type { Tensor } from '@gosa/linalg'

/** From no ink to most. */
const SHADES = ' .:-=+*#%@'

/**
 * A grey image, pixels from 0 to 1, as lines of characters, two to a pixel since they are twice as high as wide; one to
 * a pixel, or none at all, where lines are too narrow.
 */
export function drawImage(
  image: Tensor,
  { height, width }: { height: number; width: number },
  columns: number,
): string[] {
  const repeat = Math.min(2, Math.floor(columns / width))
  if (repeat === 0) return []
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => shade(image.data[y * width + x]).repeat(repeat))
      .join('')
      .trimEnd(),
  )
}

const shade = (ink: number): string => SHADES[Math.min(SHADES.length - 1, Math.floor(ink * SHADES.length))]
