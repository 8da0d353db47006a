/** A drawing: strokes that grow while the pen moves, and their encoding in the address. */

/** A point on the canvas: x to the right, y downwards, both from 0 to 1. */
export type Point = readonly [x: number, y: number]

export type Stroke = readonly Point[]

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Strokes as a short text for an address: two letters per point, a dot between strokes; coordinates are rounded to 1/64. */
export const encodeStrokes = (strokes: readonly Stroke[]): string =>
  strokes
    .map((stroke) => withoutRepeats(stroke.map(([x, y]) => letter(x) + letter(y))).join(''))
    .filter((text) => text !== '')
    .join('.')

/** The inverse of `encodeStrokes`; an invalid text gives no strokes. */
export function decodeStrokes(text: string): Stroke[] {
  if (!/^([\w-]{2})+(\.([\w-]{2})+)*$/.test(text)) return []
  return text.split('.').map((stroke) => {
    const pairs = stroke.match(/../g) ?? []
    return pairs.map((pair): Point => [coordinate(pair[0]), coordinate(pair[1])])
  })
}

const letter = (coordinate: number): string => LETTERS[Math.min(63, Math.max(0, Math.floor(64 * coordinate)))]
const coordinate = (character: string): number => (LETTERS.indexOf(character) + 0.5) / 64

/** Without points that repeat the one before. */
const withoutRepeats = (points: readonly string[]): string[] =>
  points.filter((point, i) => point !== points[i - 1])

/** Strokes that are being drawn. */
export interface Drawing {
  readonly strokes: readonly Stroke[]
  /** Starts a stroke, when the pen touches the canvas. */
  begin(point: Point): void
  /** Extends the stroke, while the pen moves. */
  extend(point: Point): void
  undo(): void
  clear(): void
}

/** A drawing; `onChange` is called after each change. */
export function createDrawing(initial: readonly Stroke[], onChange: () => void): Drawing {
  let strokes: Stroke[] = [...initial]
  const replace = (next: Stroke[]) => {
    strokes = next
    onChange()
  }
  return {
    get strokes() {
      return strokes
    },
    begin: (point) => replace([...strokes, [clampToCanvas(point)]]),
    extend(point) {
      const last = strokes.at(-1)
      if (last) replace([...strokes.slice(0, -1), [...last, clampToCanvas(point)]])
    },
    undo: () => replace(strokes.slice(0, -1)),
    clear: () => replace([]),
  }
}

/** The nearest point on the canvas, since a pen may leave it. */
const clampToCanvas = ([x, y]: Point): Point => [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y))]
