/** Widths in em of the widest of the usual sans-serif fonts (DejaVu Sans, Verdana), rounded up. */
const widths: readonly [RegExp, number][] = [
  [/[ijlI.,:;!'`|()[\]/\\ ft]/, 0.5],
  [/[mwMW@%OQ—…∂]/, 1.1],
  [/[-−a-z0-9]/, 0.68],
  [/[A-Z]/, 0.82],
  [/[\u0020-\u024f\u0370-\u04ff]/, 0.95],
  [/[\u2000-\u2bff]/, 1.05],
]

/**
 * How wide a text is at most, in em: no font is asked, so this is generous. A character that is not known counts as a wide one.
 */
export function textWidth(text: string): number {
  let em = 0
  for (const character of text) em += widths.find(([kind]) => kind.test(character))?.[1] ?? 1.3
  return em
}

/** The text, cut where it is longer than `length` characters. */
export function cut(text: string, length: number): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()]
  return characters.length <= length ? characters.join('') : `${characters.slice(0, length - 1).join('')}…`
}
