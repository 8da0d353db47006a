import type { Heat } from '../layout/scene.ts'
import { LEVELS } from './heat-map.ts'
import { escapeXml, px } from './xml.ts'

/** A heat map as one path for each shade, of cells joined where neighbours in a row have the same. */
export function drawHeat({ map, x, y, width, height }: Heat): string {
  const byShade = new Map<string, string>()
  const { rows, columns, levels } = map
  for (let row = 0; row < rows; row++) {
    for (let start = 0, end = 0; start < columns; start = end) {
      const level = levels[row * columns + start]
      do end++
      while (end < columns && Object.is(levels[row * columns + end], level))
      const shade = shadeOf(level)
      byShade.set(shade, `${byShade.get(shade) ?? ''}M${start} ${row}h${end - start}v1h${start - end}z`)
    }
  }
  // The most frequent shade lies below everything, so that no seams show between cells.
  byShade.delete('g-0')
  const cells = [...byShade].map(([shade, path]) => `<path class="${escapeXml(shade)}" d="${path}"/>`)
  const place = `transform="translate(${px(x)} ${px(y)}) scale(${width / Math.max(1, columns)} ${height / Math.max(1, rows)})"`
  return (
    `<rect class="g-0" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"/>` +
    `<g ${place} shape-rendering="crispEdges">${cells.join('')}</g>` +
    `<rect class="g-frame" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"/>`
  )
}

function shadeOf(level: number): string {
  if (Number.isNaN(level)) return 'g-bad'
  const clipped = Math.min(LEVELS, Math.abs(level))
  return clipped === 0 ? 'g-0' : `g-${level < 0 ? 'n' : 'p'}${clipped}`
}
