import type { GreyImage } from '@gosa/datasets'
import type { Picture } from './read-png.ts'

/**
 * Where somebody drew, and how strongly: 0 for the ground, 255 for the strongest stroke. The ground is what the rim of the
 * picture shows, light or dark; what differs from it about as much as the rim does in itself is no ink. Undefined
 * where nothing is drawn.
 */
export function inkOf(picture: Picture): GreyImage | undefined {
  // Of a drawing on nothing, white may be seen on black alone.
  return inkOn(255, picture) ?? (isOpaque(picture) ? undefined : inkOn(0, picture))
}

function inkOn(paper: number, picture: Picture): GreyImage | undefined {
  const { width, height } = picture
  const grey = greys(picture, paper)
  const rim = rimOf(grey, picture)
  const ground = median(rim)
  // Medians, so that strokes may cross the rim.
  const noise = 4 * median(rim.map((value) => Math.abs(value - ground)))
  const sign = ground > 127 ? -1 : 1
  const pixels = grey.map((value) => (sign * (value - ground) > noise ? sign * (value - ground) : 0))
  const strongest = pixels.reduce((most, value) => Math.max(most, value), 0)
  if (strongest === 0) return undefined
  return { width, height, pixels: pixels.map((value) => (255 * value) / strongest) }
}

/** How light each pixel is on paper of that grey, from 0 to 255, colours by how bright people see them. */
function greys({ rgba, width, height }: Picture, paper: number): Float32Array {
  return Float32Array.from({ length: width * height }, (_, i) => {
    const at = 4 * i
    const grey = 0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2]
    return Math.round(paper + ((grey - paper) * rgba[at + 3]) / 255)
  })
}

/** The pixels of the first and last row and column. */
function rimOf(grey: Float32Array, { width, height }: Picture): Float32Array {
  const onRim = (i: number) => {
    const [row, column] = [Math.floor(i / width), i % width]
    return row === 0 || row === height - 1 || column === 0 || column === width - 1
  }
  return grey.filter((_, i) => onRim(i))
}

const median = (values: Float32Array): number => values.slice().sort()[Math.floor(values.length / 2)]

const isOpaque = ({ rgba }: Picture): boolean => rgba.every((value, i) => i % 4 !== 3 || value === 255)
