/** How a digit is usually held: what the strokes of its ways leave open. */
export interface Habits {
  /** Its breadth as a factor, evenly drawn from a range. */
  readonly breadth: readonly [number, number]
  /** How far it leans to the right, in heights: the middle and the spread. */
  readonly lean: readonly [number, number]
  /** The spread of its turn, in radians. */
  readonly turn: number
  /** The spread of the smooth displacement, for each term of its polynomials. */
  readonly bend: number
  /** The pen's radius, as a factor. */
  readonly pen: number
}

const COMMON: Habits = { breadth: [0.75, 1.45], lean: [0.1, 0.24], turn: 0.18, bend: 0.22, pen: 1 }

/** By digit. */
export const HABITS: readonly Habits[] = [
  { ...COMMON, breadth: [0.8, 1.3], lean: [0.22, 0.2], pen: 1.1 },
  { breadth: [0.8, 1.2], lean: [0.25, 0.28], turn: 0.06, bend: 0.16, pen: 1.04 },
  { ...COMMON, lean: [0.1, 0.25] },
  { ...COMMON, lean: [0.06, 0.24] },
  { ...COMMON, lean: [0.28, 0.26], pen: 0.9 },
  { ...COMMON, breadth: [0.85, 1.5], lean: [0.14, 0.28] },
  { ...COMMON, breadth: [0.75, 1.55], lean: [0, 0.22], pen: 0.93 },
  { ...COMMON, breadth: [0.8, 1.6], lean: [0.05, 0.25] },
  { ...COMMON, breadth: [0.75, 1.65], lean: [0.08, 0.23], pen: 0.92 },
  { ...COMMON, lean: [0.12, 0.24], pen: 0.88 },
]
