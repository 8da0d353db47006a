/** The style sheet of a picture, light, dark, or as the reader prefers. */
import { type GraphPalette, graphPalettes, mixColors } from '@gosa/charts'
import { SHADES } from '../layout/heat-map.ts'

/** `auto` follows the preference of the reader. */
export type SvgTheme = 'light' | 'dark' | 'auto'

/** The rules of a theme. They apply to pictures of this theme alone, so that several can be in one page. */
export function styleSheet(theme: SvgTheme): string {
  const scope = `.gosa-graph-${theme}`
  const base = rules(scope, graphPalettes[theme === 'dark' ? 'dark' : 'light'])
  return theme === 'auto'
    ? `${base}@media (prefers-color-scheme:dark){${rules(scope, graphPalettes.dark)}}`
    : base
}

function rules(scope: string, palette: GraphPalette): string {
  const { background, ink, inkSoft, operation, variable, weight, value, gradient, current, notFinite } =
    palette
  const styles: Record<string, string> = {
    '.g-back': `fill:${background}`,
    '.g-node': `stroke:${ink};stroke-width:1.5;fill:${variable}`,
    '.g-operation': `fill:${operation}`,
    '.g-parameter': `fill:${weight};stroke:${inkSoft}`,
    '.g-input,.g-output': `stroke:${inkSoft}`,
    '.g-constant': `stroke:${inkSoft};stroke-dasharray:4 3`,
    '.g-now .g-node': `fill:${current};stroke-width:3`,
    '.g-label': `fill:${ink}`,
    '.g-detail,.g-legend': `fill:${inkSoft}`,
    '.g-value': `fill:${value}`,
    '.g-gradient': `fill:${gradient}`,
    '.g-forward': `stroke:${value};fill:none;stroke-width:1.5`,
    '.g-backward': `stroke:${gradient};fill:none;stroke-width:1.5;stroke-dasharray:5 3`,
    '.g-now .g-forward,.g-now .g-backward': 'stroke-width:2.75',
    '.g-forward-head': `fill:${value}`,
    '.g-backward-head': `fill:${gradient}`,
    '.g-frame': `fill:none;stroke:${inkSoft};stroke-width:.75`,
    '.g-bad': `fill:${notFinite}`,
    ...shadeStyles(palette),
  }
  return Object.entries(styles)
    .map(([selector, style]) => `${selector.replace(/(^|,)/g, `$1${scope} `)}{${style}}`)
    .join('')
}

/** `.g-n5` to `.g-n1` for negative numbers, `.g-0`, `.g-p1` to `.g-p5` for positive ones. */
function shadeStyles({ negative, zero, positive }: GraphPalette): Record<string, string> {
  const styles: Record<string, string> = { '.g-0': `fill:${zero}` }
  for (let level = 1; level <= SHADES; level++) {
    styles[`.g-n${level}`] = `fill:${mixColors(zero, negative, level / SHADES)}`
    styles[`.g-p${level}`] = `fill:${mixColors(zero, positive, level / SHADES)}`
  }
  return styles
}
