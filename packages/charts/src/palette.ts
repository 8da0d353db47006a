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

/**
 * The colours of computational graphs: blue for values, orange for gradients; in heat maps purple below zero and green above,
 * since blue and orange stand for the directions. No usual colour blindness confuses the two of a pair.
 */
export interface GraphPalette {
  readonly background: string
  readonly ink: string
  readonly inkSoft: string
  /** Fills of nodes. */
  readonly operation: string
  readonly variable: string
  readonly weight: string
  /** The node of the current step. */
  readonly current: string
  readonly value: string
  readonly gradient: string
  /** The ends and the middle of heat maps, and cells that are NaN or infinite. */
  readonly negative: string
  readonly zero: string
  readonly positive: string
  readonly notFinite: string
}

export const graphPalettes: Readonly<Record<'light' | 'dark', GraphPalette>> = {
  light: {
    background: '#ffffff',
    ink: '#1c2430',
    inkSoft: '#6b7684',
    operation: '#fff6d8',
    variable: '#eef1f5',
    weight: '#e6f0fa',
    current: '#ffd54d',
    value: '#0a5394',
    gradient: '#a63c00',
    negative: '#6a2c91',
    zero: '#f3f3f1',
    positive: '#1b7837',
    notFinite: '#d00000',
  },
  dark: {
    background: '#12171f',
    ink: '#e8edf4',
    inkSoft: '#93a0b0',
    operation: '#38341f',
    variable: '#262d38',
    weight: '#1c3148',
    current: '#7d6300',
    value: '#82c1ff',
    gradient: '#ffae6b',
    negative: '#c79bff',
    zero: '#272d36',
    positive: '#6fd39a',
    notFinite: '#ff5a5a',
  },
}
