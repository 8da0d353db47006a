/** What makes each generated digit differ from the last: random jitter, and the style in which each digit is written. */
import type { Rng } from '@gosa/linalg'
import type { Path, Point } from './pen.ts'

/** Random numbers with the distributions in which handwriting varies. */
export interface Jitter {
  /** Uniform between two numbers. */
  between(low: number, high: number): number
  /** Around a number: mostly within `spread` of it, never beyond three times that. */
  around(middle: number, spread: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
}

/** Returns jitter that draws from the generator. */
export function createJitter(rng: Rng): Jitter {
  return {
    between: (low, high) => low + (high - low) * rng.uniform(),
    // The sum of three uniform numbers is bell-shaped and bounded, and needs exactly rounded operations only.
    around: (middle, spread) => middle + spread * (2 * (rng.uniform() + rng.uniform() + rng.uniform()) - 3),
    chance: (probability) => rng.uniform() < probability,
  }
}

/** How a digit varies as a whole; its strokes come from its glyph. */
export interface HandwritingStyle {
  /** Range of the factor of its breadth. */
  readonly breadth: readonly [low: number, high: number]
  /** How far it leans to the right, as a multiple of its height. */
  readonly lean: readonly [middle: number, spread: number]
  /** Spread of its rotation in radians. */
  readonly rotation: number
  /** Spread of each coefficient of the smooth displacement. */
  readonly bend: number
  /** Factor of the pen's radius. */
  readonly pen: number
}

const COMMON: HandwritingStyle = {
  breadth: [0.75, 1.45],
  lean: [0.1, 0.24],
  rotation: 0.18,
  bend: 0.22,
  pen: 1,
}

/** The style of each digit. */
export const STYLES: readonly HandwritingStyle[] = [
  { ...COMMON, breadth: [0.8, 1.3], lean: [0.22, 0.2], pen: 1.1 },
  { breadth: [0.8, 1.2], lean: [0.25, 0.28], rotation: 0.06, bend: 0.16, pen: 1.04 },
  { ...COMMON, lean: [0.1, 0.25] },
  { ...COMMON, lean: [0.06, 0.24] },
  { ...COMMON, lean: [0.28, 0.26], pen: 0.9 },
  { ...COMMON, breadth: [0.85, 1.5], lean: [0.14, 0.28] },
  { ...COMMON, breadth: [0.75, 1.55], lean: [0, 0.22], pen: 0.93 },
  { ...COMMON, breadth: [0.8, 1.6], lean: [0.05, 0.25] },
  { ...COMMON, breadth: [0.75, 1.65], lean: [0.08, 0.23], pen: 0.92 },
  { ...COMMON, lean: [0.12, 0.24], pen: 0.88 },
]

/**
 * Returns all strokes of a digit under one distortion: wider or narrower, leaning, rotated a little, and bent by a smooth
 * random displacement (polynomials of degree 2 and 3 in x and y), which makes it elastic.
 */
export function distort(
  paths: readonly Path[],
  jitter: Jitter,
  { breadth, lean, rotation, bend }: HandwritingStyle,
): Point[][] {
  const width = jitter.between(...breadth)
  const shear = jitter.around(...lean)
  const angle = jitter.around(0, rotation)
  const bends = Array.from({ length: 12 }, () => jitter.around(0, bend))
  return paths.map((path) =>
    path.map(([px, py]): Point => {
      const [u, v] = [px - 0.4, py - 0.5]
      const [uu, vv, uv] = [u * u, v * v, u * v]
      const x =
        width *
        (u +
          bends[0] * vv +
          bends[1] * uv +
          bends[2] * uu +
          2 * (bends[3] * v * vv + bends[4] * u * vv + bends[5] * v * uu))
      const y =
        v +
        bends[6] * uu +
        bends[7] * uv +
        bends[8] * vv +
        2 * (bends[9] * v * vv + bends[10] * u * vv + bends[11] * v * uu)
      const sheared = x - shear * y
      return [sheared - angle * y, y + angle * sheared]
    }),
  )
}

/** Returns the points, each moved a little; the two that make a corner move together. */
export function shake(stroke: Path, jitter: Jitter): Point[] {
  let moved: Point = [0, 0]
  return stroke.map((point, i) => {
    const before = stroke[i - 1]
    const isSamePoint = before && before[0] === point[0] && before[1] === point[1]
    if (!isSamePoint) moved = [point[0] + jitter.around(0, 0.025), point[1] + jitter.around(0, 0.025)]
    return moved
  })
}

/** Returns a radius of the pen in pixels: thin pens are as frequent as thick ones, which deviate further. */
export function penRadius(jitter: Jitter): number {
  const t = jitter.around(0, 0.25)
  return 1.3 * (1 + t + (t * t) / 2)
}

/** Returns the pen's radius at each point of a stroke: the pressure grows or falls along it, and in its middle. */
export function pressure(length: number, radius: number, jitter: Jitter): number[] {
  const [linear, middle] = [jitter.around(0, 0.12), jitter.around(0.04, 0.1)]
  return Array.from({ length }, (_, i) => {
    const t = (2 * i) / (length - 1) - 1
    return radius * (1 + linear * t + middle * (0.5 - t * t))
  })
}
