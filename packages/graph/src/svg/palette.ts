import { LEVELS } from './heat-map.ts'

/**
 * The colours of a picture: blue forwards and orange backwards, purple below zero and green above. No usual colour blindness
 * confuses the two of a pair.
 */
interface Palette {
  readonly background: string
  readonly ink: string
  readonly soft: string
  readonly operation: string
  readonly variable: string
  readonly weight: string
  readonly value: string
  readonly gradient: string
  readonly now: string
  /** Ends and middle of the shades of heat maps. */
  readonly shades: readonly [negative: string, zero: string, positive: string]
  readonly bad: string
}

const light: Palette = {
  background: '#ffffff',
  ink: '#1c2430',
  soft: '#6b7684',
  operation: '#fff6d8',
  variable: '#eef1f5',
  weight: '#e6f0fa',
  value: '#0a5394',
  gradient: '#a63c00',
  now: '#ffd54d',
  shades: ['#6a2c91', '#f3f3f1', '#1b7837'],
  bad: '#d00000',
}

const dark: Palette = {
  background: '#12171f',
  ink: '#e8edf4',
  soft: '#93a0b0',
  operation: '#38341f',
  variable: '#262d38',
  weight: '#1c3148',
  value: '#82c1ff',
  gradient: '#ffae6b',
  now: '#7d6300',
  shades: ['#c79bff', '#272d36', '#6fd39a'],
  bad: '#ff5a5a',
}

export type Theme = 'light' | 'dark' | 'auto'

/** The style sheet of a picture; `auto` follows what the reader prefers. */
export function styleSheet(theme: Theme): string {
  const scope = `.gosa-graph-${theme}`
  const first = rules(scope, theme === 'dark' ? dark : light)
  return theme === 'auto' ? `${first}@media (prefers-color-scheme:dark){${rules(scope, dark)}}` : first
}

function rules(scope: string, palette: Palette): string {
  const { background, ink, soft, operation, variable, weight, value, gradient, now, bad } = palette
  const all: Record<string, string> = {
    '.g-back': `fill:${background}`,
    '.g-node': `stroke:${ink};stroke-width:1.5;fill:${variable}`,
    '.g-operation': `fill:${operation}`,
    '.g-parameter': `fill:${weight};stroke:${soft}`,
    '.g-input,.g-output': `stroke:${soft}`,
    '.g-constant': `stroke:${soft};stroke-dasharray:4 3`,
    '.g-now .g-node': `fill:${now};stroke-width:3`,
    '.g-label': `fill:${ink}`,
    '.g-legend': `fill:${soft}`,
    '.g-value': `fill:${value}`,
    '.g-gradient': `fill:${gradient}`,
    '.g-forward': `stroke:${value};fill:none;stroke-width:1.5`,
    '.g-backward': `stroke:${gradient};fill:none;stroke-width:1.5;stroke-dasharray:5 3`,
    '.g-now .g-forward,.g-now .g-backward': 'stroke-width:2.75',
    '.g-forward-head': `fill:${value}`,
    '.g-backward-head': `fill:${gradient}`,
    '.g-frame': `fill:none;stroke:${soft};stroke-width:.75`,
    '.g-bad': `fill:${bad}`,
    ...shades(palette.shades),
  }
  return Object.entries(all)
    .map(([selector, style]) => `${selector.replace(/(^|,)/g, `$1${scope} `)}{${style}}`)
    .join('')
}

/** `.g-n5` to `.g-n1` for negative numbers, `.g-0`, `.g-p1` to `.g-p5` for positive ones. */
function shades([negative, zero, positive]: Palette['shades']): Record<string, string> {
  const found: Record<string, string> = { '.g-0': `fill:${zero}` }
  for (let level = 1; level <= LEVELS; level++) {
    found[`.g-n${level}`] = `fill:${mix(zero, negative, level / LEVELS)}`
    found[`.g-p${level}`] = `fill:${mix(zero, positive, level / LEVELS)}`
  }
  return found
}

/** The colour at `share` of the way from one to the other. */
function mix(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16))
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${channels.join('')}`
}
