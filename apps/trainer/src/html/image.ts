import { PNG } from 'pngjs'
import { html, type Markup } from './markup.ts'
import { type Plane, shrink } from './shrink.ts'

/** How many pixels high and wide an image is at most: what is larger is seen no better, and makes files large. */
const MOST = 40

/** A colour and how much of it covers the paper, from 0 to 1: so an image suits light and dark pages alike. */
export interface Ink {
  readonly colour: readonly [red: number, green: number, blue: number]
  readonly cover: number
}

/** A plane of numbers as an `<img>`, each number a pixel of the ink that it is given. */
export function image(
  plane: Plane,
  { ink, alt, kind }: { ink(value: number): Ink; alt: string; kind: string },
): Markup {
  const { height, width, values } = shrink(plane, MOST)
  const png = new PNG({ height, width })
  for (let i = 0; i < height * width; i++) {
    const { colour, cover } = ink(values[i])
    png.data.set([...colour, Math.round(255 * Math.min(1, Math.max(0, cover)))], 4 * i)
  }
  const data = PNG.sync.write(png, { deflateLevel: 9 }).toString('base64')
  return html`<img class="${kind}" width="${width}" height="${height}" alt="${alt}" src="data:image/png;base64,${data}">`
}

/** Black where there is ink, from 0 to 1; a dark page turns it white. */
export const black = (value: number): Ink => ({ colour: [0, 0, 0], cover: value })

/** Vermilion above 0, blue below; full at `most` and beyond. */
export const signed =
  (most: number) =>
  (value: number): Ink => ({
    colour: value < 0 ? [58, 128, 228] : [224, 84, 40],
    cover: Math.abs(value) / most,
  })
