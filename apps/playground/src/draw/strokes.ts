/** A place on the sheet: from 0 to 1, to the right and downwards. */
export type Place = readonly [x: number, y: number]

export type Stroke = readonly Place[]

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Strokes as a short text for an address: two letters a point, a dot between strokes; places are rounded to a 64th. */
export const encodeStrokes = (strokes: readonly Stroke[]): string =>
  strokes
    .map((stroke) => thinned(stroke.map(([x, y]) => letter(x) + letter(y))).join(''))
    .filter((text) => text !== '')
    .join('.')

/** The reverse; what is no such text gives no strokes. */
export function decodeStrokes(text: string): Stroke[] {
  if (!/^([\w-]{2})+(\.([\w-]{2})+)*$/.test(text)) return []
  return text.split('.').map((stroke) => {
    const pairs = stroke.match(/../g) ?? []
    return pairs.map((pair): Place => [place(pair[0]), place(pair[1])])
  })
}

const letter = (at: number): string => DIGITS[Math.min(63, Math.max(0, Math.floor(64 * at)))]
const place = (character: string): number => (DIGITS.indexOf(character) + 0.5) / 64

/** Without what repeats the point before. */
const thinned = (points: readonly string[]): string[] => points.filter((point, i) => point !== points[i - 1])
