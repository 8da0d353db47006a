import { channelsOf, signedColors } from '@gosa/charts'
import { html, htmlPage, type Markup, pageStyle } from '@gosa/charts/html'
import { showShape } from '@gosa/linalg'
import type { CheckEntry, Report } from '../types/report.ts'
import { type HeatMaps, heatMapsOf } from './heat-map.ts'
import { type CellFormat, COLUMNS } from './table.ts'

/**
 * Reports as one HTML page that needs no other file: for each report a table, the findings, and for each input and weight
 * heat maps of the analytic and the numerical gradient and of their difference, with the worst entries framed.
 */
export function toHtml(
  reports: readonly Report[],
  { title = 'Gradient check' }: { title?: string } = {},
): string {
  const body = html`<main><h1>${title}</h1>\n${reports.map(section)}</main>`
  return htmlPage({ title, body, style: pageStyle + STYLE, script: DRAW_HEAT_MAPS })
}

function section({ name, verdict, method, mode, dtype, seed, entries, findings, notes }: Report): Markup {
  return html`<section>
<h2>${name} <span class="${verdict}">${verdict}</span></h2>
<p>${method}, ${mode}, ${dtype}, seed ${seed}</p>
${entries.length > 0 ? entryTable(entries) : undefined}
${findings.map((finding) => html`<p class="fail"><b>${finding.name}</b>: ${finding.message}</p>\n`)}
${notes.map((note) => html`<p>${note}</p>\n`)}
${entries.map(heatMapFigures)}
</section>
`
}

/** All digits of the derivatives, since a page has room for them. */
const PAGE: CellFormat = {
  shape: showShape,
  index: showShape,
  error: (value) => value.toExponential(1),
  derivative: String,
  missing: '',
}

function entryTable(entries: readonly CheckEntry[]): Markup {
  const head = COLUMNS.map(({ title }) => html`<th>${title}</th>`)
  const rows = entries.map((entry) => {
    const cells = COLUMNS.map(({ key, cell }) => html`<td class="${key}">${cell(entry, PAGE)}</td>`)
    return html`<tr class="${entry.verdict}">${cells}<td>${entry.cause}</td></tr>`
  })
  return html`<div class="scroll"><table><tr>${head}<th></th></tr>${rows}</table></div>`
}

function heatMapFigures(entry: CheckEntry): Markup | undefined {
  const maps = heatMapsOf(entry)
  if (!maps) return undefined
  const figures = (['analytic', 'numerical', 'error'] as const).map((which) => figure(which, maps))
  return html`<h3>${entry.name} ${showShape(entry.shape)}</h3><div class="maps">${figures}</div>\n`
}

function figure(which: 'analytic' | 'numerical' | 'error', maps: HeatMaps): Markup {
  const { width, height, levels } = maps[which]
  const scale = which === 'error' ? 'error' : 'signed'
  const worst = maps.worst.map(({ column, row }) => `${column},${row}`).join(' ')
  return html`<figure><canvas width="${width}" height="${height}" data-scale="${scale}" data-levels="${base64(levels)}" data-worst="${worst}"></canvas><figcaption>${which}</figcaption></figure>`
}

/** In chunks, since the number of arguments of a call is limited. */
function base64(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += 8192) {
    text += String.fromCharCode(...bytes.subarray(from, from + 8192))
  }
  return btoa(text)
}

const STYLE = `
td, th { padding: .15rem .8rem .15rem 0; text-align: left; border-bottom: 1px solid var(--line); }
span.pass, .pass .verdict { color: var(--good); }
.fail .verdict, span.fail, p.fail { color: var(--backward); }
span.inconclusive, .inconclusive .verdict { color: var(--ink-soft); }
.maps { display: flex; flex-wrap: wrap; gap: 1.5rem; }
canvas { image-rendering: pixelated; border: 1px solid var(--line); }
`

/**
 * Draws the heat maps: blue to white to vermilion for a gradient, white to black for an error in decades, frames around the worst
 * entries. Each cell becomes as many pixels as fit.
 */
const DRAW_HEAT_MAPS = `
const [negative, positive] = ${JSON.stringify([signedColors.negative, signedColors.positive].map(channelsOf))}
const tint = (color, share) => color.map((channel) => Math.round(255 + (channel - 255) * share))
for (const canvas of document.querySelectorAll('canvas')) {
  const { width, height } = canvas
  const { levels, scale, worst } = canvas.dataset
  const bytes = Uint8Array.from(atob(levels), (c) => c.charCodeAt(0))
  const size = Math.max(1, Math.min(24, Math.floor(480 / Math.max(width, height))))
  canvas.width = width * size
  canvas.height = height * size
  const context = canvas.getContext('2d')
  const color = (level) => {
    if (scale === 'error') return 'rgb(' + [255 - level, 255 - level, 255 - level] + ')'
    return 'rgb(' + (level < 128 ? tint(negative, (128 - level) / 128) : tint(positive, (level - 128) / 127)) + ')'
  }
  bytes.forEach((level, i) => {
    context.fillStyle = color(level)
    context.fillRect((i % width) * size, Math.floor(i / width) * size, size, size)
  })
  context.strokeStyle = '#d0007f'
  context.lineWidth = 2
  for (const cell of worst.split(' ')) {
    const [column, row] = cell.split(',')
    context.strokeRect(column * size - 1, row * size - 1, size + 2, size + 2)
  }
}
`
