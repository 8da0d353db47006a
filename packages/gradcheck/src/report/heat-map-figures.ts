import { channelsOf, signedColors } from '@gosa/charts'
import { html, type Markup } from '@gosa/charts/html'
import { formatSignificant } from '@gosa/charts/text'
import { showShape } from '@gosa/linalg'
import type { CheckEntry } from '../types/report.ts'
import { ERROR_DECADES, type HeatMaps, heatMapsOf } from './heat-map.ts'
import type { PageTexts } from './page-texts.ts'

/** Heat maps as figures of an HTML page, each with its scale; and the script that draws them. */

/** The figures of both gradients and their difference; undefined if the report does not hold whole gradients. */
export function heatMapFigures(entry: CheckEntry, texts: PageTexts): Markup | undefined {
  const maps = heatMapsOf(entry)
  if (!maps) return undefined
  const label = `${entry.name} ${showShape(entry.shape)}`
  const figures = (['analytic', 'numerical', 'error'] as const).map((which) =>
    figure(which, maps, label, texts),
  )
  return html`<div class="maps">${figures}</div><p class="soft">${texts.frames}</p>\n`
}

function figure(
  which: 'analytic' | 'numerical' | 'error',
  maps: HeatMaps,
  label: string,
  texts: PageTexts,
): Markup {
  const { width, height, levels } = maps[which]
  const title = which === 'error' ? texts.difference : texts[which]
  const scale = which === 'error' ? 'error' : 'signed'
  const largest = formatSignificant(maps.largest, 5)
  const ends = which === 'error' ? [`1e-${ERROR_DECADES}`, '', '1'] : [`−${largest}`, '0', largest]
  const worst = maps.worst.map(({ column, row }) => `${column},${row}`).join(' ')
  return html`<figure><figcaption>${title}</figcaption>
<canvas role="img" aria-label="${label}: ${title}" width="${width}" height="${height}" data-scale="${scale}" data-levels="${base64(levels)}" data-worst="${worst}"></canvas>
<div class="scale ${scale}">${ends.map((end) => html`<span>${end}</span>`)}</div></figure>
`
}

/** In chunks, since the number of arguments of a call is limited. */
function base64(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += 8192) {
    text += String.fromCharCode(...bytes.subarray(from, from + 8192))
  }
  return btoa(text)
}

/** The style sheet of the figures. It needs the custom properties of `pageStyle`. */
export const heatMapStyle = `
:root { --frame: #b3007d; }
@media screen and (prefers-color-scheme: dark) { :root { --frame: #ff7ed4; } }
.maps { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr)); gap: 1rem 1.5rem; margin-top: 0.4rem; }
.maps figcaption { font-size: 0.87rem; font-weight: 400; }
.maps canvas { display: block; max-width: 100%; min-height: 12px; image-rendering: pixelated; border: 1px solid var(--line); }
.scale { display: flex; justify-content: space-between; max-width: 302px; margin-top: 0.35rem; font-size: 0.8rem; color: var(--ink-soft); font-variant-numeric: tabular-nums; padding-top: 0.7rem; background: linear-gradient(to right, var(--from), var(--middle), var(--to)) no-repeat 0 0 / 100% 0.5rem; }
.scale.signed { --from: ${signedColors.negative}; --middle: var(--surface); --to: ${signedColors.positive}; }
.scale.error { --from: var(--surface); --middle: color-mix(in srgb, var(--surface), var(--ink)); --to: var(--ink); }
`

/**
 * Draws the heat maps in the colours of the page, again when these change: from the middle of the scale, the colour of the
 * page, to blue and vermilion for a gradient, and to the colour of text for an error in decades; with frames around the worst
 * entries. Each cell becomes as many pixels as fit.
 */
export const heatMapScript = `
const [negative, positive] = ${JSON.stringify([signedColors.negative, signedColors.positive].map(channelsOf))}
const pageColor = (name) => {
  const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))
}
const mix = (from, to, share) => 'rgb(' + from.map((channel, i) => Math.round(channel + (to[i] - channel) * share)) + ')'
const pixelsPerCell = (cells) => Math.max(1, Math.min(36, Math.floor(300 / cells)))
const maps = Array.from(document.querySelectorAll('canvas'), (canvas) => ({
  canvas,
  width: canvas.width,
  levels: Uint8Array.from(atob(canvas.dataset.levels), (c) => c.charCodeAt(0)),
  cell: [pixelsPerCell(canvas.width), pixelsPerCell(canvas.height)],
}))
for (const { canvas, cell } of maps) {
  canvas.width *= cell[0]
  canvas.height *= cell[1]
}
function draw() {
  const [ground, ink, frame] = ['--surface', '--ink', '--frame'].map(pageColor)
  const signed = (level) => (level < 128 ? mix(ground, negative, (128 - level) / 128) : mix(ground, positive, (level - 128) / 127))
  for (const { canvas, width, levels, cell: [w, h] } of maps) {
    const context = canvas.getContext('2d')
    levels.forEach((level, i) => {
      context.fillStyle = canvas.dataset.scale === 'error' ? mix(ground, ink, level / 255) : signed(level)
      context.fillRect((i % width) * w, Math.floor(i / width) * h, w, h)
    })
    context.strokeStyle = mix(frame, frame, 0)
    context.lineWidth = 2
    for (const at of canvas.dataset.worst.split(' ')) {
      const [column, row] = at.split(',')
      context.strokeRect(column * w - 1, row * h - 1, w + 2, h + 2)
    }
  }
}
draw()
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
`
