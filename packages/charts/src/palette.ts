/**
 * The colours that every page and picture shares, for light and dark.
 *
 * Blue stands for forward and for training, vermilion for backward, for errors and for test images, green for good. No
 * usual colour blindness confuses them, and no meaning rests on a colour alone: lines differ in their dashes too.
 */
export interface Palette {
  /** The page, the cards on it, the text, and less important text. */
  readonly ground: string
  readonly surface: string
  readonly ink: string
  readonly inkSoft: string
  /** Faint lines such as grids, and strong ones such as axes. */
  readonly line: string
  readonly lineStrong: string
  readonly forward: string
  readonly backward: string
  readonly good: string
  /** Curves that stay in the background, such as the loss of single batches. */
  readonly faint: string
}

export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    ground: '#f7f5f0',
    surface: '#ffffff',
    ink: '#1d2733',
    inkSoft: '#55606e',
    line: '#ded9cd',
    lineStrong: '#80868f',
    forward: '#1f5fbf',
    backward: '#b93c15',
    good: '#1c7048',
    faint: '#aebfd9',
  },
  dark: {
    ground: '#12161c',
    surface: '#1a2029',
    ink: '#e8ecf1',
    inkSoft: '#a3aebb',
    line: '#2d3643',
    lineStrong: '#66717f',
    forward: '#7fb2ff',
    backward: '#ff9a76',
    good: '#6fd09d',
    faint: '#46597a',
  },
}

/** The ends of a scale for signed numbers on white or black ground: vermilion above 0, blue below. */
export const signedColors = { negative: '#3a80e4', positive: '#e05428' } as const

/** A palette as CSS custom properties: `--ink-soft: #55606e; …`. */
export const customProperties = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, color]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${color};`)
    .join(' ')

/** The red, green and blue channels of `#rrggbb`, 0 to 255. */
export function channelsOf(color: string): [red: number, green: number, blue: number] {
  const value = Number.parseInt(color.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** The colour at `share` (0 to 1) of the way from one `#rrggbb` to another. */
export function mixColors(from: string, to: string, share: number): string {
  const [a, b] = [channelsOf(from), channelsOf(to)]
  const mixed = a.map((channel, i) => Math.round(channel + (b[i] - channel) * share))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
